#pragma once

#include <vector>

#include "sim/study/optimise/plan_problem.hpp"

/// The best orders under one setup, without a proof: what strategies that optimise are made of. Dates, unit purchases, limits,
/// programmes and whole units are those of optimise().
namespace fleetrace::study {

/// What may be ordered under a setup on these dates, and what it brings. The money is the setup's. Throws PlanError.
[[nodiscard]] PlanProblem plan_problem(const fleet::StrategySetup& setup, const PlanRequest& request,
                                       const std::vector<core::Time>& dates);

/// Whole units of each column of the best plan. Columns that were ordered `until` before have the count of `ordered` in it, whatever
/// that is worth; of later ones `ordered` is 0. Empty where no plan within the limits has these. Throws NoSolver.
[[nodiscard]] Counts best_counts(const PlanProblem& problem, const PlanRequest& request, const Counts& ordered,
                                 core::Time until);

}  // namespace fleetrace::study
