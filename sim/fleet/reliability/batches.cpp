#include <algorithm>

#include "sim/fleet/reliability/may_batch_failures.hpp"
#include "sim/fleet/reliability/reliability.hpp"

namespace fleetrace::fleet {

void Reliability::reset(const StrategySetup& setup) {
  setup_ = &setup;
  const Horizon& horizon = setup.horizon;
  batches_failures_ = may_batch_failures(setup.plant);
  batches_.clear();
  first_alive_ = 0;
  retirements_.reset();
  pending_.reset(horizon.start);
  spares_.reset();
  domains_.reset(setup);
  repairs_.reset();
  devices_.clear();
  jumps_.reset(law(), setup.draw);
  clocks_.reset(horizon.start, has_clocks() ? horizon.end : horizon.start);
  next_clock_ = {};
  skipped_events_ = 0;
  failures_ = 0;
  expected_failures_ = 0;
}

std::uint32_t Reliability::install(std::uint32_t cohort_index, const Cohort& cohort, std::int64_t count,
                                   core::Time born, std::uint32_t site, EventScheduler& events) {
  const auto index = static_cast<std::uint32_t>(batches_.size());
  Batch& batch = batches_.emplace_back();
  batch.cohort = cohort_index;
  batch.site = site;
  batch.count = batch.healthy = count;
  batch.target = count - (cohort.is_capacity() ? 0 : law().spares_of(count));
  batch.in_place = cohort.waits_since;
  batch.born = batch.counted = born;
  if (law().drawn()) {
    start_failures(index, events);
  } else if (law().fresh) {
    // What befell an initial batch before the race is not counted.
    batch.counted = events.now();
    const Aging first = aging(index, cohort.is_capacity(), events.now());
    batch.share = first.share;
    schedule_aging(index, first.wait, events);
  } else {
    batch.share = expected_share(index, cohort.is_capacity());
  }
  batch.up = batch.healthy;
  return index;
}

std::uint32_t Reliability::lease(std::uint32_t cohort_index, std::int64_t count, double rent_per_year, core::Time now) {
  Batch& batch = batches_.emplace_back();
  batch.cohort = cohort_index;
  batch.count = batch.target = batch.healthy = batch.up = count;
  batch.born = batch.counted = now;
  batch.rent = rent_per_year;
  return static_cast<std::uint32_t>(batches_.size() - 1);
}

void Reliability::start_failures(std::uint32_t index, EventScheduler& events) {
  Batch& batch = batches_[index];
  batch.own_healthy = batch.count;
  if (!law().domains.empty()) domains_.lay_out(index, batch);
  fails_by_device() ? start_devices(index, events) : start_batch(index, events);
  batch.healthy = batch.own_healthy;
  if (batch.domains > 0) domains_.start(batch, events);
}

void Reliability::stop(std::uint32_t index, EventScheduler& events) {
  Batch& batch = batches_[index];
  events.cancel(batch.aging);
  domains_.stop(batch, events);
  stop_batch(index, events);
  stop_devices(batch, events);
}

void Reliability::remove(std::uint32_t index) {
  Batch& batch = batches_[index];
  batch.count = batch.target = batch.healthy = batch.up = 0;
}

void Reliability::hand_down(std::uint32_t index) {
  batches_[index].handed_down = true;
  batches_[index].target = 0;
}

void Reliability::schedule_retirement(std::uint32_t index, const Cohort& cohort, EventScheduler& events) {
  const Batch& batch = batches_[index];
  core::Time end_of_life = setup_->plant.retires(cohort, batch.born);
  if (end_of_life == core::Time::latest()) return;
  // What comes after the end of life of its type leaves as soon as it can.
  end_of_life = std::max(end_of_life, events.now() + core::Duration::from_milliseconds(1));
  // Also where it lies beyond the horizon: what is ordered now may arrive beyond it, too.
  const engine::EventId event = events.schedule(end_of_life, EventKind::retirement, index, batch.count);
  retirements_.add({end_of_life, batch.count * cohort.nameplate_milliwatt, cohort.takes_place() ? batch.count : 0,
                    batch.site, index, event});
}

void Reliability::cancel_retirements(EventScheduler& events) {
  retirements_.remove_if([&](const Retirement& retirement) {
    if (batches_[retirement.batch].count > 0) return false;
    events.cancel(retirement.event);
    return true;
  });
}

void Reliability::forget_retired() {
  while (first_alive_ < batches_.size() && batches_[first_alive_].count == 0) ++first_alive_;
}

double Reliability::set_working_share(std::uint32_t index, double share) {
  Batch& batch = batches_[index];
  const double change = static_cast<double>(batch.working()) * (share - batch.share);
  batch.share = share;
  return change;
}

const Batch& Reliability::batch_of(const Payload& payload) const {
  switch (info(payload.kind).index) {
    case IndexOf::domain: return batches_[domains_.batch_of(payload.index)];
    case IndexOf::failing_unit: break;
    default: return batches_[payload.index];
  }
  if (fails_by_device()) return batches_[devices_[payload.index].batch];
  if (jumps_.on()) return batches_[payload.index];
  return batches_[payload.kind == EventKind::repair ? repairs_[payload.index].batch : payload.index];
}

bool Reliability::agrees_with(const std::vector<Cohort>& cohorts) const {
  std::int64_t installed = 0;
  std::int64_t healthy = 0;
  for (const Batch& batch : batches_) {
    if (batch.healthy < 0 || batch.healthy > batch.up || batch.up > batch.count || batch.target > batch.count)
      return false;
    if (batch.healthy_lemons < 0 || batch.healthy_lemons > batch.lemons) return false;
    installed += batch.count;
    healthy += batch.healthy;
  }
  for (const Cohort& cohort : cohorts) {
    installed -= cohort.installed();
    healthy -= cohort.healthy();
  }
  return installed == 0 && healthy == 0;
}

bool Reliability::recount_agrees() const {
  return retirements_.consistent() && std::all_of(batches_.begin(), batches_.end(), [this](const Batch& batch) {
           // A repair that ends beyond the horizon stands in no list.
           const std::int64_t broken = batch.count - batch.own_healthy;
           return domains_.agrees_with(batch) &&
                  (batch.count == 0 || !law().drawn() || repairs_.count(batch) <= broken);
         });
}

}  // namespace fleetrace::fleet
