#include <algorithm>

#include "sim/fleet/world.hpp"

// How units move through the fleet: what happens to each component when they do.
namespace fleetrace::fleet {

std::uint32_t World::add_cohort(const Cohort& cohort, State state) {
  const std::uint32_t index = inventory.add(cohort, state, now());
  if (state == State::waiting_for_power) waiting.change(cohort.size, carrying_usd(cohort), now());
  if (state == State::waiting_for_power && !cohort.is_capacity()) recorder.count_waiting(cohort.size, now());
  return index;
}

void World::move(std::uint32_t index, State from, State to, std::int64_t count, double share, std::uint32_t site,
                 core::Time born) {
  if (count == 0) return;
  UnitChange change = inventory.move(index, from, to, count, share, site, now());
  change.born = born;
  const Cohort& cohort = inventory[index];
  if (from == State::waiting_for_power) waiting.change(-count, carrying_usd(cohort), now());
  if (to == State::waiting_for_power) waiting.change(count, carrying_usd(cohort), now());
  if (!cohort.is_capacity()) {
    if (from == State::waiting_for_power) recorder.count_waiting(-count, now());
    if (to == State::waiting_for_power) recorder.count_waiting(count, now());
  }
  if (!is_installed(from) && !is_installed(to)) return;
  if (change.installed != 0) sites.count_installed(cohort, change.installed, site, now());
  meter.change(cohort, change, now());
  if (change.installed > 0 && recorder.wants_first_efficiency()) events.schedule(now(), EventKind::checkpoint);
  if (meter.needs_recount()) meter.recount(inventory.cohorts());
  if (serving.is_demanded() && (from == State::serving) != (to == State::serving))
    serving.count_handed_down(cohort, to == State::serving ? count : -count);
  refresh_work();
  if (change.installed != 0 && research.depends_on_fleet()) fund_research();
}

void World::install_waiting() {
  sites.begin_installation();
  std::optional<BindingConstraint> binding;
  for (const std::uint32_t index : sites.queue()) {
    place(index);
    if (binding || inventory[index].count(State::waiting_for_power) == 0) continue;
    binding = sites.shortage(inventory[index], inventory.is_initial(index));
    if (!sites.may_take_any()) break;
  }
  sites.dequeue_if([this](std::uint32_t index) { return inventory[index].count(State::waiting_for_power) == 0; });
  recorder.installing(now(), binding.value_or(BindingConstraint{}));
}

/// Installs what fits of a cohort on the first of its sites, then on the next.
void World::place(std::uint32_t index) {
  // An initial cohort has been in service since before the race; everything else ages from today.
  const bool has_served = inventory.is_initial(index) && now() == setup().horizon.start;
  for (const std::uint32_t site : sites.open_to(inventory[index], inventory.is_initial(index))) {
    const Cohort& cohort = inventory[index];
    const std::int64_t fitting = sites.room(site, cohort, cohort.count(State::waiting_for_power));
    if (fitting > 0) install(index, fitting, has_served ? cohort.ordered : now() - cohort.served, site);
    if (cohort.count(State::waiting_for_power) == 0) return;
  }
}

void World::install(std::uint32_t cohort, std::int64_t count, core::Time born, std::uint32_t site,
                    const Batch* split_from) {
  recorder.place({cohort, site, count});
  const std::uint32_t index = reliability.install(cohort, inventory[cohort], count, born, site, events);
  if (split_from != nullptr) reliability.keep_in_place_since(index, split_from->in_place);
  const Batch& batch = reliability[index];
  move(cohort, State::waiting_for_power, State::in_service, batch.working(), batch.share, site, batch.born);
  move(cohort, State::waiting_for_power, State::standby, batch.healthy - batch.working(), 1, site, batch.born);
  move(cohort, State::waiting_for_power, State::in_repair, count - batch.healthy, 1, site, batch.born);
  if (setup().plant.operations.hand_down) {
    const core::Time end_of_training = core::saturating_add(born, setup().plant.operations.hand_down->age);
    if (end_of_training > now()) {
      events.schedule(end_of_training, EventKind::hand_down, index, count);
    } else {
      hand_down(index);
    }
  }
  if (power.share(site) < 1) share_power(site);
  reliability.schedule_retirement(index, inventory[cohort], events);
}

void World::deliver(std::uint32_t cohort, std::int64_t count, bool burns_in) {
  const Cohort& order = inventory[cohort];
  const std::int64_t arriving = std::min(count, order.coming());
  if (arriving == 0) return;
  // A cohort that comes in lots waits in its place for all of them.
  if (order.count(State::waiting_for_power) == 0) sites.enqueue(cohort, order);
  std::int64_t lost = burns_in ? procurement.lost_in_burn_in(order, arriving, now()) : 0;
  std::int64_t left = arriving;
  for (const State from : {State::in_transit, State::ordered}) {
    const std::int64_t here = std::min(left, order.count(from));
    const std::int64_t lost_here = std::min(lost, here);
    move(cohort, from, State::retired, lost_here);
    move(cohort, from, State::waiting_for_power, here - lost_here);
    lost -= lost_here;
    left -= here;
  }
  sites.request_installation(events);
}

void World::hand_down(std::uint32_t index) {
  const Batch& batch = reliability[index];
  const std::int64_t trained = batch.working();
  const std::int64_t spare = batch.healthy - trained;
  reliability.hand_down(index);
  move(batch.cohort, State::in_service, State::serving, trained, batch.share, batch.site, batch.born);
  move(batch.cohort, State::standby, State::serving, spare, 1, batch.site, batch.born);
  const Operations& operations = setup().plant.operations;
  const std::int64_t fresh = batch.count - inventory.use_credit(batch.cohort, batch.count);
  if (operations.hand_down->credit == 0 || fresh == 0) return;
  const Cohort& cohort = inventory[batch.cohort];
  const double worth = worth_new(cohort) *
                       operations.resale.worth((now() - batch.born).years(), setup().plant.own_life_of(cohort.type));
  const double units = static_cast<double>(batch.healthy) * static_cast<double>(fresh) /
                       static_cast<double>(batch.count);
  ledger.credit(core::Money::from_usd(units * worth * operations.hand_down->credit), now());
}

void World::retire(std::uint32_t index) {
  const Batch& batch = reliability[index];
  const Cohort& cohort = inventory[batch.cohort];
  reliability.count_expected_failures(index, cohort, now());
  reliability.stop(index, events);
  if (setup().plant.operations.resells) sell(cohort, to_sell(batch), (now() - batch.born).years());
  move(batch.cohort, State::in_service, State::retired, batch.working(), batch.share, batch.site, batch.born);
  move(batch.cohort, batch.idle_state(), State::retired, batch.healthy - batch.working(), 1, batch.site, batch.born);
  move(batch.cohort, State::in_repair, State::retired, batch.count - batch.healthy, 1, batch.site, batch.born);
  reliability.remove(index);
  if (power.share(batch.site) < 1) share_power(batch.site);
}

void World::retire_early(core::Time ordered_by) {
  for (const std::uint32_t index : sites.queue()) {
    const Cohort& cohort = inventory[index];
    if (cohort.ordered > ordered_by) continue;
    const std::int64_t count = cohort.count(State::waiting_for_power);
    sell(cohort, count, cohort.served.years());
    move(index, State::waiting_for_power, State::retired, count);
  }
  sites.dequeue_if([this](std::uint32_t index) { return inventory[index].count(State::waiting_for_power) == 0; });
  reliability.forget_retired();
  for (std::uint32_t i = reliability.first_alive(); i < reliability.batches().size(); ++i) {
    const Cohort& cohort = inventory[reliability[i].cohort];
    if (reliability[i].count > 0 && cohort.ordered <= ordered_by && !cohort.rented) retire(i);
  }
  reliability.cancel_retirements(events);
  sites.request_installation(events);
}

void World::rent(const models::Decision& decision) {
  const std::optional<Lease> lease = procurement.lease(decision, purchase_context());
  if (!lease) return;
  ledger.commit(lease->cost, now());
  begin_term(*lease);
}

void World::rent_planned(std::uint32_t index) {
  const PlannedRent& planned = setup().strategy.rents[index];
  ledger.commit_planned(planned.cost);
  begin_term(procurement.lease(planned, trajectory));
}

/// Puts rented units to work at once, until their term expires.
void World::begin_term(const Lease& lease) {
  const std::int64_t count = lease.cohort.size;
  const std::uint32_t cohort = add_cohort(lease.cohort, State::waiting_for_power);
  const std::uint32_t batch = reliability.lease(cohort, count, lease.per_year, now());
  move(cohort, State::waiting_for_power, State::in_service, count, 1, 0, reliability[batch].born);
  rents.change(1, lease.per_year, now());
  events.schedule(core::saturating_add(now(), setup().plant.rental->term), EventKind::expiry, batch, count);
}

void World::give_back(std::uint32_t index) {
  const Batch& batch = reliability[index];
  reliability.count_expected_failures(index, inventory[batch.cohort], now());
  move(batch.cohort, State::in_service, State::retired, batch.count, 1, 0, batch.born);
  procurement.give_back(inventory[batch.cohort], batch.count);
  reliability.remove(index);
  rents.change(-1, batch.rent, now());
}

void World::sell(const Cohort& cohort, std::int64_t count, double age) {
  const Operations& operations = setup().plant.operations;
  if (!operations.resells || count == 0) return;
  const double usd = static_cast<double>(count) * worth_new(cohort) *
                     operations.resale.share(age, setup().plant.own_life_of(cohort.type));
  ledger.sell(core::Money::from_usd(usd), now());
}

}  // namespace fleetrace::fleet
