#pragma once

#include <vector>

#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

/// What was bought or rented in a race, by date and site, and by what it was told apart from what else was on sale then.
[[nodiscard]] std::vector<Acquisition> acquisitions(const World& world);

/// What stands idle at the end of the horizon.
[[nodiscard]] IdleReport idle_report(const World& world);

}  // namespace fleetrace::fleet
