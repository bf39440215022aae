#include <algorithm>

#include "sim/study/optimise/linear_solver.hpp"
#include "sim/study/optimise/plan_program.hpp"

namespace fleetrace::study {

std::vector<PlanYear> plan_years(const PlanProblem& problem) {
  const fleet::Horizon& horizon = problem.setup.horizon;
  std::vector<PlanYear> years;
  for (core::Time from = horizon.start; from < horizon.end; from = core::saturating_add(from, core::kYear))
    years.push_back({from, {}});
  for (std::size_t i = 0; i < problem.columns.size(); ++i)
    years[static_cast<std::size_t>((problem.columns[i].at - horizon.start) / core::kYear)].columns.push_back(i);
  return years;
}

std::vector<double> tolerances(const PlanRequest& request) {
  std::vector<double> all;
  if (!request.within) return all;
  all.push_back(*request.within);
  all.insert(all.end(), request.also_within.begin(), request.also_within.end());
  return all;
}

std::vector<SpendingRange> spending_ranges(const PlanProblem& problem, const PlanProgram& plan,
                                           const PlanRequest& request,
                                           const std::function<LinearProgram::Row(double)>& as_good) {
  const double budget = problem.money.usd();
  std::vector<SpendingRange> ranges;
  for (const double within : tolerances(request)) {
    LinearProgram program = plan.program;
    for (std::size_t i = 0; i < problem.columns.size(); ++i) program.set_objective(i, 0);
    (void)program.add_row(as_good(within));
    LinearSolver solver(std::move(program), request.verbose, request.stop);
    for (const PlanYear& year : plan_years(problem)) {
      if (is_stopped(request)) return {};
      const auto most = [&](double sign) {
        for (const std::size_t i : year.columns)
          solver.set_objective(i, sign * problem.columns[i].price.usd() * plan.unit[i] / budget);
        return budget * safe_bound(solver.program(), solver.solve().prices);
      };
      SpendingRange range{year.from, std::max(0.0, -most(-1)), std::clamp(most(1), 0.0, budget), within};
      // What is less than a millionth of the budget is rounding.
      if (range.least_usd < 1e-6 * budget) range.least_usd = 0;
      if (range.most_usd < 1e-6 * budget) range.most_usd = 0;
      ranges.push_back(range);
      for (const std::size_t i : year.columns) solver.set_objective(i, 0);
    }
  }
  return ranges;
}

}  // namespace fleetrace::study
