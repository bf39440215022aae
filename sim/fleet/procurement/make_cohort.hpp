#pragma once

#include "models/hardware/hardware.hpp"
#include "sim/fleet/cohort.hpp"

namespace fleetrace::fleet {

/// Makes a cohort of accelerators of one type that cost so much each. It is not part of a fleet yet.
[[nodiscard]] Cohort make_accelerators(const models::Market& market, std::size_t type, std::int64_t count,
                                       double cost_usd);

/// Makes a cohort of capacity [FLOP/s] that draws so much power and cost so much in all, likewise.
[[nodiscard]] Cohort make_capacity(double peak, double watts_per_flops, double cost_usd);

}  // namespace fleetrace::fleet
