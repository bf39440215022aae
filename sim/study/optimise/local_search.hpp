#pragma once

#include "sim/study/optimise/plan_problem.hpp"

namespace fleetrace::study {

/// A plan as it was raced: what was really ordered of each column, and what the objective came to.
struct RacedPlan {
  Counts counts;
  double value = 0;
};

/// Races of a search at most.
inline constexpr int kMostRaces = 2000;

/// Moves money between columns as long as that makes a race of the plan better, for worlds in which units do not add up. `truth` is the
/// world itself, with its limits: what they cut from an order is not ordered. It ends at a plan that no single move makes better, after
/// `most_races`, or where it is stopped; it proves nothing.
[[nodiscard]] RacedPlan improve(const PlanProblem& problem, const fleet::StrategySetup& truth,
                                const PlanRequest& request, const Counts& start, int most_races = kMostRaces);

}  // namespace fleetrace::study
