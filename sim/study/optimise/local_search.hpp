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

/// The best plan that such searches find by an objective of one's own, of which nothing is known but what races come to: from the
/// plan with the most compute, and from one that orders nothing. They spend less where that is better.
[[nodiscard]] Counts best_by_own_objective(const PlanProblem& problem, const fleet::StrategySetup& truth,
                                           const PlanRequest& request, const Counts& most_compute);

}  // namespace fleetrace::study
