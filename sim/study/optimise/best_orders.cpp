#include "sim/study/optimise/best_orders.hpp"

#include <algorithm>

#include "sim/study/optimise/final_loss.hpp"
#include "sim/study/optimise/linear_solver.hpp"
#include "sim/study/optimise/mean_loss_cuts.hpp"
#include "sim/study/optimise/objective_plans.hpp"
#include "sim/study/optimise/plan_program.hpp"
#include "sim/study/optimise/whole_orders.hpp"

namespace fleetrace::study {
namespace {

class BestOrders {
 public:
  BestOrders(const PlanProblem& problem, const PlanRequest& request, const Counts& ordered, core::Time until)
      : problem_(problem), request_(request), ordered_(ordered), until_(until), plan_(plan_program(problem, request)) {}

  Counts find() {
    for (std::size_t i = 0; i < ordered_.size(); ++i) {
      if (!was_ordered(i) || !(plan_.unit[i] > 0)) continue;
      is_free_ = false;
      const double share = static_cast<double>(ordered_[i]) / plan_.unit[i];
      (void)plan_.program.add_row({share, share, {{i, 1}}});
    }
    if (!find_most_compute()) return {};
    Counts counts = is_about_date_or_money(problem_, request_)       ? by_date_or_money()
                    : request_.objective == fleet::Metric::mean_loss ? least_mean_loss()
                                                                     : most_compute();
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (was_ordered(i)) counts[i] = ordered_[i];
    }
    return counts;
  }

 private:
  [[nodiscard]] bool was_ordered(std::size_t column) const { return problem_.columns[column].at < until_; }

  /// The shares with the most compute by the end. False where no plan has room for what was ordered.
  bool find_most_compute() {
    for (const PurchaseColumn& each : problem_.columns) worth_.push_back(each.effective);
    set_worth(worth_, plan_);
    LinearSolver solver(plan_.program);
    LinearSolution solution = solver.solve();
    if (solution.status == LinearSolution::Status::infeasible) return false;
    bound_ = plan_.largest * safe_bound(plan_.program, solution.prices);
    for (double& each : solution.values) each = std::clamp(each, 0.0, 1.0);
    shares_ = std::move(solution.values);
    return true;
  }

  Counts most_compute() {
    // Branches are for plans that are made at once: what was ordered before is whole already.
    if (is_free_ && has_whole_orders(problem_, request_)) {
      const FinalLoss loss(problem_);
      const double best = loss.loss_at(problem_.base.effective + bound_);
      const double gap = loss.purchased_for(best) - loss.purchased_for(best + request_.gap);
      const auto tree = most_compute_in_whole_orders(problem_, request_, plan_, worth_, gap);
      if (tree && !tree->best.counts.empty()) return tree->best.counts;
    }
    return rounded(shares_, worth_, Leftover::spend);
  }

  Counts least_mean_loss() {
    const std::vector<double> start = units_of(plan_, shares_);
    const MeanLoss mean(problem_);
    const CutResult cut = minimise_mean_loss(problem_, mean, plan_, start, even_spending(problem_), request_.gap / 4,
                                             kMostRounds, {}, request_);
    if (is_free_) {
      set_worth(cut.support.worth, plan_);
      const auto tree = least_mean_loss_in_whole_orders(problem_, request_, plan_, mean, start, cut.support.worth);
      if (tree && !tree->best.counts.empty()) return tree->best.counts;
    }
    return rounded(shares_of(plan_, cut.units), cut.support.worth, Leftover::spend);
  }

  /// Where no plan comes to the target, the one that ends nearest to it.
  Counts by_date_or_money() {
    PlanRequest request = request_;
    std::optional<ObjectivePlan> found;
    try {
      PlanProgram plan = plan_;
      found = plan_for_objective(problem_, request, plan);
    } catch (const OutOfReach&) {
      request.objective = fleet::Metric::final_loss;
      request.target.reset();
      if (!is_about_date_or_money(problem_, request)) return most_compute();
      PlanProgram plan = plan_;
      found = plan_for_objective(problem_, request, plan);
    }
    const bool saves = request.target && request.objective != fleet::Metric::time_to_target;
    return rounded(found->shares, found->worth, saves ? Leftover::keep : Leftover::spend);
  }

  /// What was ordered comes first, and nothing is added to it.
  [[nodiscard]] Counts rounded(const std::vector<double>& shares, std::vector<double> worth, Leftover leftover) const {
    for (std::size_t i = 0; i < worth.size(); ++i) {
      if (was_ordered(i)) worth[i] = 0;
    }
    return whole_units(problem_, plan_, shares, worth, leftover);
  }

  const PlanProblem& problem_;
  const PlanRequest& request_;
  const Counts& ordered_;
  core::Time until_;
  PlanProgram plan_;
  bool is_free_ = true;         ///< whether nothing was ordered before
  std::vector<double> worth_;   ///< compute by the end of a unit of each column
  std::vector<double> shares_;  ///< with the most compute by the end
  double bound_ = 0;            ///< no plan computes more [FLOP]
};

}  // namespace

PlanProblem plan_problem(const fleet::StrategySetup& setup, const PlanRequest& request,
                         const std::vector<core::Time>& dates) {
  require_plannable(setup, request);
  PlanProblem problem;
  problem.setup = setup;
  problem.asked_rents = setup.strategy.may_rent();
  problem.asked_moves = !setup.strategy.moves.empty();
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
  return BestOrders(problem, request, ordered, until).find();
}

}  // namespace fleetrace::study
