#include "sim/study/optimise/lead_time_worth.hpp"

#include <algorithm>
#include <cmath>

#include "sim/study/optimise/final_loss.hpp"
#include "sim/study/optimise/mean_loss_cuts.hpp"

namespace fleetrace::study {
namespace {

/// What the best plan comes to where units need not be whole.
struct Value {
  double objective = 0;  ///< the loss
  double effective = 0;  ///< by the end [FLOP]; where final loss is the objective
};

Value best_value(const PlanProblem& problem, const PlanRequest& request) {
  std::vector<double> worth;
  for (const PurchaseColumn& each : problem.columns) worth.push_back(each.effective);
  PlanProgram plan = plan_program(problem, request);
  set_worth(worth, plan);
  const FinalLoss final(problem);
  LinearSolver solver(plan.program, request.verbose, request.stop);
  const LinearSolution solution = solver.solve();
  const double bound = plan.largest * safe_bound(plan.program, solution.prices);
  if (request.objective != fleet::Metric::mean_loss) {
    const double effective = problem.base.effective + bound;
    return {final.loss_at(effective), effective};
  }
  const MeanLoss mean(problem);
  std::vector<double> start(worth.size());
  for (std::size_t i = 0; i < start.size(); ++i) start[i] = std::clamp(solution.values[i], 0.0, 1.0) * plan.unit[i];
  return {
      minimise_mean_loss(problem, mean, plan, start, even_spending(problem), request.gap / 4, kMostRounds, {}, request)
          .loss,
      0};
}

}  // namespace

std::optional<MarginalWorth> lead_time_worth(const PlanProblem& problem, const PlanRequest& request) {
  const core::Duration lead = problem.setup.plant.supply.lead_time.mean;
  using fleet::Metric;
  const bool is_known = request.objective == Metric::final_loss || request.objective == Metric::mean_loss;
  if (!is_known || lead < core::kMonth || is_stopped(request)) return {};
  PlanProblem sooner = problem;
  sooner.setup.plant.supply.lead_time.mean = lead - core::kMonth;
  sooner.dates = review_dates(sooner.setup, request);
  Value now;
  Value then;
  try {
    sooner.columns = probe_columns(sooner.setup, sooner.dates, request.stop);
    now = best_value(problem, request);
    then = best_value(sooner, request);
  } catch (const PlanStopped&) {
    return {};
  }
  if (is_stopped(request)) return {};
  return MarginalWorth{"less lead time", "month", std::max(0.0, now.objective - then.objective),
                       std::max(0.0, then.effective - now.effective)};
}

}  // namespace fleetrace::study
