#pragma once

#include <span>
#include <string>

#include "fleetrace/study/optimum.hpp"
#include "sim/scenario/scenario.hpp"

/// A plan as a strategy of a scenario.
namespace fleetrace::study {

/// The name of a strategy that is a plan.
inline constexpr const char* kOptimumName = "optimum";
/// The name of a strategy that is the plan for the medians of uncertain inputs, beside one for all draws.
inline constexpr const char* kAtMediansName = "at_medians";

/// Whether the plan stands beside the strategies of the scenario, or alone.
enum class Beside { others, nobody };

/// The scenario with a strategy `optimum` that places these orders, or spends this money on trend hardware, and takes that out of the
/// initial fleet, with the budget, the sites and the changes of `strategy`. It takes the place of one of that name.
[[nodiscard]] scenario::Scenario with_plan(const scenario::Scenario& scenario, const std::string& strategy,
                                           core::Money budget, bool is_trend, std::span<const PlannedPurchase> schedule,
                                           Beside beside, std::span<const EarlyRetirement> retired = {});

}  // namespace fleetrace::study
