#pragma once

#include "fleetrace/fleet/cohort.hpp"
#include "fleetrace/models/hardware.hpp"

namespace fleetrace::fleet {

/// Accelerators of one type that cost so much each; not yet part of a fleet.
[[nodiscard]] Cohort accelerators(const models::Market& market, std::size_t type, std::int64_t count, double cost_usd);

/// Capacity [FLOP/s] that draws so much power and cost so much in all.
[[nodiscard]] Cohort capacity(double peak, double watts_per_flops, double cost_usd);

}  // namespace fleetrace::fleet
