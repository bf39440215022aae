#include "sim/study/optimise/objective_plans.hpp"

#include <algorithm>
#include <cmath>

#include "sim/study/optimise/least_spending.hpp"
#include "sim/study/optimise/plan_words.hpp"

namespace fleetrace::study {
namespace {

using fleet::Metric;

/// A target counts as met a little short of it, so that a bound holds where a sum of units is off by as much as is let pass.
constexpr double kOff = 2e-9;

class Objective {
 public:
  Objective(const PlanProblem& problem, const PlanRequest& request, PlanProgram& plan)
      : problem_(problem), request_(request), plan_(plan), dated_(problem) {}

  ObjectivePlan find() {
    switch (request_.objective) {
      case Metric::time_to_target: return earliest();
      case Metric::cost_to_target: return cheapest();
      case Metric::npv: return most_valuable();
      default: return best_run();
    }
  }

 private:
  [[nodiscard]] double needed() const { return dated_.needed(*request_.target); }

  /// What the plan gains in the objective by one more of each limit; `of_each` turns the worth of the programme into that.
  template <class OfEach>
  [[nodiscard]] std::vector<MarginalWorth> gains(const std::vector<double>& prices, const OfEach& of_each) const {
    std::vector<MarginalWorth> result;
    for (LimitWorth& each : limit_worth(plan_, prices))
      result.push_back({std::move(each.of), std::move(each.unit), std::max(0.0, of_each(each.worth)), 0});
    return result;
  }

  /// The plan with the most compute behind the final loss.
  [[nodiscard]] DatedPlan most_at_the_end() {
    if (problem_.setup.loss.accounting == fleet::Accounting::best_run)
      return largest_run(problem_, dated_, plan_, request_.gap, request_);
    MostCompute program(problem_, dated_, plan_, request_);
    const core::Time end = problem_.setup.horizon.end;
    const double bound = program.bound(end, end);
    DatedPlan plan = program.answer(end);
    plan.bound = bound;
    return plan;
  }

  [[noreturn]] void refuse_target() {
    const DatedPlan most = most_at_the_end();
    const bool is_proved = beyond_the_model(problem_).empty() &&
                           superposition_error(problem_, Counts(problem_.columns.size())) <= 1e-9;
    throw out_of_reach(*request_.target, dated_.loss_of(most.bound), limit_worth(plan_, most.prices), is_proved);
  }

  ObjectivePlan best_run() {
    DatedPlan found = largest_run(problem_, dated_, plan_, request_.gap, request_);
    const double now = dated_.loss_of(found.value);
    ObjectivePlan plan{
        std::move(found.shares), std::move(found.worth), dated_.loss_of(found.bound * (1 + kOff)), {}, {}};
    plan.gains = gains(found.prices, [&](double worth) { return now - dated_.loss_of(found.value + worth); });
    return plan;
  }

  ObjectivePlan earliest() {
    DatedPlan found = earliest_date(problem_, dated_, plan_, needed() * (1 - kOff), request_);
    if (found.shares.empty()) refuse_target();
    // How fast the compute of the plan grows on that date says how much sooner a little more of it is there.
    const core::Time before = std::max(problem_.setup.horizon.start, found.at - core::kDay);
    const double growth = (compute_at(found, found.at) - compute_at(found, before)) / (found.at - before).years();
    ObjectivePlan plan{std::move(found.shares), std::move(found.worth), found.bound, {}, {}};
    plan.gains = gains(found.prices, [&](double worth) { return growth > 0 ? worth / growth : 0; });
    return plan;
  }

  [[nodiscard]] double compute_at(const DatedPlan& plan, core::Time at) const {
    const std::vector<double> each = dated_.most(at, at);
    double sum = dated_.base_most(at, at);
    for (std::size_t i = 0; i < each.size(); ++i) sum += each[i] * plan_.unit[i] * plan.shares[i];
    return sum;
  }

  ObjectivePlan cheapest() {
    auto money = std::make_unique<PlanMoney>(problem_);
    LeastSpending least = least_spending(problem_, dated_, *money, plan_, needed() * (1 - kOff), request_);
    DatedPlan& found = least.plan;
    if (found.shares.empty()) refuse_target();
    ObjectivePlan plan{std::move(found.shares), std::move(found.worth), 0, {}, {}};
    plan.bound = std::max(0.0, found.bound - kOff * problem_.money.usd());
    plan.gains = gains(found.prices, [](double worth) { return worth; });
    plan.money = std::move(money);
    plan.is_whole = least.is_whole;
    plan.counts = std::move(least.counts);
    if (!least.is_finished && !is_stopped(request_)) plan.note = unfinished_note(least.nodes);
    return plan;
  }

  ObjectivePlan most_valuable() {
    auto money = std::make_unique<PlanMoney>(problem_);
    const core::Time end = problem_.setup.horizon.end;
    ObjectivePlan plan;
    for (std::size_t i = 0; i < problem_.columns.size(); ++i) plan.worth.push_back(money->npv(i));
    if (request_.target) {
      const DatedPlan most = most_at_the_end();
      if (most.bound < needed()) refuse_target();
      LinearProgram::Row row{(needed() * (1 + 1e-9) - dated_.base_most(end, end)) / plan_.largest,
                             std::numeric_limits<double>::infinity(),
                             {}};
      const std::vector<double> each = dated_.most(end, end);
      for (std::size_t i = 0; i < each.size(); ++i) {
        if (plan_.unit[i] > 0 && each[i] != 0) row.terms.push_back({i, each[i] * plan_.unit[i] / plan_.largest});
      }
      (void)plan_.program.add_row(std::move(row));
    }
    set_worth(plan.worth, plan_);
    LinearSolver solver(plan_.program, request_.verbose);
    const LinearSolution solution = solver.solve();
    for (std::size_t i = 0; i < plan.worth.size(); ++i) plan.shares.push_back(std::clamp(solution.values[i], 0.0, 1.0));
    const double gain = plan_.largest * safe_bound(plan_.program, solution.prices);
    // Where a loss must be met, the last billionth of the compute for it is worth next to nothing.
    plan.bound = money->base_npv() + gain + kOff * (std::fabs(gain) + problem_.money.usd());
    plan.gains = gains(solution.prices, [](double worth) { return worth; });
    plan.money = std::move(money);
    return plan;
  }

  const PlanProblem& problem_;
  const PlanRequest& request_;
  PlanProgram& plan_;
  DatedCompute dated_;
};

}  // namespace

bool is_about_date_or_money(const PlanProblem& problem, const PlanRequest& request) {
  return problem.setup.loss.accounting == fleet::Accounting::best_run ||
         (request.objective != Metric::final_loss && request.objective != Metric::mean_loss);
}

ObjectivePlan plan_for_objective(const PlanProblem& problem, const PlanRequest& request, PlanProgram& plan) {
  return Objective(problem, request, plan).find();
}

}  // namespace fleetrace::study
