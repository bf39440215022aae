#include "sim/study/optimise/optimise.hpp"

#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/fleet/results/metrics.hpp"
#include "sim/fleet/world.hpp"
#include "sim/scenario/inputs/inputs.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/study/optimise/even_yearly_limit.hpp"
#include "sim/study/optimise/final_loss.hpp"
#include "sim/study/optimise/mean_loss_cuts.hpp"
#include "sim/study/optimise/objective_plans.hpp"
#include "sim/study/optimise/plan_scenario.hpp"
#include "sim/study/optimise/rivals.hpp"

namespace fleetrace::study {
namespace {

/// How far a sum of unit purchases may miss a race of all of them.
constexpr double kAdditive = 1e-9;
/// Plans whose compute differs by no more than this share of it tie.
constexpr double kTied = 1e-7;
/// Rounds of tangents; every case seen so far took less than 40.
constexpr int kMostRounds = 200;

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
    if (is_about_date_or_money(problem_, request_)) {
      solve_by_date(plan);
    } else {
      set_worth(worth_, plan);
      std::vector<double> shares = solve(plan);
      if (request_.retires)
        shares = without_waste(problem_, worth_, plan, request_.verbose).value_or(std::move(shares));
      if (request_.objective == fleet::Metric::mean_loss) {
        solve_mean_loss(plan, shares);
      } else {
        round(plan, among_equals(plan, shares), worth_);
        prove_final_loss(plan);
        find_ranges(plan);
        if (!request_.yearly_spend && is_on_one_date(optimum_.schedule))
          optimum_.yearly_limit = even_yearly_limit(problem_, request_, final_, worth_);
      }
    }
    withdraw_bound();
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
    rented_ = rivals.asked.strategy.rented;
    const core::Duration every = rivals.asked.strategy.policy.every;
    if (!request_.every && every > core::Duration{}) request_.every = every;
  }

  /// The strategy with the plan as it is so far in its place.
  [[nodiscard]] fleet::StrategySetup resolved() const {
    const scenario::Scenario alone = with_plan(scenario_, request_.strategy, budget_, is_trend_, optimum_.schedule,
                                               Beside::nobody, optimum_.retired);
    return scenario::resolve(alone, {request_.seed, 0, fleet::InputDraw::medians}).front();
  }

  void make_problem() {
    problem_.setup = resolved();
    problem_.setup.strategy.rented = rented_;
    problem_.dates = review_dates(problem_.setup, request_);
    problem_.base = base_world(problem_.setup);
    problem_.columns = probe_columns(problem_.setup, problem_.dates);
    if (request_.retires) add_retirements(problem_, problem_.columns);
    optimum_.budget = problem_.money;
    optimum_.start = problem_.setup.horizon.start;
    optimum_.dates = problem_.dates.size();
    optimum_.columns = problem_.columns.size();
    if (problem_.columns.empty())
      throw PlanError("nothing that could be ordered on these " + std::to_string(problem_.dates.size()) +
                      " dates computes anything before the end of the horizon");
    for (const PurchaseColumn& each : problem_.columns) worth_.push_back(each.effective);
    optimum_.without_bound = beyond_the_model(problem_);
  }

  std::vector<double> solve(const PlanProgram& plan) {
    LinearSolver solver(plan.program, request_.verbose);
    LinearSolution solution = solver.solve();
    if (solution.status != LinearSolution::Status::optimal)
      optimum_.notes.emplace_back(
          "The solver ended early; the bound holds all the same, and may be far from the best.");
    prices_ = std::move(solution.prices);
    for (double& each : solution.values) each = std::clamp(each, 0.0, 1.0);
    return std::move(solution.values);
  }

