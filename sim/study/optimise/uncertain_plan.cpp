#include "sim/study/optimise/uncertain_plan.hpp"

#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/fleet/results/metrics.hpp"
#include "sim/fleet/world.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/study/optimise/best_orders.hpp"
#include "sim/study/optimise/plan_scenario.hpp"
#include "sim/study/optimise/plan_words.hpp"
#include "sim/study/optimise/rivals.hpp"
#include "sim/study/parallel.hpp"
#include "sim/study/replications.hpp"
#include "sim/study/statistics.hpp"

namespace fleetrace::study {
namespace {

/// How far a sum of unit purchases may miss a race of all of them.
constexpr double kAdditive = 1e-9;

using Orders = std::vector<NamedOrder>;

SampledMean sampled(const std::vector<double>& values, double confidence) {
  const Moments all = moments(values);
  const Interval interval = mean_interval(all, confidence);
  return {all.mean, interval.low, interval.high};
}

/// The mean of losses, or of the worst of them.
double plain_risk(std::vector<double> losses, const Risk& risk) {
  std::sort(losses.begin(), losses.end());
  return risk.tail_level ? upper_tail_mean(losses, 1 - *risk.tail_level) : moments(losses).mean;
}

class UncertainPlanner {
 public:
  UncertainPlanner(const scenario::Scenario& scenario, PlanRequest request, const Risk& risk, const SampleSize& size,
                   const std::function<void(std::size_t)>& finished)
      : scenario_(scenario), request_(std::move(request)), risk_(risk), size_(size), done_(finished) {
    if (!StudyDesign::of(scenario, request_.seed, std::nullopt).has_chance)
      throw PlanError(
          "nothing in this scenario is uncertain, so that one world is all there is. Leave --replications out");
    const Rivals rivals = race_rivals(scenario, request_);
    if (rivals.asked.loss.accounting == fleet::Accounting::best_run)
      throw PlanError(
          "the loss counts the best run alone, and each draw has its best run on a date of its own. "
          "Leave --replications out, or try --set loss.compute=cumulative");
    budget_ = *rivals.asked.strategy.budget;
    is_trend_ = rivals.asked.plant.market.trend.has_value();
    found_.research = rivals.asked.strategy.research;
    found_.is_trend = is_trend_;
    asked_rents_ = rivals.asked.strategy.may_rent();
    asked_moves_ = !rivals.asked.strategy.moves.empty();
    const core::Duration every = rivals.asked.strategy.policy.every;
    if (!request_.every && every > core::Duration{}) request_.every = every;
    // Of releases, too, a plan knows no more in advance than when they are due, so that its dates are the same in every draw.
    dates_ = review_dates(rivals.asked, request_);
    for (const OptimumRival& each : rivals.versus) found_.versus.push_back({each.name, 0, each.is_changed});
    alone_ = with_plan(scenario, request_.strategy, budget_, is_trend_, {}, Beside::nobody);
  }

  UncertainOptimum find() {
    found_.objective = request_.objective;
    found_.strategy = request_.strategy;
    found_.tail_level = risk_.tail_level;
    found_.draws = size_.draws;
    found_.batches = size_.batches;
    found_.confidence = size_.confidence;
    plan_for_medians();
    plan_for_draws();
    judge();
    race_rivals_on_draws();
    add_notes();
    return std::move(found_);
  }

 private:
  [[nodiscard]] PlanProblem problem_of(const fleet::Draw& draw) const {
    const fleet::StrategySetup setup = scenario::resolve(alone_, draw).front();
    return plan_problem(setup, request_, dates_);
  }

  [[nodiscard]] bool is_mean() const { return request_.objective == fleet::Metric::mean_loss; }

  [[nodiscard]] fleet::Draw draw(std::size_t i) const {
    return {request_.seed, static_cast<std::uint32_t>(i), fleet::InputDraw::drawn};
  }

  [[nodiscard]] const std::atomic<bool>& stop() const {
    static const std::atomic<bool> kNever = false;
    return request_.stop != nullptr ? *request_.stop : kNever;
  }
  /// A part of the draws or of the batches is no answer.
  static void require_time(bool is_finished) {
    if (!is_finished) throw PlanStopped();
  }

  std::vector<PlanProblem> problems(std::size_t first) {
    std::vector<PlanProblem> worlds(size_.draws);
    require_time(run_items(size_.draws, size_.jobs, stop(), [&](std::size_t, std::size_t i) {
      worlds[i] = problem_of(draw(first + i));
      if (!is_mean()) {
        for (PurchaseColumn& each : worlds[i].columns) each.changes = {};
      }
      done_.add();
    }));
    return worlds;
  }

