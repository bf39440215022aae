#include <algorithm>
#include <cmath>

#include "fleetrace/fleet/world.hpp"
#include "new_cohort.hpp"

namespace fleetrace::fleet {

using core::Money;

void World::rent(const models::Decision& limits) {
  const models::RentalLaw& law = *plan->plant.rental;
  const double years = plan->horizon.years_at(now());
  const double term = law.term.years();
  const double wanted = limits.fleet_capacity - meter.rates().peak - pending_peak.value();
  // Above 9 billion USD a double holds no single micro-dollar and may round up.
  const double share = plan->strategy.rented * static_cast<double>(ledger.cash().micros());
  const Money cash = std::min(ledger.cash(), Money::from_micros(static_cast<std::int64_t>(share)));
  bindings.ordering(now(), {wanted > 0 ? Constraint::budget : Constraint::demand});
  if (!(wanted > 0) || cash <= Money{}) return;
  const models::Market& market = plan->plant.market;
  Cohort cohort;
  Money cost = cash;
  if (market.trend) {
    const double new_usd = 1 / market.trend->price_performance_at(now());
    const double each = law.yearly(1, new_usd, years) * term;
    const double peak = std::min(wanted, cash.usd() / each);
    if (peak == wanted) {
      cost = std::min(cash, Money::from_usd(peak * each));
      bindings.ordering(now(), {Constraint::demand});
    }
    if (!(peak > 0)) return;
    cohort = capacity(peak, 0, peak * new_usd);
  } else if (const auto type = choice()) {
    const double new_usd = market.types[*type].cost(now(), bought(*type));
    cohort = accelerators(market, *type, 0, new_usd);
    const double each = law.yearly(cohort.peak, new_usd, years) * term;
    if (each > cash.usd() + 1) return bindings.ordering(now(), {Constraint::price});
    const Money price = std::max(Money::from_micros(1), Money::from_usd(each));
    const double fitting = std::floor(wanted / cohort.peak * (1 + 1e-12));
    cohort.size = cash / price;
    if (fitting < static_cast<double>(cohort.size)) {
      cohort.size = static_cast<std::int64_t>(fitting);
      bindings.ordering(now(), {Constraint::demand});
    }
    if (cohort.size == 0) return;
    cost = price * cohort.size;
    cohort.average_power = 0;  // paid for by the landlord
    cohort.nameplate_mw = 0;
  } else {
    return bindings.ordering(now(), {Constraint::nothing_on_sale});
  }
  if (cost <= Money{}) return;
  cohort.rented = true;
  cohort.ordered = now();
  cohort.work_rate = cohort.peak * plan->plant.operations.utilisation();
  if (trajectory.law().embodied) cohort.work_rate *= trajectory.law().multiplier(years);
  ledger.commit(cost, now());
  const std::uint32_t index = add_cohort(cohort, State::waiting_for_power);
  const auto ordinal = static_cast<std::uint32_t>(batches.size());
  Batch& batch = batches.emplace_back();
  batch.cohort = index;
  batch.count = batch.target = batch.healthy = batch.up = cohort.size;
  batch.born = batch.counted = now();
  batch.rent = cost.usd() / term;
  move(index, State::waiting_for_power, State::in_service, cohort.size);
  change_rents(batch.rent, 1);
  schedule(core::saturating_add(now(), law.term), EventKind::expiry, ordinal, cohort.size);
}

void World::give_back(Batch& batch) {
  count_fresh_failures(batch, now());
  move(batch.cohort, State::in_service, State::retired, batch.count);
  batch.count = batch.target = batch.healthy = batch.up = 0;
  change_rents(-batch.rent, -1);
}

void World::change_rents(double per_year, int terms) {
  rents.due.add(rents.per_year.value() * (now() - rents.changed).years());
  rents.changed = now();
  rents.terms += terms;
  rents.per_year.add(per_year);
  if (rents.terms == 0) rents.per_year = core::Sum{};
}

Money World::rent_due(core::Time at) const {
  if (at >= plan->horizon.end) return ledger.committed_rent();
  const double usd = rents.due.value() + rents.per_year.value() * (at - rents.changed).years();
  return std::min(Money::from_usd(usd), ledger.committed_rent());
}

}  // namespace fleetrace::fleet
