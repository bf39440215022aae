#pragma once

#include <vector>

#include "sim/scenario/scenario.hpp"
#include "sim/study/optimise/plan_problem.hpp"

namespace fleetrace::study {

/// The strategies of a scenario, raced as they are.
struct Rivals {
  std::vector<OptimumRival> versus;  ///< by value, the best first
  double best = 0;                   ///< of those under the limits of the plan; infinite where none has a value
  fleet::StrategySetup asked;        ///< in whose place the plan stands
};

/// The objective of a race; no number where the least money is asked for and it does not come to the target.
[[nodiscard]] double objective_value(const PlanRequest& request, const fleet::Summary& final);

/// Throws PlanError where no plan can be made in the place of the strategy, which exists.
[[nodiscard]] Rivals race_rivals(const scenario::Scenario& scenario, const PlanRequest& request);

}  // namespace fleetrace::study
