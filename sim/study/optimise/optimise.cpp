#include "sim/study/optimise/optimise.hpp"

#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/fleet/results/metrics.hpp"
#include "sim/scenario/inputs/inputs.hpp"
#include "sim/study/optimise/alternatives.hpp"
#include "sim/study/optimise/best_orders.hpp"
#include "sim/study/optimise/even_yearly_limit.hpp"
#include "sim/study/optimise/final_loss.hpp"
#include "sim/study/optimise/lead_time_worth.hpp"
#include "sim/study/optimise/local_search.hpp"
#include "sim/study/optimise/mean_loss_cuts.hpp"
#include "sim/study/optimise/objective_plans.hpp"
#include "sim/study/optimise/plan_racer.hpp"
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

class Optimiser {
 public:
  Optimiser(const scenario::Scenario& scenario, PlanRequest request)
      : scenario_(scenario), asked_(std::move(request)), request_(modelled(asked_)) {}

  Optimum find() {
    optimum_.objective = asked_.objective;
    optimum_.strategy = asked_.strategy;
    optimum_.target = asked_.target;
    optimum_.within = request_.within.value_or(0);
    race_others();
    make_problem();
    PlanProgram plan = plan_program(problem_, request_);
    is_by_date_ ? solve_by_date(plan) : solve_loss(plan);
    search_nearby();
    if (is_linear() && !request_.retires && !is_by_date_) {
      if (auto worth = lead_time_worth(problem_, request_)) optimum_.worth.push_back(std::move(*worth));
    }
    if (optimum_.audit > kAdditive) optimum_.without_bound.push_back(no_sum(optimum_.audit));
    if (!optimum_.without_bound.empty()) drop_proof(optimum_);
    if (!is_linear()) drop_what_sums_say(optimum_);
    optimum_.is_stopped = is_stopped(request_);
    add_notes();
    return std::move(optimum_);
  }

 private:
  void race_others() {
    Rivals rivals = race_rivals(scenario_, asked_);
    optimum_.versus = std::move(rivals.versus);
    optimum_.best_shipped = rivals.best;
    budget_ = *rivals.asked.strategy.budget;
    problem_.money = budget_ - rivals.asked.strategy.research;
    optimum_.research = rivals.asked.strategy.research;
    optimum_.is_trend = rivals.asked.plant.market.trend.has_value();
    problem_.asked_rents = rivals.asked.strategy.may_rent();
    problem_.asked_moves = !rivals.asked.strategy.moves.empty();
    const core::Duration every = rivals.asked.strategy.policy.every;
    if (!request_.every && every > core::Duration{}) request_.every = every;
  }

  void make_problem() {
    racer_.emplace(scenario_, request_.strategy, budget_, optimum_.is_trend, request_.seed);
    truth_ = racer_->resolved({}, {});
    problem_.setup = truth_;
    // Retirements and money have signs and dates for which no easier world is known.
    is_by_date_ = is_about_date_or_money(problem_, request_);
    if (!request_.retires && !is_by_date_) {
      world_ = relaxed_world(truth_, request_);
      problem_.setup = world_.setup;
      optimum_.relaxed = world_.eased;
    }
    problem_.dates = review_dates(problem_.setup, request_);
    problem_.base = base_world(problem_.setup);
    problem_.columns = probe_columns(problem_.setup, problem_.dates, request_.stop);
    if (request_.retires) add_retirements(problem_, problem_.columns);
    optimum_.columns = problem_.columns.size();
    audited_ = problem_;
    ease_columns(world_, truth_, problem_, audited_);
    optimum_.budget = problem_.money;
    optimum_.start = problem_.setup.horizon.start;
    optimum_.dates = problem_.dates.size();
    if (problem_.columns.empty())
      throw PlanError("nothing that could be ordered on these " + std::to_string(problem_.dates.size()) +
                      " dates computes anything before the end of the horizon");
    for (const PurchaseColumn& each : problem_.columns) worth_.push_back(each.effective);
    optimum_.without_bound = beyond_the_model(problem_);
    if (fleet::is_own(asked_.objective)) optimum_.without_bound.emplace_back(kOwnObjective);
  }

