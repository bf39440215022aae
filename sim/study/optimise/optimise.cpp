#include "sim/study/optimise/optimise.hpp"

#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/fleet/results/metrics.hpp"
#include "sim/fleet/world.hpp"
#include "sim/scenario/inputs/inputs.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/study/optimise/alternatives.hpp"
#include "sim/study/optimise/final_loss.hpp"
#include "sim/study/optimise/lead_time_worth.hpp"
#include "sim/study/optimise/local_search.hpp"
#include "sim/study/optimise/mean_loss_cuts.hpp"
#include "sim/study/optimise/plan_scenario.hpp"
#include "sim/study/optimise/plan_words.hpp"
#include "sim/study/optimise/relaxation.hpp"
#include "sim/study/optimise/rivals.hpp"
#include "sim/study/optimise/scaled_compute.hpp"
#include "sim/study/optimise/tie_break.hpp"
#include "sim/study/optimise/whole_orders.hpp"
#include "sim/study/optimise/worth_by_date.hpp"

namespace fleetrace::study {
namespace {

/// How far a sum of unit purchases may miss a race of all of them.
constexpr double kAdditive = 1e-9;
constexpr double kShort = 1e-9;  // of compute is bought beyond a target

class Optimiser {
 public:
  Optimiser(const scenario::Scenario& scenario, PlanRequest request)
      : scenario_(scenario), request_(std::move(request)) {}

  Optimum find() {
    optimum_.objective = request_.objective;
    optimum_.strategy = request_.strategy;
    optimum_.target = request_.target;
    optimum_.within = request_.within.value_or(0);
    race_others();
    make_problem();
    PlanProgram plan = plan_program(problem_, request_);
    set_worth(worth_, plan);
    const std::vector<double> shares = solve(plan);
    if (request_.objective == fleet::Metric::mean_loss) {
      solve_mean_loss(plan, shares);
    } else if (request_.target) {
      solve_cost(plan);
    } else if (world_.scale) {
      solve_at_scale(plan, shares);
    } else {
      const double best = final_.loss_at(problem_.base.effective + plan.largest * safe_bound(plan.program, prices_));
      const double gap = final_.purchased_for(best) - final_.purchased_for(best + request_.gap);
      const auto whole = most_compute_in_whole_orders(problem_, request_, plan, worth_, gap);
      settle(whole, plan, among_equals(problem_, request_, plan, shares, worth_), worth_);
      prove_final_loss(plan, whole);
      find_ranges(plan, shares);
    }
    search_nearby();
    add_lead_time_worth();
    withdraw_bound();
    optimum_.is_stopped = is_stopped(request_);
    add_notes();
    return std::move(optimum_);
  }

 private:
  void race_others() {
    Rivals rivals = race_rivals(scenario_, request_);
    optimum_.versus = std::move(rivals.versus);
    optimum_.best_shipped = rivals.best;
    budget_ = *rivals.asked.strategy.budget;
    problem_.money = budget_ - rivals.asked.strategy.research;
    is_trend_ = rivals.asked.plant.market.trend.has_value();
    problem_.asked_rents = rivals.asked.strategy.may_rent();
    const core::Duration every = rivals.asked.strategy.policy.every;
    if (!request_.every && every > core::Duration{}) request_.every = every;
  }

  void make_problem() {
    racer_.emplace(scenario_, request_.strategy, budget_, is_trend_, request_.seed);
    truth_ = racer_->resolved({});
    world_ = relaxed_world(truth_, request_);
    problem_.setup = world_.setup;
    optimum_.relaxed = world_.eased;
    problem_.dates = review_dates(problem_.setup, request_);
    problem_.base = base_world(problem_.setup);
    problem_.columns = probe_columns(problem_.setup, problem_.dates, request_.stop);
    audited_ = problem_;
    ease_columns(world_, truth_, problem_);
    optimum_.budget = problem_.money;
    optimum_.dates = problem_.dates.size();
    optimum_.columns = problem_.columns.size();
    if (problem_.columns.empty())
      throw PlanError("nothing that could be ordered on these " + std::to_string(problem_.dates.size()) +
                      " dates computes anything before the end of the horizon");
    for (const PurchaseColumn& each : problem_.columns) worth_.push_back(each.effective);
    optimum_.without_bound = beyond_the_model(problem_);
  }