  /// Whole units of the shares, raced.
  void round(const PlanProgram& plan, const std::vector<double>& shares, const std::vector<double>& worth) {
    const bool saves = request_.then == TieBreak::least_spend ||
                       (request_.target && request_.objective != fleet::Metric::time_to_target);
    counts_ = whole_units(problem_, plan, shares, worth, saves ? Leftover::keep : Leftover::spend);
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      if (counts_[i] == 0) continue;
      const PurchaseColumn& column = problem_.columns[i];
      if (column.initial) {
        retire(column, counts_[i]);
        continue;
      }
      PlannedPurchase purchase{column.at, {}, {}, counts_[i], column.price * counts_[i], column.taken_out};
      // Money that is scheduled pays for the order, too.
      if (is_trend_) purchase.cost += problem_.setup.plant.supply.order_cost;
      if (!is_trend_) purchase.accelerator = problem_.setup.plant.market.types[column.type].name;
      if (problem_.names_sites()) purchase.site = problem_.setup.plant.sites[column.site].name;
      add(std::move(purchase));
    }
    std::stable_sort(optimum_.schedule.begin(), optimum_.schedule.end(),
                     [](const PlannedPurchase& a, const PlannedPurchase& b) { return a.at < b.at; });
    std::stable_sort(optimum_.retired.begin(), optimum_.retired.end(),
                     [](const EarlyRetirement& a, const EarlyRetirement& b) { return a.at < b.at; });
    fleet::World world;
    fleet::Outcome outcome;
    optimum_.value = race_for_objective(request_, resolved(), world, outcome);
    optimum_.final_loss = outcome.final.relative_loss;
    optimum_.mean_loss = outcome.final.mean_relative_loss;
    for (const PlannedPurchase& each : optimum_.schedule) optimum_.spend += each.cost;
    const auto orders = static_cast<std::int64_t>(is_trend_ ? 0 : optimum_.schedule.size());
    const core::Money planned = optimum_.spend + problem_.setup.plant.supply.order_cost * orders;
    if (outcome.final.capex < planned - core::Money::from_micros(planned.micros() / 1'000'000'000))
      optimum_.notes.push_back("Some of the orders were held back: " + core::to_string(outcome.final.capex) + " of " +
                               core::to_string(planned) + " USD were spent in the race.");
    optimum_.audit = superposition_error(problem_, counts_);
  }

  void retire(const PurchaseColumn& column, std::int64_t count) {
    const fleet::InitialCohort& cohort = problem_.setup.plant.initial[*column.initial];
    EarlyRetirement early{column.at, problem_.setup.plant.market.types[cohort.type].name, cohort.installed, {}, count};
    if (cohort.site != fleet::kAnySite) early.site = problem_.setup.plant.sites[cohort.site].name;
    optimum_.retired.push_back(std::move(early));
  }

  /// Units of one type for one site that come from several allocations are one order.
  void add(PlannedPurchase purchase) {
    const auto same = std::find_if(optimum_.schedule.begin(), optimum_.schedule.end(),
                                   [&](const PlannedPurchase& each) {
                                     return each.at == purchase.at && each.accelerator == purchase.accelerator &&
                                            each.site == purchase.site && each.retires == purchase.retires;
                                   });
    if (same == optimum_.schedule.end()) return optimum_.schedule.push_back(std::move(purchase));
    same->count += purchase.count;
    same->cost += purchase.cost;
  }

  void prove_final_loss(const PlanProgram& plan) {
    const double most = problem_.base.effective + plan.largest * safe_bound(plan.program, prices_);
    optimum_.bound = final_.loss_at(most * (1 + optimum_.audit)) * (1 - 1e-15);
    const double now = final_.loss_at(most);
    for (LimitWorth& each : limit_worth(plan, prices_)) {
      const double gain = std::max(0.0, now - final_.loss_at(most + each.worth));
      optimum_.worth.push_back({std::move(each.of), std::move(each.unit), gain, each.worth});
    }
  }

  /// Of the plans with the most compute by the end, or within the tolerance of their loss, the shares of the one that is asked for. The prices stay those of the most.
  std::vector<double> among_equals(const PlanProgram& plan, std::vector<double> shares) {
    if (request_.then == TieBreak::none) return shares;
    double most = 0;
    for (std::size_t i = 0; i < worth_.size(); ++i) most += worth_[i] * shares[i] * plan.unit[i];
    PlanProgram equals = plan;
    const double best = final_.loss_at(problem_.base.effective + most);
    const double needed = request_.within ? final_.purchased_for(best * (1 + *request_.within)) : most * (1 - kTied);
    (void)equals.program.add_row(final_.at_least(plan, needed));
    std::vector<double> units(worth_.size());
    for (std::size_t i = 0; i < units.size(); ++i) units[i] = shares[i] * plan.unit[i];
    if (request_.then == TieBreak::least_mean) {
      const MeanLoss mean(problem_);
      units = minimise_mean_loss(problem_, mean, equals, units, even_spending(problem_), request_.gap / 4, kMostRounds,
                                 std::nullopt, request_.verbose)
                  .units;
    } else {
      for (std::size_t i = 0; i < worth_.size(); ++i)
        equals.program.set_objective(i, -problem_.columns[i].price.usd() * plan.unit[i] / problem_.money.usd());
      LinearSolver solver(equals.program, request_.verbose);
      const LinearSolution solution = solver.solve();
      if (solution.status != LinearSolution::Status::optimal) return shares;
      for (std::size_t i = 0; i < units.size(); ++i) units[i] = std::clamp(solution.values[i], 0.0, 1.0) * plan.unit[i];
    }
    for (std::size_t i = 0; i < shares.size(); ++i) shares[i] = plan.unit[i] > 0 ? units[i] / plan.unit[i] : 0;
    return shares;
  }

  /// What plans spend by year whose final loss is above the best by a tolerance at most.
  void find_ranges(const PlanProgram& plan) {
    if (!request_.within) return;
    const double best = final_.loss_at(problem_.base.effective + plan.largest * safe_bound(plan.program, prices_));
    const double needed = final_.purchased_for(best * (1 + *request_.within));
    optimum_.flat = spending_ranges(problem_, plan, final_.at_least(plan, needed), request_.verbose);
  }

  /// The objectives that are about one date or about money.
  void solve_by_date(PlanProgram& plan) {
    ObjectivePlan found = plan_for_objective(problem_, request_, plan);
    round(plan, found.shares, found.worth);
    if (found.money) optimum_.audit = std::max(optimum_.audit, found.money->error(counts_));
    optimum_.bound = found.bound;
    optimum_.worth = std::move(found.gains);
    if (std::isnan(optimum_.value))
      optimum_.without_bound.push_back("whole units of this plan end at a loss of " +
                                       core::format_real(optimum_.final_loss) + ", short of the target");
  }

  void solve_mean_loss(PlanProgram& plan, const std::vector<double>& shares) {
    const MeanLoss mean(problem_);
    std::vector<double> start(plan.unit.size());
    for (std::size_t i = 0; i < start.size(); ++i) start[i] = shares[i] * plan.unit[i];
    const CutResult cut = minimise_mean_loss(problem_, mean, plan, start, even_spending(problem_), request_.gap / 4,
                                             kMostRounds, request_.within, request_.verbose);
    optimum_.flat = cut.flat;
    // What supports the mean loss is linear, so that its largest gain is a linear programme, whose bound is safe.
    set_worth(cut.support.worth, plan);
    (void)solve(plan);
    std::vector<double> best(plan.unit.size());
    for (std::size_t i = 0; i < best.size(); ++i) best[i] = plan.unit[i] > 0 ? cut.units[i] / plan.unit[i] : 0;
    round(plan, best, cut.support.worth);
    std::vector<double> whole(counts_.begin(), counts_.end());
    const double off = std::fabs(mean.loss(mean.path(whole)) - optimum_.value);
    if (off > kAdditive)
      optimum_.without_bound.push_back("the sum over the horizon is off by " + core::format_real(off));
    optimum_.bound = cut.support.at_none - plan.largest * safe_bound(plan.program, prices_) - 2 * off - 1e-12;
    for (LimitWorth& each : limit_worth(plan, prices_))
      optimum_.worth.push_back({std::move(each.of), std::move(each.unit), each.worth, 0});
  }

  void withdraw_bound() {
    if (optimum_.audit > kAdditive)
      optimum_.without_bound.push_back(
          "what purchases compute or cost together is not the sum of what each does alone (" +
          core::format_real(std::round(optimum_.audit * 1e12) / 1e10) + " % off)");
    if (!optimum_.without_bound.empty()) {
      optimum_.bound.reset();
      optimum_.worth.clear();
      optimum_.flat.clear();
      optimum_.yearly_limit.reset();
    }
  }

  void add_notes() {
    if (!scenario::Inputs(scenario_).all().empty() || fleet::has_random_releases(problem_.setup))
      optimum_.notes.emplace_back(
          "What is uncertain is as a run without draws has it, and the plan knows that in advance: it is the best for that "
          "world alone.");
    if (request_.then != TieBreak::none) {
      const char* const what = request_.then == TieBreak::least_mean ? "has the least mean loss" : "spends least";
      optimum_.notes.push_back("Of the plans within " + core::format_real(100 * request_.within.value_or(kTied)) +
                               " % of the best it is the one that " + what + ".");
    }
    if (problem_.setup.plant.supply.order_cost > core::Money{})
      optimum_.notes.emplace_back("The bound leaves out what orders cost beside their price; the plan pays it.");
  }

  const scenario::Scenario& scenario_;
  PlanRequest request_;
  core::Money budget_;
  bool is_trend_ = false;
  double rented_ = 0;
  PlanProblem problem_;
  FinalLoss final_{problem_};
  std::vector<double> worth_;   ///< compute by the end of a unit of each column
  std::vector<double> prices_;  ///< of the rows of the last programme
  Counts counts_;
  Optimum optimum_;
};

}  // namespace

Optimum optimise(const scenario::Scenario& scenario, const PlanRequest& request) {
  return Optimiser(scenario, request).find();
}

}  // namespace fleetrace::study
