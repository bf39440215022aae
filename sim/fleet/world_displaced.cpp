#include <algorithm>

#include "sim/fleet/world.hpp"

// Units that leave service before their time: a site loses power, or they are moved to another one.
namespace fleetrace::fleet {

struct World::Displaced {
  std::uint32_t cohort = 0;
  std::int64_t count = 0;
  std::uint32_t site = 0;
  core::Duration served;
  core::Time in_place;
};
namespace {

/// Useful FLOP/s per milliwatt of nameplate.
double useful_per_milliwatt(const Cohort& cohort) {
  return cohort.useful_peak() / static_cast<double>(cohort.nameplate_milliwatt);
}

}  // namespace

/// Takes a batch out of service. Its units wait and do not age.
World::Displaced World::take_out(std::uint32_t batch) {
  const Batch& own = reliability[batch];
  Displaced displaced{own.cohort, own.count, own.site, now() - own.born, own.in_place};
  reliability.count_expected_failures(batch, inventory[own.cohort], now());
  reliability.stop(batch, events);
  if (own.handed_down) inventory.keep_credit(own.cohort, own.count);
  const std::int64_t working = own.working();
  move(own.cohort, State::in_service, State::waiting_for_power, working, own.share, own.site, own.born);
  move(own.cohort, own.idle_state(), State::waiting_for_power, own.healthy - working, 1, own.site, own.born);
  move(own.cohort, State::in_repair, State::waiting_for_power, own.count - own.healthy, 1, own.site, own.born);
  reliability.remove(batch);
  reliability.cancel_retirements(events);
  if (power.share(displaced.site) < 1) share_power(displaced.site);
  return displaced;
}

/// Makes so many of them a part that may stand on one site alone. Returns its index.
std::uint32_t World::split(Displaced& displaced, std::int64_t count, std::uint32_t site) {
  displaced.count -= count;
  return inventory.split(displaced.cohort, count, site, displaced.served, displaced.in_place);
}

void World::shrink_to_fit(std::uint32_t site) {
  if (!sites.is_over_power(site)) return;
  reliability.forget_retired();
  displaced_.clear();
  while (sites.is_over_power(site)) {
    std::uint32_t first = Batch::kNone;
    for (std::uint32_t i = reliability.first_alive(); i < reliability.batches().size(); ++i) {
      const Batch& batch = reliability[i];
      if (batch.count == 0 || batch.site != site || inventory[batch.cohort].nameplate_milliwatt == 0) continue;
      if (first == Batch::kNone) {
        first = i;
        continue;
      }
      const double own = useful_per_milliwatt(inventory[batch.cohort]);
      const double least = useful_per_milliwatt(inventory[reliability[first].cohort]);
      if (own < least || (own == least && batch.born < reliability[first].born)) first = i;
    }
    Displaced displaced = take_out(first);
    displaced_.push_back(split(displaced, displaced.count, site));
  }
  // What was taken out last is the best of it: as many of it as fit go back at once.
  place(displaced_.back());
  const bool retires = setup().plant.sites[site].retires_displaced;
  for (std::size_t i = displaced_.size(); i-- > 0;) {
    const std::uint32_t part = displaced_[i];
    const std::int64_t count = inventory[part].count(State::waiting_for_power);
    if (count == 0) continue;
    if (retires) {
      sell(inventory[part], count, inventory[part].served.years());
      move(part, State::waiting_for_power, State::retired, count);
    } else {
      sites.enqueue(part, inventory[part]);
    }
  }
}

void World::depart(std::uint32_t index) {
  const PlannedMove& planned = setup().strategy.moves[index];
  std::int64_t left = planned.count;
  while (left > 0) {
    std::uint32_t first = Batch::kNone;
    for (std::uint32_t i = reliability.first_alive(); i < reliability.batches().size(); ++i) {
      const Batch& batch = reliability[i];
      const Cohort& cohort = inventory[batch.cohort];
      if (batch.count == 0 || batch.site != planned.from || cohort.type != planned.type || cohort.rented) continue;
      if (first == Batch::kNone || batch.born < reliability[first].born) first = i;
    }
    if (first == Batch::kNone) break;
    Displaced displaced = take_out(first);
    const std::int64_t count = std::min(left, displaced.count);
    const std::uint32_t moved = split(displaced, count, planned.to);
    const core::Time arrives = core::saturating_add(now(), planned.pause);
    inventory.expect(moved, arrives);
    move(moved, State::waiting_for_power, State::in_transit, count);
    events.schedule(arrives, EventKind::arrival, moved, count);
    // The others stay; their failures are drawn anew.
    if (displaced.count > 0) place(split(displaced, displaced.count, planned.from));
    left -= count;
  }
  ledger.buy_planned(planned.cost_each * (planned.count - left), now());
}

}  // namespace fleetrace::fleet
