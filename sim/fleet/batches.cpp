#include <algorithm>
#include <cmath>
#include <limits>

#include "fleetrace/fleet/world.hpp"
#include "fleetrace/models/renewal.hpp"
#include "hardware_failures.hpp"

namespace fleetrace::fleet {
namespace {

std::int64_t working(const Batch& batch) { return std::min(batch.target, batch.healthy); }

/// Where those are that are healthy and do not work.
State idle(const Batch& batch) { return batch.handed_down ? State::serving : State::standby; }

/// Of those in service, the share that works on average where each is up on its own clock with probability `own`.
double working_share(const models::FailureLaw& law, const Site& site, const Batch& batch, bool is_capacity,
                     double own) {
  // Capacity is infinitely many small accelerators.
  if (is_capacity) return std::min(1 - law.spares, own * (law.availability / law.own_availability)) * site.powered(law);
  const double working = site.outages ? site.outages->expected_working(law, batch.count, batch.target, own)
                                      : law.expected_working(batch.count, batch.target, own);
  return working / static_cast<double>(batch.target);
}

}  // namespace

void World::install(std::uint32_t index, std::int64_t count, core::Time installed, std::uint32_t site) {
  const Operations& operations = plan->plant.operations;
  const Cohort& cohort = cohorts[index];
  const auto ordinal = static_cast<std::uint32_t>(batches.size());
  Batch& batch = batches.emplace_back();
  batch.cohort = index;
  batch.site = site;
  batch.count = batch.healthy = count;
  batch.target = count - (cohort.is_capacity() ? 0 : operations.failures.spares_of(count));
  batch.born = batch.counted = installed;
  const models::FailureLaw& law = operations.failures;
  if (law.drawn()) {
    start_failures(*this, ordinal);
  } else if (law.fresh) {
    // What befell an initial batch before the race is not counted.
    batch.counted = now();
    age(ordinal, false);
  } else if (law.spares > 0) {
    batch.share = working_share(law, plan->plant.sites[site], batch, cohort.is_capacity(), law.own_availability);
  } else {
    batch.share = plan->plant.sites[site].powered(law);
  }
  batch.up = batch.healthy;
  move(index, State::waiting_for_power, State::in_service, working(batch), batch.share, site);
  move(index, State::waiting_for_power, State::standby, batch.healthy - working(batch), 1, site);
  move(index, State::waiting_for_power, State::in_repair, count - batch.healthy, 1, site);

  if (operations.hand_down) {
    const core::Time end_of_training = core::saturating_add(installed, operations.hand_down->age);
    if (end_of_training > now()) {
      schedule(end_of_training, EventKind::hand_down, ordinal, count);
    } else {
      hand_down(batch);
    }
  }
  if (sites[site].share < 1) share_power(site);
  const core::Time end_of_life = core::saturating_add(installed, operations.lifetime);
  if (end_of_life == core::Time::latest()) return;
  // Also where it lies beyond the horizon: what is ordered now may arrive beyond it, too.
  const engine::EventId event = schedule(end_of_life, EventKind::retirement, ordinal, count);
  retirements.push_back({end_of_life, count * cohort.nameplate_mw, ordinal, event});
}

void World::change_healthy(Batch& batch, std::int64_t change) {
  batch.up += change;
  sites[batch.site].share < 1 ? share_power(batch.site) : move_healthy(batch, change);
}

void World::move_healthy(Batch& batch, std::int64_t change) {
  const std::int64_t worked = working(batch);
  batch.healthy += change;
  const std::int64_t starting = working(batch) - worked;
  if (gathers) return gather(batch, starting, change - starting, now());
  const auto between = [&](State state, std::int64_t more) {
    const bool up = more > 0;
    move(batch.cohort, up ? State::in_repair : state, up ? state : State::in_repair, up ? more : -more, 1, batch.site);
  };
  between(State::in_service, starting);
  between(idle(batch), change - starting);
}

void World::set_share(Batch& batch, double share) {
  Cohort& cohort = cohorts[batch.cohort];
  const auto target = static_cast<double>(working(batch));
  const double change = target * (share - batch.share);
  batch.share = share;
  if (change == 0) return;
  cohort.count_until(now());
  cohort.working += change;
  meter.change(cohort, {0, 0, 0, change, batch.site}, now());
  refresh_work();
}

void World::count_fresh_failures(Batch& batch, core::Time at) {
  const models::FailureLaw& law = plan->plant.operations.failures;
  if (!law.fresh || law.drawn() || cohorts[batch.cohort].is_capacity()) return;
  const auto failures_by = [&](core::Time time) {
    return law.fresh_failures(static_cast<double>((time - batch.born).milliseconds()));
  };
  fresh_failures += static_cast<double>(batch.count) * (failures_by(at) - failures_by(batch.counted));
  batch.counted = at;
}

void World::age(std::uint32_t batch, bool is_in_service) {
  Batch& aging = batches[batch];
  if (aging.handed_down) return;  // its share of work is nothing, whatever its age
  const models::FailureLaw& law = plan->plant.operations.failures;
  const auto age = static_cast<double>((now() - aging.born).milliseconds());
  double until = std::numeric_limits<double>::infinity();
  for (const double landmark : law.good.ages->landmarks()) {
    // A landmark of less than a millisecond more is this one.
    if (landmark < age + 1) continue;
    until = landmark;
    break;
  }
  const double own = std::isinf(until) ? law.own_availability : law.fresh_availability(age, until);
  const double share = working_share(law, plan->plant.sites[aging.site], aging, cohorts[aging.cohort].is_capacity(),
                                     own);
  if (is_in_service) {
    set_share(aging, share);
  } else {
    aging.share = share;
  }
  if (!std::isinf(until)) aging.aging = schedule_after(until - age, EventKind::aging, batch);
}

void World::hand_down(Batch& batch) {
  const std::int64_t trained = working(batch);
  const std::int64_t spare = batch.healthy - trained;
  batch.handed_down = true;
  batch.target = 0;
  move(batch.cohort, State::in_service, State::serving, trained, batch.share, batch.site);
  move(batch.cohort, State::standby, State::serving, spare, 1, batch.site);
  const Operations& operations = plan->plant.operations;
  if (operations.hand_down->credit == 0) return;
  const double worth = worth_new(cohorts[batch.cohort]) * operations.resale.worth((now() - batch.born).years());
  ledger.credit(core::Money::from_usd(static_cast<double>(batch.healthy) * worth * operations.hand_down->credit),
                now());
}

void World::retire(Batch& batch) {
  count_fresh_failures(batch, now());
  stop_failures(*this, batch);
  if (plan->plant.operations.resells) sell(cohorts[batch.cohort], to_sell(batch), (now() - batch.born).years());
  move(batch.cohort, State::in_service, State::retired, working(batch), batch.share, batch.site);
  move(batch.cohort, idle(batch), State::retired, batch.healthy - working(batch), 1, batch.site);
  move(batch.cohort, State::in_repair, State::retired, batch.count - batch.healthy, 1, batch.site);
  batch.count = batch.target = batch.healthy = batch.up = 0;
  if (sites[batch.site].share < 1) share_power(batch.site);
}

}  // namespace fleetrace::fleet
