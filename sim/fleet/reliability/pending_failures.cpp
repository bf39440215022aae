#include "sim/fleet/reliability/pending_failures.hpp"

#include <algorithm>
#include <cmath>

namespace fleetrace::fleet {
namespace {

/// The trajectory takes the rate of work for its average between two applications. They are so close that effective compute at
/// any instant is what the race has within two hours of it, and that progress is a parabola in between. Whether it is time to
/// apply changes is asked once a bucket of time, so that what happens within one may come in any order: where a part of the
/// fleet fails within one, that part of its length comes on top.
constexpr double kMostLag = 2 * 3.6e6;  // [ms]
constexpr core::Duration kLongest = core::kDay * 14;

/// All useful FLOP/s, as Batch::Pending::rate counts them.
constexpr double kAll = 0x1p20;
/// The rate of one accelerator is no more, so that no sum overflows: failures are 10 ms apart at least, and two weeks have 2^27
/// of them. It is enough to apply changes with the next bucket.
constexpr double kMostRate = 0x1p24;

}  // namespace

void PendingFailures::reset(core::Time start) {
  since_ = start;
  batches_.clear();
  work_ = 0;
  change_ = 0;
  bucket_begin_ = start.milliseconds();
  lag_ = 0;
}

void PendingFailures::enter_bucket(core::Time at, const engine::Buckets& buckets, std::vector<Batch>& batches,
                                   const MeasuredFleet& fleet) {
  const std::int64_t begin = buckets.begin_of(buckets.bucket_of(at.milliseconds()));
  lag_ += static_cast<double>(std::abs(change_)) * static_cast<double>(begin - bucket_begin_);
  const core::Time latest = since_ + kLongest;
  const core::Time due = lag_ > kMostLag * kAll ? since_ : latest;
  if (const core::Time now = core::Time::from_milliseconds(begin); now >= due) {
    if (!batches_.empty()) apply(std::min(now, latest), batches, fleet);
    if (now > since_) apply(now, batches, fleet);
  }
  bucket_begin_ = begin;
}

/// Notes the first change of a batch since changes were applied last.
void PendingFailures::begin(std::uint32_t index, Batch& batch, const Inventory& inventory) {
  const double rate = inventory[batch.cohort].work_rate;
  batch.pending.rate = std::llround(std::min(work_ > 0 ? rate / work_ * kAll : kMostRate, kMostRate));
  batches_.push_back(index);
}

void PendingFailures::accumulate(std::uint32_t index, const Batch::Changes& working, const Batch::Changes& idle,
                                 std::vector<Batch>& batches, Inventory& inventory) {
  if (!working.any && !idle.any) return;
  Batch& batch = batches[index];
  if (!batch.pending.any()) begin(index, batch, inventory);
  inventory.repair(batch.cohort, batch.idle_state(), working.sum, idle.sum);
  batch.pending.working.add(working);
  batch.pending.idle.add(idle);
  change_ += working.sum * batch.pending.rate;
}

void PendingFailures::accumulate(std::uint32_t index, std::int64_t working, std::int64_t idle, core::Time at,
                                 std::vector<Batch>& batches, Inventory& inventory) {
  Batch& batch = batches[index];
  if (!batch.pending.any()) begin(index, batch, inventory);
  inventory.repair(batch.cohort, batch.idle_state(), working, idle);
  const std::int64_t late = at.milliseconds() - since_.milliseconds();
  if (working != 0) batch.pending.working.count(working, late);
  if (idle != 0) batch.pending.idle.count(idle, late);
  change_ += working * batch.pending.rate;
}

UnitChange PendingFailures::change_of(const Batch& batch, const Cohort& cohort, core::Time at,
                                      Trajectory::RateMoments& moments) const {
  const std::int64_t length = (at - since_).milliseconds();
  const Batch::Changes& working = batch.pending.working;
  const Batch::Changes& idle = batch.pending.idle;
  const std::int64_t healthy = working.sum + idle.sum;
  UnitChange units{0, healthy, working.sum, static_cast<double>(working.sum), batch.site};
  units.working_seconds = 1e-3 * static_cast<double>(working.sum * length - working.late);
  units.healthy_seconds = units.working_seconds + 1e-3 * static_cast<double>(idle.sum * length - idle.late);
  units.born = batch.born;
  const auto squares = [length](const Batch::Changes& changes) {
    const auto span = static_cast<double>(length);
    return 1e-6 * (static_cast<double>(changes.sum) * span * span - 2 * span * static_cast<double>(changes.late) +
                   static_cast<double>(changes.late_squared));
  };
  units.working_squares = squares(working);
  if (batch.handed_down) {
    units.serving = idle.sum;
    units.serving_seconds = units.healthy_seconds - units.working_seconds;
    units.serving_squares = squares(idle);
  }
  moments.sum += units.working * cohort.work_rate;
  moments.first += static_cast<double>(working.late) * cohort.work_rate;
  moments.second += static_cast<double>(working.late_squared) * cohort.work_rate;
  return units;
}

PendingFailures::Preview PendingFailures::preview(core::Time at, const std::vector<Batch>& batches,
                                                  const Inventory& inventory, ComputeMeter& meter) {
  Preview result{since_, {}};
  // In the order of batches, whichever changed first: that is how they are applied, too.
  std::sort(batches_.begin(), batches_.end());
  for (const std::uint32_t index : batches_) {
    const Batch& batch = batches[index];
    const Cohort& cohort = inventory[batch.cohort];
    meter.change(cohort, change_of(batch, cohort, at, result.moments), at);
  }
  return result;
}

void PendingFailures::apply(core::Time at, std::vector<Batch>& batches, const MeasuredFleet& fleet) {
  PaceWatch* const watch = batches_.empty() ? nullptr : fleet.pace_watch;
  if (watch != nullptr) watch->pace_changes(since_);
  Trajectory::RateMoments rate_moments;
  // In the order of batches, whichever changed first.
  std::sort(batches_.begin(), batches_.end());
  for (const std::uint32_t index : batches_) {
    const Batch& batch = batches[index];
    const Cohort& cohort = fleet.inventory[batch.cohort];
    const UnitChange units = change_of(batch, cohort, at, rate_moments);
    fleet.meter.change(cohort, units, at);
    fleet.inventory.add_past(batch.cohort, units, at);
  }
  for (const std::uint32_t index : batches_) {
    fleet.inventory.close(batches[index].cohort, at);
    batches[index].pending = {};
  }
  const double work = fleet.meter.rates().work;
  if (rate_moments.sum != 0 || rate_moments.first != 0 || rate_moments.second != 0) {
    const double useful = fleet.training_fraction;
    fleet.trajectory.rate_moments(since_, at, rate_moments * useful, work * useful);
  }
  batches_.clear();
  since_ = at;
  change_ = 0;
  lag_ = 0;
  work_ = work;
  if (watch != nullptr) watch->pace_changes(at);
}

}  // namespace fleetrace::fleet
