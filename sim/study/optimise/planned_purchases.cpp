#include <algorithm>

#include "sim/study/optimise/plan_problem.hpp"

namespace fleetrace::study {

std::vector<PlannedPurchase> planned_purchases(const PlanProblem& problem, const Counts& counts) {
  const fleet::Plant& plant = problem.setup.plant;
  std::vector<PlannedPurchase> schedule;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    const PurchaseColumn& column = problem.columns[i];
    PlannedPurchase purchase{column.at, {}, {}, counts[i], column.price * counts[i]};
    // Money that is scheduled pays for the order, too.
    if (problem.is_trend()) purchase.cost += plant.supply.order_cost;
    if (!problem.is_trend()) purchase.accelerator = plant.market.types[column.type].name;
    if (problem.names_sites()) purchase.site = plant.sites[column.site].name;
    const auto same = std::find_if(schedule.begin(), schedule.end(), [&](const PlannedPurchase& each) {
      return each.at == purchase.at && each.accelerator == purchase.accelerator && each.site == purchase.site;
    });
    if (same == schedule.end()) {
      schedule.push_back(std::move(purchase));
    } else {
      same->count += purchase.count;
      same->cost += purchase.cost;
    }
  }
  std::stable_sort(schedule.begin(), schedule.end(),
                   [](const PlannedPurchase& a, const PlannedPurchase& b) { return a.at < b.at; });
  return schedule;
}

}  // namespace fleetrace::study
