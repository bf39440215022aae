#pragma once

#include <vector>

#include "sim/fleet/plant.hpp"

namespace fleetrace::fleet {

/// What a kW of load may cost at most [USD/kW], overhead that grows with it included, on whichever of some sites it is drawn and
/// whenever from `earliest` on its life begins: until that life or the horizon ends, each hour at the tariff of that hour.
/// `used` is not empty.
[[nodiscard]] double dearest_kilowatt(const Plant& plant, const std::vector<std::uint32_t>& used, core::Time earliest,
                                      core::Time end, core::Duration life);

}  // namespace fleetrace::fleet