  void solve_loss(PlanProgram& plan) {
    set_worth(worth_, plan);
    std::vector<double> shares = solve(plan);
    if (request_.retires) shares = without_waste(problem_, worth_, plan, request_.verbose).value_or(std::move(shares));
    if (request_.objective == fleet::Metric::mean_loss) {
      solve_mean_loss(plan, shares);
    } else if (world_.scale) {
      solve_at_scale(plan, shares);
    } else {
      const double best = final_.loss_at(problem_.base.effective + plan.largest * safe_bound(plan.program, prices_));
      const double gap = final_.purchased_for(best) - final_.purchased_for(best + request_.gap);
      const auto whole = most_compute_in_whole_orders(problem_, request_, plan, worth_, gap);
      settle(whole, plan, among_equals(problem_, request_, plan, shares, worth_), worth_);
      prove_final_loss(plan, whole);
      find_ranges(plan, shares);
      if (!request_.yearly_spend && is_on_one_date(optimum_.schedule))
        optimum_.yearly_limit = even_yearly_limit(problem_, request_, final_, worth_);
    }
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
    const bool saves = request_.then == TieBreak::least_spend ||
                       (request_.target && request_.objective != fleet::Metric::time_to_target);
    settle(whole_units(problem_, plan, shares, worth, saves ? Leftover::keep : Leftover::spend));
  }

  /// The plan of whole orders; where a search has found none, that of the shares.
  void settle(const std::optional<TreeResult>& tree, const PlanProgram& plan, const std::vector<double>& shares,
              const std::vector<double>& worth) {
    const bool is_found = tree && !tree->best.counts.empty() && request_.then == TieBreak::none;
    is_found ? settle(tree->best.counts) : round(plan, shares, worth);
    is_bound_whole_ = tree.has_value();
    if (tree && !tree->is_finished && !is_stopped(request_)) optimum_.notes.push_back(unfinished_note(tree->nodes));
  }

  /// The plan, raced.
  void settle(Counts counts) {
    counts_ = std::move(counts);
    RacedPurchases raced = racer_->race(problem_, counts_, asked_);
    const fleet::Summary& final = raced.final;
    optimum_.schedule = std::move(raced.schedule);
    optimum_.retired = std::move(raced.retired);
    optimum_.value = raced.value;
    optimum_.final_loss = final.relative_loss;
    optimum_.mean_loss = final.mean_relative_loss;
    optimum_.spend = {};
    for (const PlannedPurchase& each : optimum_.schedule) optimum_.spend += each.cost;
    const auto orders = static_cast<std::int64_t>(optimum_.is_trend ? 0 : optimum_.schedule.size());
    const core::Money planned = optimum_.spend + problem_.setup.plant.supply.order_cost * orders;
    held_back_ = held_back_note(final.capex, planned);
    optimum_.audit = superposition_error(audited_, counts_);
  }

  void prove_final_loss(const PlanProgram& plan, const std::optional<TreeResult>& whole) {
    const double most = problem_.base.effective + plan.largest * safe_bound(plan.program, prices_);
    const double proved = whole ? std::min(most, problem_.base.effective + plan.largest * whole->bound) : most;
    optimum_.bound = final_.loss_at(proved * (1 + optimum_.audit)) * (1 - 1e-15);
    add_worth(plan, [&](double flop) { return std::max(0.0, final_.loss_at(most) - final_.loss_at(most + flop)); });
  }

  /// What one more of each limit gains, of what it is worth by the prices: compute, where that is not the objective itself.
  void add_worth(const PlanProgram& plan, const GainOf& gain) {
    const bool is_compute = request_.objective == fleet::Metric::final_loss;
    const PricesOfMore more = prices_of_more(plan, prices_, request_.verbose);
    for (LimitWorth& each : limit_worth(plan, more))
      optimum_.worth.push_back(
          {std::move(each.of), std::move(each.unit), gain(each.worth), is_compute ? each.worth : 0});
    note_worth_by_date(problem_, plan, prices_, more, counts_, gain, optimum_);
  }

