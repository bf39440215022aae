#include "sim/study/optimise/named_orders.hpp"

#include <algorithm>

namespace fleetrace::study {

const std::string& accelerator_of(const PlanProblem& problem, const PurchaseColumn& column) {
  static const std::string kMoney;
  return problem.is_trend() ? kMoney : problem.setup.plant.market.types[column.type].name;
}

bool NamedOrder::is_of(const PlanProblem& problem, const PurchaseColumn& column) const {
  return column.at == at && column.site == site && column.allotted_to == allotted_to &&
         accelerator_of(problem, column) == accelerator;
}

std::vector<NamedOrder> orders_of(const PlanProblem& problem, const Counts& counts, core::Time from, core::Time until) {
  std::vector<NamedOrder> orders;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const PurchaseColumn& column = problem.columns[i];
    if (counts[i] <= 0 || column.at < from || column.at >= until) continue;
    orders.push_back({column.at, accelerator_of(problem, column), column.site, column.allotted_to, counts[i]});
  }
  return orders;
}

std::vector<NamedOrder> joined(const std::vector<NamedOrder>& orders) {
  std::vector<NamedOrder> result;
  for (const NamedOrder& each : orders) {
    const auto same = std::find_if(result.begin(), result.end(), [&](const NamedOrder& other) {
      return other.at == each.at && other.accelerator == each.accelerator && other.site == each.site;
    });
    if (same == result.end()) {
      result.push_back(each);
    } else {
      same->count += each.count;
    }
  }
  std::stable_sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  return result;
}

void place_named(const std::vector<NamedOrder>& orders, fleet::StrategySetup& setup) {
  place_orders({}, {}, setup);
  models::PurchasePolicy& policy = setup.strategy.policy;
  const models::Market& market = setup.plant.market;
  const bool names_sites = setup.strategy.sites.size() > 1;
  core::Money released;
  for (const NamedOrder& each : joined(orders)) {
    if (market.trend) {
      released += core::Money::from_usd(1) * each.count + setup.plant.supply.order_cost;
      policy.installments.push_back({each.at, released});
      continue;
    }
    models::PlannedOrder order;
    order.at = each.at;
    order.accelerator = each.accelerator;
    order.count = each.count;
    while (order.type < market.on_sale && market.types[order.type].name != each.accelerator) ++order.type;
    if (order.type == market.on_sale) order.type = market.types.size();
    if (names_sites) order.place = each.site;
    policy.orders.push_back(std::move(order));
  }
  if (!policy.orders.empty()) policy.first_review = policy.orders.front().at;
  if (!policy.installments.empty()) policy.first_review = policy.installments.front().at;
  policy.reviews = static_cast<std::int64_t>(policy.orders.size() + policy.installments.size());
}

}  // namespace fleetrace::study
