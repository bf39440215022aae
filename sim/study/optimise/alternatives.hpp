#pragma once

#include <vector>

#include "sim/study/optimise/plan_program.hpp"
#include "sim/study/optimise/plan_racer.hpp"

/// Plans that are nearly as good as the best and look different.
namespace fleetrace::study {

/// The share of a tolerance that alternatives use, which leaves the rest to the rounding to whole units.
inline constexpr double kAlternative = 0.995;

/// What one unit of each column costs, as a share of the money, times the mean share of the earlier plans' money that goes into the same
/// year, accelerator and site. The plan with the least sum of it spends least where the earlier ones spend (Brill, Chang and Hopkins
/// 1982, Manage. Sci. 28:221).
[[nodiscard]] std::vector<double> overlap(const PlanProblem& problem, const std::vector<std::vector<double>>& earlier);

/// So many plans, each of which meets a last row of the programme and overlaps least with the best plan and those before it. Units of
/// columns, which need not be whole. Fewer where a plan is the same as an earlier one.
[[nodiscard]] std::vector<std::vector<double>> different_plans(const PlanProblem& problem, const PlanProgram& plan,
                                                               const LinearProgram::Row& as_good,
                                                               const std::vector<double>& best,
                                                               const PlanRequest& request);

/// Whole units of such plans, raced. Where rounding makes one worse than `most_value` of the objective, it is mixed with the best plan;
/// it is left out where even that is not enough.
[[nodiscard]] std::vector<AlternativePlan> raced_alternatives(const PlanProblem& problem, const PlanProgram& plan,
                                                              const std::vector<std::vector<double>>& units,
                                                              const std::vector<double>& worth, const Counts& best,
                                                              double most_value, const PlanRequest& request,
                                                              const PlanRacer& racer);

}  // namespace fleetrace::study