  /// What plans spend by year whose final loss is above the best by a tolerance at most, and some that differ from the best.
  void find_ranges(const PlanProgram& plan, const std::vector<double>& shares) {
    const double best = final_.loss_at(problem_.base.effective + plan.largest * safe_bound(plan.program, prices_));
    const auto as_good = [&](double within) {
      return final_.at_least(plan, final_.purchased_for(best * (1 + within)));
    };
    optimum_.flat = spending_ranges(problem_, plan, request_, as_good);
    if (request_.alternatives == 0 || !is_linear()) return;
    const auto row = as_good(kAlternative * *request_.within);
    add_alternatives(plan, different_plans(problem_, plan, row, units_of(plan, shares), request_), worth_);
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

  /// The objectives that are about one date or about money.
  void solve_by_date(PlanProgram& plan) {
    ObjectivePlan found = plan_for_objective(problem_, request_, plan);
    found.counts.empty() ? round(plan, found.shares, found.worth) : settle(std::move(found.counts));
    is_bound_whole_ = found.is_whole;
    if (!found.note.empty()) optimum_.notes.push_back(std::move(found.note));
    if (found.money) optimum_.audit = std::max(optimum_.audit, found.money->error(counts_));
    optimum_.bound = found.bound;
    optimum_.worth = std::move(found.gains);
    if (std::isnan(optimum_.value))
      optimum_.without_bound.push_back("whole units of this plan end at a loss of " +
                                       core::format_real(optimum_.final_loss) + ", short of the target");
  }

  void solve_mean_loss(PlanProgram& plan, const std::vector<double>& shares) {
    const MeanLoss mean(problem_);
    const std::vector<double> start = units_of(plan, shares);
    const CutResult cut = minimise_mean_loss(problem_, mean, plan, start, even_spending(problem_), request_.gap / 4,
                                             kMostRounds, tolerances(request_), request_);
    optimum_.flat = cut.flat;
    // What supports the mean loss is linear, so that its largest gain is a linear programme, whose bound is safe.
    set_worth(cut.support.worth, plan);
    (void)solve(plan);
    const auto tree = least_mean_loss_in_whole_orders(problem_, request_, plan, mean, start, cut.support.worth);
    settle(tree, plan, shares_of(plan, cut.units), cut.support.worth);
    add_alternatives(plan, cut.alternatives, cut.support.worth);
    const double raced = world_.eased.empty() ? optimum_.value : lifted_mean_loss(audited_, counts_);
    const double off = mean_loss_error(audited_, counts_, raced);
    if (off > kAdditive) optimum_.without_bound.push_back(sum_is_off(off));
    double least = cut.support.at_none - plan.largest * safe_bound(plan.program, prices_);
    if (tree) least = std::max(least, -tree->bound);
    optimum_.bound = std::max(problem_.setup.loss.law.floor, least - 2 * off - 1e-12);
    add_worth(plan, [](double worth) { return worth; });
  }

  /// Where units do not add up a race of other plans near this one may find a better one.
  void search_nearby() {
    if (fleet::is_own(asked_.objective)) return settle(best_by_own_objective(problem_, truth_, asked_, counts_));
    if (is_linear() || request_.retires || is_by_date_ || request_.then != TieBreak::none) return;
    const bool waits = !problem_.intervals.empty();
    RacedPlan best = improve(problem_, truth_, request_, counts_, waits ? kMostRaces / 2 : kMostRaces);
    if (waits) {  // the way from the plan of a world in which nothing does may lead further down
      const Counts other = best_counts(audited_, request_, Counts(audited_.columns.size()), truth_.horizon.start);
      RacedPlan found = improve(audited_, truth_, request_, other, kMostRaces / 2);
      if (found.value < best.value) best = std::move(found);
    }
    settle(std::move(best.counts));
  }

  [[nodiscard]] bool is_linear() const {
    return world_.eased.empty() && optimum_.without_bound.empty() && optimum_.audit <= kAdditive;
  }

  void add_notes() {
    if (!held_back_.empty()) optimum_.notes.push_back(held_back_);
    if (!scenario::Inputs(scenario_).all().empty() || fleet::has_random_releases(problem_.setup))
      optimum_.notes.emplace_back(kOneWorld);
    if (request_.then != TieBreak::none) optimum_.notes.push_back(tie_break_note(request_));
    if (has_whole_orders(problem_, request_) && !optimum_.worth.empty()) optimum_.notes.emplace_back(kWorthOfParts);
    if (has_whole_orders(problem_, request_) && optimum_.bound && !is_bound_whole_)
      optimum_.notes.emplace_back(kBoundOfParts);
  }

  const scenario::Scenario& scenario_;
  PlanRequest asked_;
  PlanRequest request_;  ///< what the model of the plan is asked: the same, but by an objective that it knows
  core::Money budget_;
  bool is_by_date_ = false;      ///< whether the objective is about one date or about money
  bool is_bound_whole_ = false;  ///< whether the bound is one of whole orders
  fleet::StrategySetup truth_;   ///< the world of the strategy, without orders
  RelaxedWorld world_;           ///< the same, or one in which no plan does worse and purchases add up
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
