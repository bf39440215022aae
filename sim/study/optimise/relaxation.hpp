#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/throughput/power_law.hpp"
#include "sim/study/optimise/plan_problem.hpp"

/// Worlds that are not linear, bounded by others that are and in which no plan does worse.                   docs/derivations.md 8.8
namespace fleetrace::study {

/// A world in which purchases add up, and in which every plan computes at least as much for at most as much money.
struct RelaxedWorld {
  fleet::StrategySetup setup;
  std::vector<std::string> eased;  ///< what of the true world it leaves out, in words; empty where it is the true one
  bool may_wait = false;           ///< in the true world units may arrive later than columns say, or wait for power
  bool has_own_learning = false;   ///< in the true world what is bought makes the next cheaper
  std::optional<models::PowerOfScale> scale;  ///< in the true world utilisation falls with the number of accelerators
};

/// Leaves everything as it is for which no relaxation of the objective is known.
[[nodiscard]] RelaxedWorld relaxed_world(const fleet::StrategySetup& setup, const PlanRequest& request);

/// Lowers prices of the columns to what they are at best in the true world, and splits them by when they come into service where they may
/// wait; those of `raced`, as they were raced, with them. plan_program() is to follow.
void ease_columns(const RelaxedWorld& world, const fleet::StrategySetup& truth, PlanProblem& problem,
                  PlanProblem& raced);

}  // namespace fleetrace::study
