#pragma once

#include "sim/study/optimise/final_loss.hpp"

namespace fleetrace::study {

/// Whether a plan orders on one date alone.
[[nodiscard]] bool is_on_one_date(const std::vector<PlannedPurchase>& schedule);

/// What a limit of yearly spending does to the final loss which spreads the budget evenly over the years of the horizon. `worth` is the
/// compute by the end of a unit of each column.
[[nodiscard]] YearlyLimit even_yearly_limit(const PlanProblem& problem, const PlanRequest& request,
                                            const FinalLoss& loss, const std::vector<double>& worth);

}  // namespace fleetrace::study
