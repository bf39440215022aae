#pragma once

#include "models/hardware/hardware.hpp"
#include "sim/fleet/cohort.hpp"
#include "sim/fleet/plant.hpp"

namespace fleetrace::fleet {

/// Makes a cohort of accelerators of one type that cost so much each. It is not part of a fleet yet.
[[nodiscard]] Cohort make_accelerators(const models::Market& market, std::size_t type, std::int64_t count,
                                       double cost_usd);

/// Makes a cohort of capacity [FLOP/s] that draws so much power and cost so much in all, likewise.
[[nodiscard]] Cohort make_capacity(double peak, double watts_per_flops, double cost_usd);

/// Useful FLOP/s of a unit of a cohort that is bought so many years after the start, as effective compute counts them.
[[nodiscard]] double work_rate_when_new(const Cohort& cohort, const Operations& operations,
                                        const models::ProgressLaw& progress, double years);

}  // namespace fleetrace::fleet
