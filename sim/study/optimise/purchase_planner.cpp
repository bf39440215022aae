#include "sim/study/optimise/purchase_planner.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "models/purchase/optimised.hpp"
#include "sim/scenario/resolve/purchase_planner.hpp"
#include "sim/study/optimise/best_orders.hpp"
#include "sim/study/optimise/expected_world.hpp"
#include "sim/study/optimise/named_orders.hpp"
#include "sim/study/optimise/plan_words.hpp"

namespace fleetrace::study {
namespace {

/// What a plan expects is as it was expected before where it differs by no more than this share.
constexpr double kAsExpected = 1e-9;

fleet::Metric metric_of(models::PlanObjective objective) {
  switch (objective) {
    case models::PlanObjective::mean_loss: return fleet::Metric::mean_loss;
    case models::PlanObjective::time_to_target: return fleet::Metric::time_to_target;
    case models::PlanObjective::cost_to_target: return fleet::Metric::cost_to_target;
    case models::PlanObjective::npv: return fleet::Metric::npv;
    case models::PlanObjective::final_loss: break;
  }
  return fleet::Metric::final_loss;
}

PlanRequest request_of(const fleet::StrategySetup& setup) {
  PlanRequest request;
  request.strategy = setup.strategy.name;
  request.every = setup.strategy.policy.every;
  const models::PlanTerms terms = models::plan_terms(setup.strategy.policy);
  request.objective = metric_of(terms.objective);
  request.target = terms.target;
  if (fleet::info(request.objective).needs_target && !request.target) {
    if (setup.loss.targets.empty())
      throw PlanError("its objective needs the loss that is to be met. State its target, or loss.targets");
    request.target = setup.loss.targets.front();
  }
  request.at_events = terms.at_events;
  request.yearly_spend = terms.yearly_spend;
  request.smallest_order = terms.smallest_order;
  return request;
}

bool is_near(double a, double b) { return std::fabs(a - b) <= kAsExpected * std::max(std::fabs(a), std::fabs(b)); }

bool is_same_order(const PlanProblem& a, const PurchaseColumn& one, const PlanProblem& b, const PurchaseColumn& other) {
  return one.at == other.at && one.site == other.site && one.allotted_to == other.allotted_to &&
         accelerator_of(a, one) == accelerator_of(b, other);
}

/// Whether all that may be ordered from `now` on costs, computes and takes up what was expected before, and finds the same room.
bool is_as_expected(const PlanProblem& before, const PlanProblem& after, core::Time now) {
  const auto is_same = [&](const PurchaseColumn& a, const PurchaseColumn& b) {
    return is_same_order(before, a, after, b) && is_near(a.price.usd(), b.price.usd()) &&
           is_near(a.effective, b.effective) && is_near(a.milliwatt, b.milliwatt) && a.arrives == b.arrives &&
           a.leaves == b.leaves;
  };
  std::vector<PurchaseColumn> old;
  for (const PurchaseColumn& each : before.columns) {
    if (each.at >= now) old.push_back(each);
  }
  std::vector<PurchaseColumn> columns;
  for (const PurchaseColumn& each : after.columns) {
    if (each.at >= now) columns.push_back(each);
  }
  if (!std::equal(old.begin(), old.end(), columns.begin(), columns.end(), is_same)) return false;
  const auto opens_alike = [](const fleet::SiteAddition& a, const fleet::SiteAddition& b) {
    return a.opens == b.opens && is_near(a.adds.power, b.adds.power);
  };
  return std::equal(before.setup.plant.sites.begin(), before.setup.plant.sites.end(), after.setup.plant.sites.begin(),
                    after.setup.plant.sites.end(), [&](const fleet::Site& a, const fleet::Site& b) {
                      return std::equal(a.additions.begin(), a.additions.end(), b.additions.begin(), b.additions.end(),
                                        opens_alike);
                    });
}

void plan_once(const fleet::StrategySetup& world, fleet::StrategySetup& setup) {
  const PlanRequest request = request_of(setup);
  const PlanProblem problem = plan_problem(world, request, review_dates(world, request));
  const Counts counts = best_counts(problem, request, Counts(problem.columns.size()), core::Time::earliest());
  place_named(orders_of(problem, counts, core::Time::earliest(), core::Time::latest()), setup);
}

/// A strategy that makes its plan anew at each review.
class Rolling {
 public:
  Rolling(const fleet::StrategySetup& believed, const fleet::StrategySetup& drawn)
      : believed_(believed),
        drawn_(drawn),
        request_(request_of(drawn)),
        left_(drawn.strategy.budget.value_or(core::Money{}) - drawn.strategy.research) {}

  std::vector<NamedOrder> run() {
    require_plannable(drawn_, request_);
    for (const core::Time now : reviews()) {
      PlanProblem problem = problem_at(now);
      const bool pays = std::any_of(problem.columns.begin(), problem.columns.end(),
                                    [&](const PurchaseColumn& each) { return each.at >= now && each.price <= left_; });
      if (!pays) break;
      if (!is_planned_ || !is_as_expected(plan_, problem, now)) replan(std::move(problem), now);
      order(orders_of(plan_, counts_, now, now + core::kMillisecond));
    }
    return std::move(orders_);
  }

