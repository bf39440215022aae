#include "sim/study/optimise/even_yearly_limit.hpp"

#include <algorithm>

#include "sim/study/optimise/linear_solver.hpp"

namespace fleetrace::study {

bool is_on_one_date(const std::vector<PlannedPurchase>& schedule) {
  return !schedule.empty() && std::all_of(schedule.begin(), schedule.end(),
                                          [&](const PlannedPurchase& each) { return each.at == schedule.front().at; });
}

YearlyLimit even_yearly_limit(const PlanProblem& problem, const PlanRequest& request, const FinalLoss& loss,
                              const std::vector<double>& worth) {
  const auto years = static_cast<std::int64_t>(plan_years(problem).size());
  YearlyLimit limit;
  limit.most = core::Money::from_micros(problem.money.micros() / years);
  PlanRequest limited = request;
  limited.yearly_spend = limit.most;
  PlanProgram plan = plan_program(problem, limited);
  set_worth(worth, plan);
  LinearSolver solver(plan.program, request.verbose);
  const double most = problem.base.effective + plan.largest * safe_bound(plan.program, solver.solve().prices);
  limit.bound = loss.loss_at(most);
  return limit;
}

}  // namespace fleetrace::study
