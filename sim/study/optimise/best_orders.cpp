#include "sim/study/optimise/best_orders.hpp"

#include <algorithm>

#include "sim/study/optimise/linear_solver.hpp"
#include "sim/study/optimise/mean_loss_cuts.hpp"
#include "sim/study/optimise/plan_program.hpp"

namespace fleetrace::study {
namespace {

/// What the units of each column are worth to the objective, and the shares of the best plan.
struct Shares {
  std::vector<double> shares;
  std::vector<double> worth;
};

Shares best_shares(const PlanProblem& problem, const PlanRequest& request, PlanProgram& plan) {
  Shares best;
  for (const PurchaseColumn& each : problem.columns) best.worth.push_back(each.effective);
  set_worth(best.worth, plan);
  LinearSolver solver(plan.program);
  LinearSolution solution = solver.solve();
  if (solution.status == LinearSolution::Status::infeasible) return {};
  for (double& each : solution.values) each = std::clamp(each, 0.0, 1.0);
  best.shares = std::move(solution.values);
  if (request.objective != fleet::Metric::mean_loss) return best;
  const std::vector<double> start = units_of(plan, best.shares);
  const MeanLoss mean(problem);
  const CutResult cut = minimise_mean_loss(problem, mean, plan, start, even_spending(problem), request.gap / 4,
                                           kMostRounds, {}, request);
  best.shares = shares_of(plan, cut.units);
  best.worth = cut.support.worth;
  return best;
}

}  // namespace

PlanProblem plan_problem(const fleet::StrategySetup& setup, const PlanRequest& request,
                         const std::vector<core::Time>& dates) {
  require_plannable(setup, request);
  PlanProblem problem;
  problem.setup = setup;
  problem.setup.strategy.rented = 0;
  place_orders({}, {}, problem.setup);
  problem.money = *setup.strategy.budget - setup.strategy.research;
  problem.dates = dates;
  problem.base = base_world(problem.setup);
  problem.columns = probe_columns(problem.setup, dates, request.stop);
  return problem;
}

Counts best_counts(const PlanProblem& problem, const PlanRequest& request, const Counts& ordered, core::Time until) {
  if (problem.columns.empty()) return {};
  PlanProgram plan = plan_program(problem, request);
  for (std::size_t i = 0; i < problem.columns.size(); ++i) {
    if (problem.columns[i].at >= until || !(plan.unit[i] > 0)) continue;
    const double share = static_cast<double>(ordered[i]) / plan.unit[i];
    (void)plan.program.add_row({share, share, {{i, 1}}});
  }
  Shares best = best_shares(problem, request, plan);
  if (best.shares.empty()) return {};
  // What was ordered comes first, and nothing is added to it.
  for (std::size_t i = 0; i < problem.columns.size(); ++i) {
    if (problem.columns[i].at < until) best.worth[i] = 0;
  }
  Counts counts = whole_units(problem, plan, best.shares, best.worth, Leftover::spend);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (problem.columns[i].at < until) counts[i] = ordered[i];
  }
  return counts;
}

}  // namespace fleetrace::study
