#include <algorithm>

#include "fleetrace/fleet/world.hpp"

namespace fleetrace::fleet {

std::optional<double> World::price_of_compute(core::Time at) const {
  const models::Market& market = plan->plant.market;
  if (market.trend) return 1 / market.trend->price_performance_at(at);
  std::optional<double> least;
  for (std::size_t i = 0; i < released_types; ++i) {
    const double price = market.types[i].cost(at, bought(i)) / market.types[i].peak;
    if (!least || price < *least) least = price;
  }
  return least;
}

double World::worth_new(const Cohort& cohort, const std::optional<double>& price, core::Time at) const {
  double worth = 0;
  if (price) {
    worth = *price * cohort.peak;
  } else if (!cohort.is_capacity()) {
    worth = plan->plant.market.types[cohort.type].cost(at, bought(cohort.type));
  }
  const models::ProgressLaw& progress = trajectory.law();
  if (!progress.embodied) return worth;
  // Of the software that new hardware comes with, it has a share.
  const double best = cohort.peak * plan->plant.operations.utilisation() *
                      progress.multiplier(plan->horizon.years_at(at));
  return worth * cohort.work_rate / best;
}

std::int64_t World::to_sell(const Batch& batch) const {
  if (cohorts[batch.cohort].rented) return 0;
  return batch.handed_down && plan->plant.operations.hand_down->credit > 0 ? 0 : batch.healthy;
}

void World::sell(const Cohort& cohort, std::int64_t count, double age) {
  const Operations& operations = plan->plant.operations;
  if (!operations.resells || count == 0) return;
  const double usd = static_cast<double>(count) * worth_new(cohort) * operations.resale.share(age);
  ledger.sell(core::Money::from_usd(usd), now());
}

}  // namespace fleetrace::fleet