  /// The price of what an order names at the medians; nothing where it is not on sale there.
  [[nodiscard]] core::Money price_at_medians(const NamedOrder& order) const {
    if (is_trend_) return core::Money::from_usd(1);
    const models::AcceleratorType* const type = medians_.setup.plant.market.find(order.accelerator);
    if (type == nullptr || !type->is_on_sale(order.at)) return {};
    return std::max(core::Money::from_micros(1), core::Money::from_usd(type->cost(order.at)));
  }

  /// Whole units of each order under the limits of all these draws, and of the medians, where plan.yaml is checked.
  [[nodiscard]] Orders whole(const SamplePlan& plan, const std::vector<PlanProblem>& draws) const {
    std::vector<const PlanProblem*> worlds{&medians_};
    for (const PlanProblem& each : draws) worlds.push_back(&each);
    std::vector<core::Money> prices;
    for (const NamedOrder& each : plan.orders) prices.push_back(price_at_medians(each));
    const Counts counts = whole_sample_units(worlds, request_, plan, prices);
    Orders orders;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (counts[i] == 0) continue;
      orders.push_back(plan.orders[i]);
      orders.back().count = counts[i];
    }
    return orders;
  }

  void plan_for_medians() {
    medians_ = problem_of({request_.seed, 0, fleet::InputDraw::medians});
    found_.budget = medians_.money;
    const Counts counts = best_counts(medians_, request_, Counts(medians_.columns.size()), core::Time::earliest());
    at_medians_ = orders_of(medians_, counts, core::Time::earliest(), core::Time::latest());
    found_.at_medians = schedule_of(at_medians_);
  }

  void plan_for_draws() {
    const std::vector<PlanProblem> worlds = problems(0);
    const SamplePlan plan = best_sample_plan(worlds, request_, risk_);
    edge_ = plan.edge;
    orders_ = whole(plan, worlds);
    found_.schedule = schedule_of(orders_);
    for (const PlannedPurchase& each : found_.schedule) found_.spend += each.cost;
    found_.in_sample = plan.value;
    medians_.asked_rents = asked_rents_;
    medians_.asked_moves = asked_moves_;
    found_.without_bound = beyond_the_model(medians_);
    Counts counts;
    for (const PurchaseColumn& column : worlds.front().columns) {
      const auto same = std::find_if(orders_.begin(), orders_.end(),
                                     [&](const NamedOrder& each) { return each.is_of(worlds.front(), column); });
      counts.push_back(same == orders_.end() ? 0 : same->count);
    }
    found_.audit = superposition_error(worlds.front(), counts);
    if (found_.audit > kAdditive)
      found_.without_bound.emplace_back(
          "what purchases compute or cost together is not the sum of what each does alone");
    if (!is_mean()) return;
    if (const double off = mean_loss_error(worlds.front(), counts); off > kAdditive)
      found_.without_bound.push_back(sum_is_off(off));
  }

  /// At the prices of the medians. What is not on sale there has no price.
  [[nodiscard]] std::vector<PlannedPurchase> schedule_of(const Orders& orders) const {
    std::vector<PlannedPurchase> schedule;
    for (const NamedOrder& each : joined(orders)) {
      PlannedPurchase purchase{each.at, each.accelerator, {}, each.count, price_at_medians(each) * each.count};
      // Money that is scheduled pays for the order, too.
      if (is_trend_) purchase.cost += medians_.setup.plant.supply.order_cost;
      if (medians_.names_sites()) purchase.site = medians_.setup.plant.sites[each.site].name;
      schedule.push_back(std::move(purchase));
    }
    return schedule;
  }

  /// Races orders in a world.
  [[nodiscard]] double raced(const PlanProblem& world, const Orders& orders) const {
    fleet::StrategySetup setup = world.setup;
    place_named(orders, setup);
    fleet::World memory;
    memory.recorder.keep(fleet::Detail::metrics, std::nullopt);
    fleet::Outcome outcome;
    fleet::simulate(memory, setup, outcome);
    return is_mean() ? outcome.final.mean_relative_loss : outcome.final.relative_loss;
  }

