#pragma once

#include <vector>

#include "sim/fleet/world.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/study/optimise/plan_problem.hpp"

namespace fleetrace::study {

/// The strategies of a scenario, raced as they are.
struct Rivals {
  std::vector<OptimumRival> versus;  ///< by value, the best first
  double best = 0;  ///< of those under the limits of the plan; infinite, of npv below 0, where none has a value
  fleet::StrategySetup asked;  ///< in whose place the plan stands
};

/// Races a setup and returns the objective as all studies have it: no number where it does not come to its target.
[[nodiscard]] double race_for_objective(const PlanRequest& request, const fleet::StrategySetup& setup,
                                        fleet::World& world, fleet::Outcome& outcome);
/// Whether a value of the objective is better than another. No number is worse than any.
[[nodiscard]] bool is_better(const PlanRequest& request, double a, double b);

/// Throws PlanError where no plan can be made in the place of the strategy, which exists.
[[nodiscard]] Rivals race_rivals(const scenario::Scenario& scenario, const PlanRequest& request);

}  // namespace fleetrace::study
