#pragma once

#include <optional>

#include "sim/study/optimise/plan_problem.hpp"

namespace fleetrace::study {

/// What a month less of lead time is worth, by the difference of two optimisations: of the problem, and of the same with orders that
/// arrive a month earlier. Both leave out that units and orders are whole, so that their difference is no rounding. Where
/// an earlier arrival on these dates is worse it counts as 0. Nothing where the lead time is below a month, under another objective
/// than final loss, mean loss and money, or where it was stopped.
[[nodiscard]] std::optional<MarginalWorth> lead_time_worth(const PlanProblem& problem, const PlanRequest& request);

}  // namespace fleetrace::study