  /// All that compares two numbers compares them on the same draws.
  void judge() {
    Judgement all;
    for (std::size_t batch = 0; batch < size_.batches; ++batch) {
      try {
        judge_by(batch, all);
      } catch (const PlanStopped&) {
        if (all.values.size() < 2) throw;
        found_.is_stopped = true;  // the batches so far judge it, with wider intervals
        found_.batches = size_.batches = all.values.size();
      }
    }
    found_.value = sampled(all.values, size_.confidence);
    found_.bound = sampled(all.bounds, size_.confidence);
    found_.gap = sampled(all.gaps, size_.confidence);
    // One-sided, as the upper end of an interval that leaves as much on both sides.
    found_.most_gap = std::max(0.0, sampled(all.gaps, 2 * size_.confidence - 1).high);
    found_.perfect_information = sampled(all.informed, size_.confidence);
    found_.stochastic_solution = sampled(all.deterministic, size_.confidence);
    deterministic_value_ = found_.value.mean + found_.stochastic_solution.mean;
  }

  /// What each batch comes to.
  struct Judgement {
    std::vector<double> values;
    std::vector<double> bounds;
    std::vector<double> gaps;
    std::vector<double> informed;
    std::vector<double> deterministic;
  };

  void judge_by(std::size_t batch, Judgement& all) {
    const std::vector<PlanProblem> worlds = problems((batch + 1) * size_.draws);
    std::vector<double> losses(worlds.size());
    std::vector<double> naive(worlds.size());
    std::vector<double> least(worlds.size());
    require_time(run_items(worlds.size(), size_.jobs, stop(), [&](std::size_t, std::size_t i) {
      losses[i] = raced(worlds[i], orders_);
      naive[i] = raced(worlds[i], at_medians_);
      least[i] = least_loss(worlds[i], request_);
    }));
    const double bound = best_sample_plan(worlds, request_, risk_).bound;
    const double value = risk_of(losses, risk_, edge_);
    all.values.push_back(value);
    all.bounds.push_back(bound);
    all.gaps.push_back(value - bound);
    all.informed.push_back(plain_risk(losses, risk_) - plain_risk(least, risk_));
    all.deterministic.push_back(plain_risk(naive, risk_) - plain_risk(losses, risk_));
  }

  void race_rivals_on_draws() {
    const StudyDesign design = StudyDesign::of(scenario_, request_.seed, std::nullopt);
    Results results(design.strategies.size());
    static const std::atomic<bool> kNever = false;  // races are short beside what was stopped
    const std::atomic<bool>& stopped = found_.is_stopped ? kNever : stop();
    require_time(replicate(design, (size_.batches + 1) * size_.draws, size_.jobs, stopped, results));
    for (UncertainRival& each : found_.versus) {
      const std::vector<double> all = results.sample(*find_strategy(design, each.name), request_.objective);
      each.value = plain_risk({all.begin() + static_cast<std::ptrdiff_t>(size_.draws), all.end()}, risk_);
    }
    found_.versus.push_back({kAtMediansName, deterministic_value_, false});
    std::stable_sort(found_.versus.begin(), found_.versus.end(),
                     [](const UncertainRival& a, const UncertainRival& b) { return a.value < b.value; });
  }

  void add_notes() {
    if (std::any_of(found_.schedule.begin(), found_.schedule.end(),
                    [](const PlannedPurchase& each) { return each.cost == core::Money{}; }))
      found_.notes.emplace_back(
          "Orders without a price are of what is not on sale then at the medians of the inputs; plan.yaml leaves them out.");
    if (request_.at_events)
      found_.notes.emplace_back("The dates of events are those at the medians of the inputs, in every draw.");
    if (medians_.setup.plant.supply.order_cost > core::Money{})
      found_.notes.emplace_back("The bound leaves out what orders cost beside their price; the plan pays it.");
    if (found_.without_bound.empty() && found_.gap.high - found_.gap.low > std::max(1e-4, found_.gap.mean))
      found_.notes.emplace_back("The bound is loose: more replications narrow it.");
  }

  const scenario::Scenario& scenario_;
  PlanRequest request_;
  Risk risk_;
  SampleSize size_;
  DoneCounter done_;
  core::Money budget_;
  bool is_trend_ = false;
  bool asked_rents_ = false;
  bool asked_moves_ = false;
  std::vector<core::Time> dates_;
  scenario::Scenario alone_;  ///< with the strategy that is planned for, and no other
  PlanProblem medians_;
  Orders orders_;
  Orders at_medians_;
  double edge_ = 0;
  double deterministic_value_ = 0;
  UncertainOptimum found_;
};

}  // namespace

UncertainOptimum optimise_uncertain(const scenario::Scenario& scenario, const PlanRequest& request, const Risk& risk,
                                    const SampleSize& size, const std::function<void(std::size_t)>& finished) {
  return UncertainPlanner(scenario, request, risk, size, finished).find();
}

}  // namespace fleetrace::study
