#pragma once

#include <vector>

#include "fleetrace/plan.hpp"
#include "sim/fleet/results/plan_entry.hpp"

namespace fleetrace {

/// Sets the last actual of a period beside the plan, if the period has one. `planned` are the books on the dates of the setup's
/// actuals, one for each.
void add_actual(const fleet::StrategySetup& setup, const std::vector<fleet::PlanEntry>& planned, PlanPeriod& period);

}  // namespace fleetrace
