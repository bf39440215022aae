#include "sim/fleet/accounting/book_value.hpp"

#include "models/finance/finance.hpp"

namespace fleetrace::fleet {
namespace {

/// At the start, before contracts of earlier are entered, what was paid for them.
double deposits_at_the_start(const World& world, core::Time at) {
  const StrategySetup& setup = world.setup();
  if (at > setup.horizon.start || world.inventory.cohorts().size() > setup.initial_cohorts()) return 0;
  double usd = 0;
  for (const models::PlannedOrder& order : setup.strategy.policy.orders) {
    if (!order.is_earlier() || order.type >= setup.plant.market.types.size()) continue;
    const double each = order.unit_price ? order.unit_price->usd()
                                         : setup.plant.market.types[order.type].cost(order.at);
    usd += each * static_cast<double>(order.count) * order.deposit;
  }
  return usd;
}

}  // namespace

double book_value(const World& world, core::Time at) {
  const double life = years_of(world.setup().finance.accounting_life);
  double usd = 0;
  const auto add = [&](const Cohort& cohort, std::int64_t count, core::Time in_place) {
    usd += static_cast<double>(count) * cohort.cost_usd *
           models::straight_line_book_share((at - in_place).years(), life);
  };
  for (const Batch& batch : world.reliability.batches()) {
    const Cohort& cohort = world.inventory[batch.cohort];
    if (batch.count > 0 && !cohort.rented) add(cohort, batch.count, batch.in_place);
  }
  for (const Cohort& cohort : world.inventory.cohorts()) {
    const std::int64_t waiting = cohort.count(State::waiting_for_power);
    if (waiting > 0) add(cohort, waiting, cohort.waits_since);
    if (const std::int64_t count = cohort.pending() - waiting; count > 0)
      add(cohort, count, cohort.is_part ? cohort.waits_since : at);
  }
  return usd - world.ledger.owed().usd() + deposits_at_the_start(world, at);
}

}  // namespace fleetrace::fleet
