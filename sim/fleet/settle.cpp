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

void World::gather(Batch& batch, State idle, std::int64_t healthy, std::int64_t working) {
  if (now() - drift.since > kLongest) settle(drift.batches.empty() ? now() : drift.since + kLongest);
  Cohort& cohort = cohorts[batch.cohort];
  cohort.count(State::in_service) += working;
  cohort.count(idle) += healthy - working;
  cohort.count(State::in_repair) -= healthy;
  const std::int64_t late = (now() - drift.since).milliseconds();
  if (!batch.drift.any) {
    batch.drift.any = true;
    drift.batches.push_back(static_cast<std::uint32_t>(&batch - batches.data()));
  }
  batch.drift.healthy += healthy;
  batch.drift.healthy_late += healthy * late;
  if (working == 0) return;
  batch.drift.working += working;
  batch.drift.working_late += working * late;
  const double change = static_cast<double>(working) * cohort.work_rate;
  const auto milliseconds = static_cast<double>(late);
  Trajectory::Swing& swing = drift.swing;
  drift.lag += std::abs(swing.sum) * static_cast<double>((now() - drift.changed).milliseconds());
  drift.changed = now();
  swing.sum += change;
  swing.first += change * milliseconds;
  swing.second += change * milliseconds * milliseconds;
  if (drift.lag > kMostLag * drift.work) settle(now());
}

void World::settle(core::Time at) {
  const std::int64_t length = (at - drift.since).milliseconds();
  const auto seconds = [length](std::int64_t change, std::int64_t late) {
    return 1e-3 * static_cast<double>(change * length - late);
  };
  for (const std::uint32_t index : drift.batches) {
    Batch& batch = batches[index];
    Cohort& cohort = cohorts[batch.cohort];
    const Batch::Drift& change = batch.drift;
    UnitChange units{0, change.healthy, change.working, static_cast<double>(change.working), batch.site};
    units.healthy_seconds = seconds(change.healthy, change.healthy_late);
    units.working_seconds = seconds(change.working, change.working_late);
    const double open = (at - cohort.changed).seconds();
    // Counts are of now: what has changed on the way was there for part of the time only.
    cohort.healthy_seconds += units.healthy_seconds - static_cast<double>(change.healthy) * open;
    cohort.working_seconds += units.working_seconds - units.working * open;
    cohort.working += units.working;
    meter.change(cohort, units, at);
  }
  if (!drift.batches.empty()) {
    for (const std::uint32_t index : drift.batches) {
      Batch& batch = batches[index];
      Cohort& cohort = cohorts[batch.cohort];
      const double open = (at - cohort.changed).seconds();
      cohort.unit_seconds += static_cast<double>(cohort.installed()) * open;
      cohort.healthy_seconds += static_cast<double>(cohort.healthy()) * open;
      cohort.working_seconds += cohort.working * open;
      cohort.changed = at;
      if (cohort.count(State::in_service) == 0) cohort.working = 0;
      batch.drift = {};
    }
    drift.batches.clear();
    const double useful = allotted_to_training();
    const Trajectory::Swing swing{drift.swing.sum * useful, drift.swing.first * useful, drift.swing.second * useful};
    trajectory.swing(drift.since, at, swing, meter.rates().work * useful);
  }
  drift.since = drift.changed = at;
  drift.swing = {};
  drift.lag = 0;
  drift.work = meter.rates().work;
}

}  // namespace fleetrace::fleet
