#include "sim/study/optimise/tie_break.hpp"

#include <algorithm>

#include "sim/study/optimise/final_loss.hpp"
#include "sim/study/optimise/mean_loss_cuts.hpp"

namespace fleetrace::study {

std::vector<double> among_equals(const PlanProblem& problem, const PlanRequest& request, const PlanProgram& plan,
                                 const std::vector<double>& shares, const std::vector<double>& worth) {
  if (request.then == TieBreak::none) return shares;
  const FinalLoss final(problem);
  std::vector<double> units = units_of(plan, shares);
  double most = 0;
  for (std::size_t i = 0; i < units.size(); ++i) most += worth[i] * units[i];
  PlanProgram equals = plan;
  const double best = final.loss_at(problem.base.effective + most);
  const double needed = request.within ? final.purchased_for(best * (1 + *request.within)) : most * (1 - kTied);
  (void)equals.program.add_row(final.at_least(plan, needed));
  if (request.then == TieBreak::least_mean) {
    const MeanLoss mean(problem);
    units = minimise_mean_loss(problem, mean, equals, units, even_spending(problem), request.gap / 4, kMostRounds, {},
                               request)
                .units;
  } else {
    for (std::size_t i = 0; i < worth.size(); ++i)
      equals.program.set_objective(i, -problem.columns[i].price.usd() * plan.unit[i] / problem.money.usd());
    LinearSolver solver(equals.program, request.verbose, request.stop);
    const LinearSolution solution = solver.solve();
    if (solution.status != LinearSolution::Status::optimal) return shares;
    for (std::size_t i = 0; i < units.size(); ++i) units[i] = std::clamp(solution.values[i], 0.0, 1.0) * plan.unit[i];
  }
  return shares_of(plan, units);
}

}  // namespace fleetrace::study
