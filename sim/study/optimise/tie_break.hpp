#pragma once

#include <vector>

#include "sim/study/optimise/plan_program.hpp"

namespace fleetrace::study {

/// Plans whose compute differs by no more than this share of it tie.
inline constexpr double kTied = 1e-7;

/// Of the plans with the most compute by the end, or within the tolerance of their final loss, the shares of the one that is asked for.
/// `shares` are those of the best plan, and `worth` the compute by the end of a unit of each column.
[[nodiscard]] std::vector<double> among_equals(const PlanProblem& problem, const PlanRequest& request,
                                               const PlanProgram& plan, const std::vector<double>& shares,
                                               const std::vector<double>& worth);

}  // namespace fleetrace::study
