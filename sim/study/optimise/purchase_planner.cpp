#include "sim/study/optimise/purchase_planner.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "models/purchase/optimised.hpp"
#include "sim/scenario/resolve/purchase_planner.hpp"
#include "sim/study/optimise/best_orders.hpp"
#include "sim/study/optimise/expected_world.hpp"
#include "sim/study/optimise/named_orders.hpp"

namespace fleetrace::study {
namespace {

/// What a plan expects is as it was expected before where it differs by no more than this share.
constexpr double kAsExpected = 1e-9;

PlanRequest request_of(const fleet::StrategySetup& setup) {
  PlanRequest request;
  request.strategy = setup.strategy.name;
  request.every = setup.strategy.policy.every;
  if (models::plan_objective(setup.strategy.policy) == models::PlanObjective::mean_loss)
    request.objective = fleet::Metric::mean_loss;
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
    dates_ = review_dates(drawn_, request_);
    for (std::size_t i = 0; i < dates_.size(); ++i) {
      PlanProblem problem = problem_at(i);
      const bool pays = std::any_of(problem.columns.begin(), problem.columns.end(), [&](const PurchaseColumn& each) {
        return each.at >= dates_[i] && each.price <= left_;
      });
      if (!pays) break;
      if (!is_planned_ || !is_as_expected(plan_, problem, dates_[i])) replan(std::move(problem), dates_[i]);
      order(orders_of(plan_, counts_, dates_[i], dates_[i] + core::kMillisecond));
    }
    return std::move(orders_);
  }

 private:
  /// What is left to be planned at a review: later orders, beside those that were placed.
  PlanProblem problem_at(std::size_t review) {
    const core::Time now = dates_[review];
    std::vector<core::Time> dates;
    for (const NamedOrder& each : orders_) {
      if (dates.empty() || dates.back() != each.at) dates.push_back(each.at);
    }
    dates.insert(dates.end(), dates_.begin() + static_cast<std::ptrdiff_t>(review), dates_.end());
    PlanProblem problem = plan_problem(expected_world(believed_, drawn_, now), request_, dates);
    std::erase_if(problem.columns,
                  [&](const PurchaseColumn& column) { return column.at < now && ordered(problem, column) == 0; });
    // What was paid is gone; at what it was paid for does not matter any more.
    problem.money = left_;
    for (const PurchaseColumn& each : problem.columns) {
      if (each.at < now) problem.money += each.price * ordered(problem, each);
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
  std::vector<core::Time> dates_;
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

}  // namespace

void provide_purchase_planner() { scenario::provide_purchase_planner(plan_purchases); }

}  // namespace fleetrace::study
