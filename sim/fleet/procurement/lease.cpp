#include <algorithm>
#include <cmath>

#include "sim/core/numeric/fit.hpp"
#include "sim/fleet/procurement/make_cohort.hpp"
#include "sim/fleet/procurement/procurement.hpp"

namespace fleetrace::fleet {

using core::Money;

namespace {

/// The landlord pays for power, and has it.
void rent_from_landlord(Cohort& cohort) {
  cohort.average_power = 0;
  std::swap(cohort.rented_milliwatt, cohort.nameplate_milliwatt);
}

}  // namespace

std::optional<Lease> Procurement::lease(const models::Decision& decision, const PurchaseContext& context) {
  const core::Time now = context.events.now();
  const auto limited_by = [&](Constraint constraint) { context.recorder.ordering(now, {constraint}); };
  const auto held_back_by = [&](Constraint constraint) {
    context.recorder.block_review(now, {constraint});
    return std::nullopt;
  };
  const models::RentalLaw& law = *setup_->plant.rental;
  const double years = setup_->horizon.years_at(now);
  const double term = law.term.years();
  // Above 9 billion USD a double holds no single micro-dollar and may round up.
  const double share = setup_->strategy.rented * static_cast<double>(context.ledger.cash().micros());
  const Money cash = std::min(context.ledger.cash(), Money::from_micros(static_cast<std::int64_t>(share)));
  const bool wants_more = peak_left(decision, context) > 0 && power_left(decision, context) > 0;
  limited_by(wants_more ? Constraint::budget : Constraint::demand);
  if (!wants_more || cash <= Money{}) return std::nullopt;
  const models::Market& market = setup_->plant.market;
  Lease lease;
  lease.cost = cash;
  if (market.trend) {
    const double new_usd = 1 / market.trend->price_performance_at(now);
    const double watts = market.trend->power_per_flops_at(now);
    const double each = law.yearly(1, new_usd, years) * term;
    double wanted = peak_left(decision, context);
    const std::int64_t power = power_left(decision, context);
    if (watts > 0 && power != kNoLimit) wanted = std::min(wanted, static_cast<double>(power) / 1e3 / watts);
    const double peak = std::min(wanted, cash.usd() / each);
    if (peak == wanted) {
      lease.cost = std::min(cash, Money::from_usd(peak * each));
      limited_by(Constraint::demand);
    }
    if (!(peak > 0)) return std::nullopt;
    lease.cohort = make_capacity(peak, 0, peak * new_usd);
    lease.cohort.rented_milliwatt = std::min(power, core::count_of_units(std::ceil(peak * watts * 1e3)));
  } else if (const auto type = choice(now)) {
    const double new_usd = market.types[*type].cost(now, bought(*type));
    Cohort& cohort = lease.cohort = make_accelerators(market, *type, 0, new_usd);
    const double each = law.yearly(cohort.peak, new_usd, years) * term;
    if (each > cash.usd() + 1) return held_back_by(Constraint::price);
    const Money price = std::max(Money::from_micros(1), Money::from_usd(each));
    const std::int64_t affordable = std::max(cash / price, core::count_of_units(cash.usd(), 0, std::max(each, 1e-6)));
    cohort.size = std::min(affordable, units_left(decision, cohort.peak, cohort.nameplate_milliwatt, context));
    if (cohort.size < affordable) limited_by(Constraint::demand);
    if (affordable == 0) return held_back_by(Constraint::price);
    if (cohort.size == 0) return std::nullopt;
    lease.cost = std::min(cash, price * cohort.size);
    rent_from_landlord(cohort);
  } else {
    return held_back_by(Constraint::nothing_on_sale);
  }
  if (lease.cost <= Money{}) return std::nullopt;
  begin(lease, now, context.trajectory);
  return lease;
}

Lease Procurement::lease(const PlannedRent& planned, const Trajectory& trajectory) {
  Lease lease;
  lease.cost = planned.cost;
  lease.cohort = make_accelerators(setup_->plant.market, planned.type, planned.count, planned.unit_usd);
  rent_from_landlord(lease.cohort);
  begin(lease, planned.at, trajectory);
  return lease;
}

/// Sets what both ways to rent have in common.
void Procurement::begin(Lease& lease, core::Time now, const Trajectory& trajectory) {
  const models::ProgressLaw& progress = trajectory.law();
  lease.cohort.rented = true;
  lease.cohort.ordered = now;
  lease.cohort.work_rate = lease.cohort.useful_peak() * setup_->plant.operations.utilisation();
  if (progress.embodied) lease.cohort.work_rate *= progress.multiplier(setup_->horizon.years_at(now));
  lease.per_year = lease.cost.usd() / setup_->plant.rental->term.years();
  count_ordered_power(lease.cohort.rented_milliwatt * lease.cohort.size);
}

}  // namespace fleetrace::fleet
