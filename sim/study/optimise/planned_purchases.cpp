#include <algorithm>

#include "sim/study/optimise/plan_problem.hpp"

namespace fleetrace::study {

std::vector<PlannedPurchase> planned_purchases(const PlanProblem& problem, const Counts& counts) {
  const fleet::Plant& plant = problem.setup.plant;
  std::vector<PlannedPurchase> schedule;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const PurchaseColumn& column = problem.columns[i];
    if (counts[i] == 0 || column.initial) continue;
    PlannedPurchase purchase{column.at, {}, {}, counts[i], column.price * counts[i], column.taken_out};
    // Money that is scheduled pays for the order, too.
    if (problem.is_trend()) purchase.cost += plant.supply.order_cost;
    if (!problem.is_trend()) purchase.accelerator = plant.market.types[column.type].name;
    if (problem.names_sites()) purchase.site = plant.sites[column.site].name;
    const auto same = std::find_if(schedule.begin(), schedule.end(), [&](const PlannedPurchase& each) {
      return each.at == purchase.at && each.accelerator == purchase.accelerator && each.site == purchase.site &&
             each.retires == purchase.retires;
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

std::vector<EarlyRetirement> early_retirements(const PlanProblem& problem, const Counts& counts) {
  const fleet::Plant& plant = problem.setup.plant;
  std::vector<EarlyRetirement> retired;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const PurchaseColumn& column = problem.columns[i];
    if (counts[i] == 0 || !column.initial) continue;
    const fleet::InitialCohort& cohort = plant.initial[*column.initial];
    EarlyRetirement early{column.at, plant.market.types[cohort.type].name, cohort.installed, {}, counts[i]};
    if (cohort.site != fleet::kAnySite) early.site = plant.sites[cohort.site].name;
    retired.push_back(std::move(early));
  }
  std::stable_sort(retired.begin(), retired.end(),
                   [](const EarlyRetirement& a, const EarlyRetirement& b) { return a.at < b.at; });
  return retired;
}

}  // namespace fleetrace::study