 private:
  /// When it looks: on the dates that it expected at the start, and at events when it sees that something is released, or that a
  /// site opens otherwise than announced.
  [[nodiscard]] std::vector<core::Time> reviews() const {
    std::vector<core::Time> dates = review_dates(expected_world(believed_, drawn_, drawn_.horizon.start), request_);
    if (!request_.at_events) return dates;
    const auto look = [&](core::Time at) {
      if (at >= drawn_.horizon.start && at < drawn_.horizon.end) dates.push_back(at);
    };
    const models::Market& market = drawn_.plant.market;
    for (std::size_t i = 0; i < market.on_sale; ++i) look(market.types[i].released);
    for (const fleet::Site& site : drawn_.plant.sites) {
      for (const fleet::SiteAddition& each : site.additions) {
        if (each.announces || each.announced != each.opens) look(each.opens);
      }
    }
    std::sort(dates.begin(), dates.end());
    dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
    return dates;
  }

  /// What is left to be planned at a review: orders now and on the dates that are expected from now on, beside those that were placed.
  PlanProblem problem_at(core::Time now) {
    std::vector<core::Time> dates;
    for (const NamedOrder& each : orders_) {
      if (dates.empty() || dates.back() != each.at) dates.push_back(each.at);
    }
    dates.push_back(now);
    const fleet::StrategySetup expected = expected_world(believed_, drawn_, now);
    const std::vector<core::Time> all = review_dates(expected, request_);
    dates.insert(dates.end(), std::upper_bound(all.begin(), all.end(), now), all.end());
    PlanProblem problem = plan_problem(expected, request_, dates);
    std::erase_if(problem.columns,
                  [&](const PurchaseColumn& column) { return column.at < now && ordered(problem, column) == 0; });
    // What was ordered cost what was paid for it, and that is gone.
    problem.money = left_;
    for (const NamedOrder& each : orders_) {
      for (PurchaseColumn& column : problem.columns) {
        if (!each.is_of(problem, column)) continue;
        column.price = price(each);
        problem.money += column.price * each.count + drawn_.plant.supply.order_cost;
      }
    }
    return problem;
  }

  [[nodiscard]] std::int64_t ordered(const PlanProblem& problem, const PurchaseColumn& column) const {
    const auto found = std::find_if(orders_.begin(), orders_.end(),
                                    [&](const NamedOrder& each) { return each.is_of(problem, column); });
    return found == orders_.end() ? 0 : found->count;
  }

  /// Where no plan has room for what was ordered, the plan before is kept.
  void replan(PlanProblem problem, core::Time now) {
    Counts placed;
    for (const PurchaseColumn& each : problem.columns) placed.push_back(each.at < now ? ordered(problem, each) : 0);
    Counts counts = best_counts(problem, request_, placed, now);
    if (counts.empty()) return;
    plan_ = std::move(problem);
    counts_ = std::move(counts);
    is_planned_ = true;
  }

  void order(std::vector<NamedOrder> orders) {
    for (const NamedOrder& each : joined(orders)) left_ -= price(each) * each.count + drawn_.plant.supply.order_cost;
    std::move(orders.begin(), orders.end(), std::back_inserter(orders_));
  }

  [[nodiscard]] core::Money price(const NamedOrder& order) const {
    if (drawn_.plant.market.trend) return core::Money::from_usd(1);
    const models::AcceleratorType* const type = drawn_.plant.market.find(order.accelerator);
    return type == nullptr ? core::Money{}
                           : std::max(core::Money::from_micros(1), core::Money::from_usd(type->cost(order.at)));
  }

  const fleet::StrategySetup& believed_;
  const fleet::StrategySetup& drawn_;
  PlanRequest request_;
  core::Money left_;
  std::vector<NamedOrder> orders_;  ///< that were placed
  PlanProblem plan_;
  Counts counts_;  ///< of the plan
  bool is_planned_ = false;
};

void plan_purchases(const fleet::StrategySetup* believed, models::Optimises when, fleet::StrategySetup& setup) {
  if (believed == nullptr) return plan_once(setup, setup);
  if (when == models::Optimises::in_advance)
    return plan_once(expected_world(*believed, setup, setup.horizon.start), setup);
  place_named(Rolling(*believed, setup).run(), setup);
}

/// By how much a sum of unit purchases may miss a race of all of them.
constexpr double kAdditive = 1e-9;

std::vector<std::string> doubts(const fleet::StrategySetup& setup) {
  const PlanRequest request = request_of(setup);
  const PlanProblem problem = plan_problem(setup, request, review_dates(setup, request));
  std::vector<std::string> reasons = beyond_the_model(problem);
  if (!reasons.empty()) return reasons;
  const double error = superposition_error(problem, Counts(problem.columns.size()));
  if (error > kAdditive) reasons.push_back(no_sum(error));
  return reasons;
}

constexpr scenario::PurchasePlanner kPlanner{plan_purchases, doubts};

}  // namespace

void provide_purchase_planner() { scenario::provide_purchase_planner(kPlanner); }

}  // namespace fleetrace::study
