#include "sim/study/optimise/mean_loss_cuts.hpp"

#include "sim/study/optimise/cutting_planes.hpp"

namespace fleetrace::study {

CutResult minimise_mean_loss(const PlanProblem& problem, const MeanLoss& mean, PlanProgram plan,
                             const std::vector<double>& start, const std::vector<double>& guess, double gap, int most,
                             const std::vector<double>& tolerances, const PlanRequest& request) {
  CutResult result;
  CuttingPlanes planes(problem, mean, std::move(plan), guess, request.verbose, request.stop);
  result.units = start;
  result.loss = mean.loss(mean.path(start));
  planes.touch(mean.path(std::vector<double>(start.size())), nullptr);
  planes.touch(mean.path(start), nullptr);
  planes.touch(mean.path(guess), nullptr);
  for (result.rounds = 1; result.rounds <= most; ++result.rounds) {
    const LinearSolution& solution = planes.solve();
    if (solution.status != LinearSolution::Status::optimal) break;
    result.bound = planes.loss();
    const std::vector<double> units = planes.units();
    const MeanLoss::Path path = mean.path(units);
    if (const double loss = mean.loss(path); loss < result.loss) {
      result.loss = loss;
      result.units = units;
    }
    result.support = planes.support();
    if (result.loss - result.bound <= gap || is_stopped(request)) break;
    planes.touch(path, &solution.values);
  }
  if (result.support.worth.empty()) result.support = planes.support();
  // A plan within a tolerance is within every larger one, so that the rows of those may stay.
  for (auto each = tolerances.rbegin(); each != tolerances.rend() && !is_stopped(request); ++each) {
    auto ranges = planes.spending_ranges(problem, result.loss * (1 + *each));
    for (auto& range : ranges) {
      range.within = *each;
      // What is less than a millionth of the budget is rounding.
      if (range.least_usd < 1e-6 * problem.money.usd()) range.least_usd = 0;
      if (range.most_usd < 1e-6 * problem.money.usd()) range.most_usd = 0;
    }
    result.flat.insert(result.flat.begin(), ranges.begin(), ranges.end());
  }
  if (!tolerances.empty() && request.alternatives > 0)
    result.alternatives = planes.different_plans(problem, result.units, result.loss * (1 + tolerances.front()),
                                                 request);
  return result;
}

}  // namespace fleetrace::study