  std::vector<double> solve(const PlanProgram& plan) {
    LinearSolver solver(plan.program, request_.verbose);  // no stop ends it: it is short, and there is no bound without
    LinearSolution solution = solver.solve();
    if (solution.status != LinearSolution::Status::optimal)
      optimum_.notes.emplace_back(
          "The solver ended early; the bound holds all the same, and may be far from the best.");
    prices_ = std::move(solution.prices);
    solution.values.resize(plan.unit.size());
    for (double& each : solution.values) each = std::clamp(each, 0.0, 1.0);
    return std::move(solution.values);
  }

  /// Whole units of the shares, raced.
  void round(const PlanProgram& plan, const std::vector<double>& shares, const std::vector<double>& worth) {
    const bool saves = request_.then == TieBreak::least_spend || request_.target;
    settle(whole_units(problem_, plan, shares, worth, saves ? Leftover::keep : Leftover::spend));
  }

  /// The plan of whole orders; where a search has found none, that of the shares.
  void settle(const std::optional<TreeResult>& tree, const PlanProgram& plan, const std::vector<double>& shares,
              const std::vector<double>& worth) {
    const bool is_found = tree && !tree->best.counts.empty() && request_.then == TieBreak::none;
    is_found ? settle(tree->best.counts) : round(plan, shares, worth);
    if (tree && !tree->is_finished && !is_stopped(request_)) optimum_.notes.push_back(unfinished_note(*tree));
  }

