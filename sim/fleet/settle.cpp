#include <algorithm>
#include <cmath>

#include "fleetrace/fleet/world.hpp"

/// Failures and repairs come by the million, one accelerator each, and nothing but sums depends on them. So each of them is
/// noted with how late it was, and all of a while are settled together: exactly, since sums of count times time are whole
/// numbers of milliseconds.
namespace fleetrace::fleet {
namespace {

/// The trajectory takes the rate of work for its average between settlements. They are so close that effective compute at any
/// instant is what the race has within two hours of it, and that progress is a parabola in between. Whether it is time to
/// settle is asked once a bucket of time, so that what happens within one may come in any order: where a part of the fleet
/// fails within one, that part of its length comes on top.
constexpr double kMostLag = 2 * 3.6e6;  // [ms]
constexpr core::Duration kLongest = core::kDay * 14;

/// All useful FLOP/s, as Batch::Drift::rate counts them.
constexpr double kAll = 0x1p20;
/// The rate of one accelerator is no more, so that no sum overflows: failures are 10 ms apart at least, and two weeks have 2^27
/// of them. It is enough to settle with the next bucket.
constexpr double kMostRate = 0x1p24;

/// So many more of a batch work, and stand by or serve.
void move_up(Cohort& cohort, const Batch& batch, std::int64_t working, std::int64_t idle) {
  cohort.count(State::in_repair) -= working + idle;
  cohort.count(State::in_service) += working;
  cohort.count(batch.handed_down ? State::serving : State::standby) += idle;
}

bool has_drifted(const Batch& batch) { return batch.drift.working.any || batch.drift.idle.any; }

}  // namespace

void World::enter_bucket(core::Time at) {
  const std::int64_t begin = clocks.begin_of(clocks.bucket_of(at.milliseconds()));
  drift.lag += static_cast<double>(std::abs(drift.change)) * static_cast<double>(begin - drift.begin);
  const core::Time latest = drift.since + kLongest;
  const core::Time due = drift.lag > kMostLag * kAll ? drift.since : latest;
  if (const core::Time now = core::Time::from_milliseconds(begin); now >= due) {
    if (!drift.batches.empty()) settle(std::min(now, latest));
    if (now > drift.since) settle(now);
  }
  drift.begin = begin;
}

void World::begin_drift(Batch& batch) {
  const double rate = cohorts[batch.cohort].work_rate;
  batch.drift.rate = std::llround(std::min(drift.work > 0 ? rate / drift.work * kAll : kMostRate, kMostRate));
  drift.batches.push_back(static_cast<std::uint32_t>(&batch - batches.data()));
}

void World::gather(Batch& batch, const Batch::Changes& working, const Batch::Changes& idle) {
  if (!working.any && !idle.any) return;
  if (!has_drifted(batch)) begin_drift(batch);
  move_up(cohorts[batch.cohort], batch, working.sum, idle.sum);
  batch.drift.working.add(working);
  batch.drift.idle.add(idle);
  drift.change += working.sum * batch.drift.rate;
}

void World::gather(Batch& batch, std::int64_t working, std::int64_t idle, core::Time at) {
  if (working == 0 && idle == 0) return;
  if (at.milliseconds() - drift.begin >= engine::Buckets::kLength) enter_bucket(at);
  if (!has_drifted(batch)) begin_drift(batch);
  move_up(cohorts[batch.cohort], batch, working, idle);
  const std::int64_t late = at.milliseconds() - drift.since.milliseconds();
  if (working != 0) batch.drift.working.count(working, late);
  if (idle != 0) batch.drift.idle.count(idle, late);
  drift.change += working * batch.drift.rate;
}

void World::settle(core::Time at) {
  const std::int64_t length = (at - drift.since).milliseconds();
  Trajectory::Swing swing;
  // In whatever order they changed first.
  std::sort(drift.batches.begin(), drift.batches.end());
  for (const std::uint32_t index : drift.batches) {
    const Batch& batch = batches[index];
    const Batch::Changes& working = batch.drift.working;
    const Batch::Changes& idle = batch.drift.idle;
    Cohort& cohort = cohorts[batch.cohort];
    const std::int64_t healthy = working.sum + idle.sum;
    UnitChange units{0, healthy, working.sum, static_cast<double>(working.sum), batch.site};
    units.working_seconds = 1e-3 * static_cast<double>(working.sum * length - working.late);
    units.healthy_seconds = units.working_seconds + 1e-3 * static_cast<double>(idle.sum * length - idle.late);
    meter.change(cohort, units, at);
    swing.sum += units.working * cohort.work_rate;
    swing.first += static_cast<double>(working.late) * cohort.work_rate;
    swing.second += static_cast<double>(working.late_squared) * cohort.work_rate;
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
  drift.since = at;
  drift.change = 0;
  drift.lag = 0;
  drift.work = work;
}

}  // namespace fleetrace::fleet
