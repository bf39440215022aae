#include <algorithm>

#include "sim/core/numeric/fit.hpp"
#include "sim/core/random/samplers.hpp"
#include "sim/fleet/procurement/procurement.hpp"

// The units of an order are made and sent off in lots: an exact share each of a queue served first come first served, at the
// instant when the last unit of the lot is made. So the last unit of an order leaves when the fluid queue says, and what has
// left never exceeds what is made and lags it by less than a lot.
namespace fleetrace::fleet {

/// Lead times are keyed by what is ordered and when: strategies that order the same at the same time wait equally long.
core::Duration Procurement::drawn_lead_time(const Cohort& cohort, core::Time now) const {
  const models::LeadTime& law = setup_->plant.supply.lead_time;
  if (law.variation == 0) return law.mean;
  std::string_view type = "capacity";
  if (!cohort.is_capacity()) type = setup_->plant.market.types[cohort.type].name;
  const core::Entity order = core::Entity::named(type).part(static_cast<std::uint64_t>(now.milliseconds()));
  return law.drawn(setup_->draw.seed, setup_->draw.replication, order);
}

/// Plans what becomes of an order: it is made as production allows, shipped and delivered.
void Procurement::schedule_deliveries(std::uint32_t index, const Cohort& cohort, EventScheduler& events) {
  const core::Time now = events.now();
  if (cohort.arrives > core::Time::earliest()) {
    const core::Time shipped = std::max(now, cohort.arrives - setup_->plant.supply.transit);
    if (shipped < cohort.arrives) events.schedule(shipped, EventKind::shipment, index, cohort.size);
    events.schedule(cohort.arrives, EventKind::delivery, index, cohort.size);
    return;
  }
  const core::Duration lead_time = drawn_lead_time(cohort, now);
  if (committed_production_.empty() || cohort.is_capacity())
    return schedule_lot(index, now, lead_time, cohort.size, events);
  const models::Production& production = setup_->plant.supply.production;
  const core::Time released = setup_->plant.market.types[cohort.type].released;
  double& committed = committed_production_[cohort.type];
  // What was not ordered was not made: production starts anew from today.
  const double start = std::max(committed, production.cumulative((now - released).years()));
  committed = start + static_cast<double>(cohort.size);
  const double last_year = (setup_->horizon.end - released).years();
  const double years = production.years_until(committed) - production.years_until(start);
  const std::int64_t lots = lots_in(years, cohort.size);
  std::int64_t sent = 0;
  for (std::int64_t lot = 1; lot <= lots; ++lot) {
    const std::int64_t made = cohort.size / lots * lot + std::min(lot, cohort.size % lots);
    const double made_after = production.years_until(start + static_cast<double>(made));
    if (made_after >= last_year) return;
    schedule_lot(index, std::max(now, released + core::Duration::from_years(made_after)), lead_time, made - sent,
                 events);
    sent = made;
  }
}

std::int64_t Procurement::lots_in(double years, std::int64_t count) const {
  const double periods = years / setup_->plant.supply.shipped_every.years();
  const double lots = core::units_for(periods, periods);
  return lots < static_cast<double>(count) ? std::max<std::int64_t>(1, static_cast<std::int64_t>(lots)) : count;
}

/// Plans the shipment and the delivery of units that were made together.
void Procurement::schedule_lot(std::uint32_t index, core::Time made, core::Duration lead_time, std::int64_t count,
                               EventScheduler& events) const {
  const core::Time sent = core::saturating_add(made, setup_->plant.supply.burn_in);
  const core::Time arrival = core::saturating_add(sent, lead_time);
  const core::Duration transit = std::min(setup_->plant.supply.transit, lead_time);
  if (transit > core::Duration{}) events.schedule(arrival - transit, EventKind::shipment, index, count);
  events.schedule(arrival, EventKind::delivery, index, count);
}

// Drawn by what is delivered and when, so that it is the same for all strategies. Where failures are expected, whole
// accelerators whenever the sum of what is lost comes to one.
std::int64_t Procurement::lost_in_burn_in(const Cohort& cohort, std::int64_t count, core::Time now) {
  const models::FailureLaw& law = setup_->plant.operations.failures;
  if (law.burn_in == 0 || cohort.is_capacity()) return 0;
  const double share = law.lost_in_burn_in();
  if (law.drawn()) {
    const core::Entity delivery = core::Entity::named(setup_->plant.market.types[cohort.type].name)
                                      .part(static_cast<std::uint64_t>(now.milliseconds()));
    core::Stream stream(setup_->draw.seed, setup_->draw.replication, core::Purpose::burn_in, delivery);
    return core::binomial(stream, count, share);
  }
  lost_in_burn_in_ += share * static_cast<double>(count);
  const std::int64_t lost = std::min(count, core::count_of_units(lost_in_burn_in_));
  lost_in_burn_in_ = std::max(0.0, lost_in_burn_in_ - static_cast<double>(lost));
  return lost;
}

}  // namespace fleetrace::fleet
