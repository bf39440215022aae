#include <algorithm>

#include "sim/study/optimise/cutting_planes.hpp"
#include "sim/study/optimise/mean_loss_cuts.hpp"

namespace fleetrace::study {
namespace {

/// Rounds of tangents in one branch; most take one or two, since they begin with the tangents of others.
constexpr int kBranchRounds = 60;

}  // namespace

MeanLossBranches::MeanLossBranches(const PlanProblem& problem, const MeanLoss& mean, const PlanProgram& plan,
                                   const std::vector<double>& start, double gap, const PlanRequest& request)
    : mean_(mean),
      plan_(plan),
      original_(plan),
      gap_(gap),
      planes_(
          std::make_unique<CuttingPlanes>(problem, mean, plan, even_spending(problem), request.verbose, request.stop)) {
  planes_->touch(mean.path(std::vector<double>(start.size())), nullptr);
  planes_->touch(mean.path(start), nullptr);
  planes_->touch(mean.path(even_spending(problem)), nullptr);
}

MeanLossBranches::~MeanLossBranches() = default;

NodeRelaxation MeanLossBranches::relax(const std::vector<NarrowedColumn>& narrowed) {
  const auto set = [this](std::size_t column, double low, double high) {
    planes_->set_bounds(column, low, high);
    plan_.program.set_bounds(column, low, high);
  };
  const std::vector<LinearProgram::Column>& columns = original_.program.columns();
  for (const NarrowedColumn& each : narrowed_) set(each.column, columns[each.column].low, columns[each.column].high);
  narrowed_ = narrowed;
  for (const NarrowedColumn& each : narrowed) {
    const double low = std::max(each.low, columns[each.column].low);
    const double high = std::min(each.high, columns[each.column].high);
    if (low > high) return {true, 0, {}};
    set(each.column, low, high);
  }
  NodeRelaxation result;
  for (int round = 0; round < kBranchRounds; ++round) {
    const LinearSolution& solution = planes_->solve();
    if (solution.status == LinearSolution::Status::infeasible) {
      // Tangents keep no plan out, so that the rows of the plan alone must prove it.
      std::vector<double> multipliers = solution.prices;
      multipliers.resize(std::min(multipliers.size(), plan_.program.rows().size()));
      result.is_empty = proves_empty(plan_.program, multipliers);
      return result;
    }
    if (solution.status != LinearSolution::Status::optimal) return result;
    result.bound = std::min(result.bound, proved(solution.prices));
    result.values = solution.values;
    const MeanLoss::Path path = mean_.path(planes_->units());
    if (mean_.loss(path) - planes_->loss() <= gap_) break;
    planes_->touch(path, &solution.values, gap_ / 2);
  }
  return result;
}

/// What the tangents support is linear in the plan. Its largest gain has the solver's prices of the rows of the plan, in units of
/// the whole objective.
double MeanLossBranches::proved(const std::vector<double>& prices) {
  const MeanLoss::Support support = planes_->support();
  set_worth(support.worth, plan_);
  std::vector<double> own(prices.begin(), prices.begin() + static_cast<std::ptrdiff_t>(
                                                               std::min(prices.size(), plan_.program.rows().size())));
  const double scale = static_cast<double>(mean_.intervals().size()) * plan_.largest;
  for (double& each : own) each /= scale;
  return plan_.largest * safe_bound(plan_.program, own) - support.at_none;
}

}  // namespace fleetrace::study