  /// The plan, raced.
  void settle(Counts counts) {
    counts_ = std::move(counts);
    optimum_.schedule = planned_purchases(problem_, counts_);
    const fleet::Summary final = racer_->race(optimum_.schedule);
    optimum_.value = objective_value(request_, final);
    optimum_.final_loss = final.relative_loss;
    optimum_.mean_loss = final.mean_relative_loss;
    optimum_.spend = {};
    for (const PlannedPurchase& each : optimum_.schedule) optimum_.spend += each.cost;
    held_back_.clear();
    const auto orders = static_cast<std::int64_t>(is_trend_ ? 0 : optimum_.schedule.size());
    const core::Money planned = optimum_.spend + problem_.setup.plant.supply.order_cost * orders;
    if (final.capex < planned - core::Money::from_micros(planned.micros() / 1'000'000'000))
      held_back_ = "Some of the orders were held back: " + core::to_string(final.capex) + " of " +
                   core::to_string(planned) + " USD were spent in the race.";
    optimum_.audit = superposition_error(audited_, counts_);
  }

  void prove_final_loss(const PlanProgram& plan, const std::optional<TreeResult>& whole) {
    const double most = problem_.base.effective + plan.largest * safe_bound(plan.program, prices_);
    const double proved = whole ? std::min(most, problem_.base.effective + plan.largest * whole->bound) : most;
    optimum_.bound = final_.loss_at(proved * (1 + optimum_.audit)) * (1 - 1e-15);
    const double now = final_.loss_at(most);
    for (LimitWorth& each : limit_worth(plan, prices_)) {
      const double gain = std::max(0.0, now - final_.loss_at(most + each.worth));
      optimum_.worth.push_back({std::move(each.of), std::move(each.unit), gain, each.worth});
    }
    note_worth_by_date(
        problem_, plan, prices_, counts_, [&](double flop) { return std::max(0.0, now - final_.loss_at(most + flop)); },
        optimum_);
  }

  /// What plans spend by year whose final loss is above the best by a tolerance at most, and some that differ from the best.
  void find_ranges(const PlanProgram& plan, const std::vector<double>& shares) {
    const double best = final_.loss_at(problem_.base.effective + plan.largest * safe_bound(plan.program, prices_));
    const auto as_good = [&](double within) {
      return final_.at_least(plan, final_.purchased_for(best * (1 + within)));
    };
    optimum_.flat = spending_ranges(problem_, plan, request_, as_good);
    if (request_.alternatives == 0 || !is_linear()) return;
    std::vector<double> units(plan.unit.size());
    for (std::size_t i = 0; i < units.size(); ++i) units[i] = shares[i] * plan.unit[i];
    add_alternatives(plan, different_plans(problem_, plan, as_good(kAlternative * *request_.within), units, request_),
                     worth_);
  }

  void add_alternatives(const PlanProgram& plan, const std::vector<std::vector<double>>& units,
                        const std::vector<double>& worth) {
    const double most = optimum_.value * (1 + request_.within.value_or(0)) * (1 + kTied);
    optimum_.alternatives = raced_alternatives(problem_, plan, units, worth, counts_, most, request_, *racer_);
  }

  /// The most compute by the end where utilisation falls with the number of accelerators.
  void solve_at_scale(const PlanProgram& plan, const std::vector<double>& shares) {
    const ScaledOptimum best = most_scaled_compute(ScaledCompute(problem_, *world_.scale), plan, shares, request_);
    round(plan, best.shares, best.worth);
    optimum_.bound = final_.loss_at(best.bound * (1 + optimum_.audit)) * (1 - 1e-15);
  }

  /// The least money that comes to the target.
  void solve_cost(PlanProgram& plan) {
    const double best = final_.loss_at(problem_.base.effective + plan.largest * safe_bound(plan.program, prices_));
    if (!(best <= *request_.target)) {
      const bool is_proved = optimum_.without_bound.empty() &&
                             superposition_error(audited_, Counts(worth_.size())) <= kAdditive;
      throw out_of_reach(*request_.target, best, limit_worth(plan, prices_), is_proved);
    }
    // The purchases must bring a little more than the loss takes, so that rounding never leaves them short of it.
    const double needed = final_.purchased_for(*request_.target) * (1 + kShort);
    (void)plan.program.add_row(final_.at_least(plan, needed));
    for (std::size_t i = 0; i < worth_.size(); ++i)
      plan.program.set_objective(i, -problem_.columns[i].price.usd() * plan.unit[i] / problem_.money.usd());
    plan.largest = problem_.money.usd();
    const std::vector<double> shares = solve(plan);
    const auto whole = least_cost_in_whole_orders(problem_, request_, plan, worth_, needed);
    settle(whole, plan, shares, worth_);
    double least = -plan.largest * safe_bound(plan.program, prices_);
    if (whole) least = std::max(least, -plan.largest * whole->bound);
    optimum_.bound = std::max(0.0, least * (1 - 2 * kShort) - 1e-6);
    for (LimitWorth& each : limit_worth(plan, prices_))
      optimum_.worth.push_back({std::move(each.of), std::move(each.unit), each.worth, 0});
    if (std::isnan(optimum_.value))
      optimum_.without_bound.push_back("whole units of this plan end at a loss of " +
                                       core::format_real(optimum_.final_loss) + ", short of the target");
  }

  void solve_mean_loss(PlanProgram& plan, const std::vector<double>& shares) {
    const MeanLoss mean(problem_);
    std::vector<double> start(plan.unit.size());
    for (std::size_t i = 0; i < start.size(); ++i) start[i] = shares[i] * plan.unit[i];
    const CutResult cut = minimise_mean_loss(problem_, mean, plan, start, even_spending(problem_), request_.gap / 4,
                                             kMostRounds, tolerances(request_), request_);
    optimum_.flat = cut.flat;
    // What supports the mean loss is linear, so that its largest gain is a linear programme, whose bound is safe.
    set_worth(cut.support.worth, plan);
    (void)solve(plan);
    std::vector<double> best(plan.unit.size());
    for (std::size_t i = 0; i < best.size(); ++i) best[i] = plan.unit[i] > 0 ? cut.units[i] / plan.unit[i] : 0;
    const auto tree = least_mean_loss_in_whole_orders(problem_, request_, plan, mean, start, cut.support.worth);
    settle(tree, plan, best, cut.support.worth);
    add_alternatives(plan, cut.alternatives, cut.support.worth);
    std::vector<double> whole(counts_.begin(), counts_.end());
    const double raced = world_.eased.empty() ? optimum_.value : lifted_mean_loss(audited_, counts_);
    const double off = std::fabs(mean.loss(mean.path(whole)) - raced);
    if (off > kAdditive)
      optimum_.without_bound.push_back("the sum over the horizon is off by " + core::format_real(off));
    double least = cut.support.at_none - plan.largest * safe_bound(plan.program, prices_);
    if (tree) least = std::max(least, -tree->bound);
    optimum_.bound = std::max(problem_.setup.loss.law.floor, least - 2 * off - 1e-12);
    for (LimitWorth& each : limit_worth(plan, prices_))
      optimum_.worth.push_back({std::move(each.of), std::move(each.unit), each.worth, 0});
    note_worth_by_date(
        problem_, plan, prices_, counts_, [](double worth) { return worth; }, optimum_);
  }

  /// Of a month less, where the plan has one to lose.
  void add_lead_time_worth() {
    if (!is_linear()) return;
    if (auto worth = lead_time_worth(problem_, request_)) optimum_.worth.push_back(std::move(*worth));
  }

  /// Where units do not add up a race of other plans near this one may find a better one.
  void search_nearby() {
    if (is_linear() || request_.target || request_.then != TieBreak::none) return;
    settle(improve(problem_, truth_, request_, counts_).counts);
  }

  [[nodiscard]] bool is_linear() const {
    return world_.eased.empty() && optimum_.without_bound.empty() && optimum_.audit <= kAdditive;
  }

  void withdraw_bound() {
    if (optimum_.audit > kAdditive) optimum_.without_bound.push_back(no_sum(optimum_.audit));
    if (!optimum_.without_bound.empty()) {
      optimum_.bound.reset();
      optimum_.worth.clear();
      optimum_.money_by_date.clear();
      optimum_.limits_by_date.clear();
      optimum_.flat.clear();
      optimum_.relaxed.clear();
    }
    if (is_linear()) return;
    optimum_.worth.clear();
    optimum_.flat.clear();
    optimum_.alternatives.clear();
  }

  void add_notes() {
    if (!held_back_.empty()) optimum_.notes.push_back(held_back_);
    if (!scenario::Inputs(scenario_).all().empty() || fleet::has_random_releases(problem_.setup))
      optimum_.notes.emplace_back(kOneWorld);
    if (request_.then != TieBreak::none) optimum_.notes.push_back(tie_break_note(request_));
    if (has_whole_orders(problem_, request_) && !optimum_.worth.empty()) optimum_.notes.emplace_back(kWorthOfParts);
  }

  const scenario::Scenario& scenario_;
  PlanRequest request_;
  core::Money budget_;
  bool is_trend_ = false;
  fleet::StrategySetup truth_;  ///< the world of the strategy, without orders
  RelaxedWorld world_;          ///< the same, or one in which no plan does worse and purchases add up
  PlanProblem problem_;
  PlanProblem audited_;  ///< the same with columns as they were raced
  FinalLoss final_{problem_};
  std::vector<double> worth_;   ///< compute by the end of a unit of each column
  std::vector<double> prices_;  ///< of the rows of the last programme
  Counts counts_;
  std::optional<PlanRacer> racer_;
  std::string held_back_;
  Optimum optimum_;
};

}  // namespace

Optimum optimise(const scenario::Scenario& scenario, const PlanRequest& request) {
  return Optimiser(scenario, request).find();
}

}  // namespace fleetrace::study
