#pragma once

#include "fleetrace/fleet/world.hpp"

namespace fleetrace::fleet {

/// Draws which elements of the power trees are out at the start, in the stationary regime, and when what happens next.
void start_power(World& world);

}  // namespace fleetrace::fleet
