#include <cmath>

#include "fleetrace/fleet/world.hpp"

/// Failures and repairs come by the million, one accelerator each, and nothing but sums depends on them. So each of them is
/// noted with how late it was, and all of a while are settled together: exactly, since sums of count times time are whole
/// numbers of milliseconds.
namespace fleetrace::fleet {
namespace {

/// The trajectory takes the rate of work for its average between settlements. They are so close that effective compute at any
/// instant is what the race has within an hour of it, and that progress is a parabola in between.
constexpr double kMostLag = 3.6e6;  // [ms]
constexpr core::Duration kLongest = core::kDay * 7;

}  // namespace

void World::gather(Batch& batch, std::int64_t working, std::int64_t idle) {
  if (now() - drift.since > kLongest) settle(drift.batches.empty() ? now() : drift.since + kLongest);
  const std::int64_t late = (now() - drift.since).milliseconds();
  Cohort& cohort = cohorts[batch.cohort];
  cohort.count(State::in_repair) -= working + idle;
  if (!batch.drift.any) {
    batch.drift.any = true;
    drift.batches.push_back(static_cast<std::uint32_t>(&batch - batches.data()));
  }
  if (idle != 0) {
    cohort.count(batch.handed_down ? State::serving : State::standby) += idle;
    batch.drift.idle += idle;
    batch.drift.idle_late += idle * late;
  }
  if (working == 0) return;
  cohort.count(State::in_service) += working;
  batch.drift.working += working;
  batch.drift.working_late += working * late;
  const double change = static_cast<double>(working) * cohort.work_rate;
  const auto milliseconds = static_cast<double>(late);
  drift.second += change * milliseconds * milliseconds;
  drift.lag += std::abs(drift.change) * static_cast<double>((now() - drift.changed).milliseconds());
  drift.change += change;
  drift.changed = now();
  if (drift.lag > kMostLag * drift.work) settle(now());
}

void World::settle(core::Time at) {
  const std::int64_t length = (at - drift.since).milliseconds();
  Trajectory::Swing swing{0, 0, drift.second};
  for (const std::uint32_t index : drift.batches) {
    const Batch& batch = batches[index];
    const Batch::Drift& change = batch.drift;
    Cohort& cohort = cohorts[batch.cohort];
    const std::int64_t healthy = change.working + change.idle;
    UnitChange units{0, healthy, change.working, static_cast<double>(change.working), batch.site};
    units.working_seconds = 1e-3 * static_cast<double>(change.working * length - change.working_late);
    units.healthy_seconds = units.working_seconds + 1e-3 * static_cast<double>(change.idle * length - change.idle_late);
    meter.change(cohort, units, at);
    swing.sum += units.working * cohort.work_rate;
    swing.first += static_cast<double>(change.working_late) * cohort.work_rate;
    // Counts are of now: what has changed on the way was there for part of the time only.
    const double open = (at - cohort.changed).seconds();
    cohort.healthy_seconds += units.healthy_seconds - static_cast<double>(healthy) * open;
    cohort.working_seconds += units.working_seconds - units.working * open;
    cohort.working += units.working;
  }
  for (const std::uint32_t index : drift.batches) {
    Batch& batch = batches[index];
    Cohort& cohort = cohorts[batch.cohort];
    cohort.count_until(at);
    if (cohort.count(State::in_service) == 0) cohort.working = 0;
    batch.drift = {};
  }
  const double work = meter.rates().work;
  if (swing.sum != 0 || swing.first != 0 || swing.second != 0) {
    const double useful = allotted_to_training();
    swing = {swing.sum * useful, swing.first * useful, swing.second * useful};
    trajectory.swing(drift.since, at, swing, work * useful);
  }
  drift.batches.clear();
  drift.since = drift.changed = at;
  drift.change = drift.second = drift.lag = 0;
  drift.work = work;
}

}  // namespace fleetrace::fleet
