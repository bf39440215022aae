#include <cmath>
#include <limits>

#include "models/failure/renewal.hpp"
#include "sim/core/random/samplers.hpp"
#include "sim/fleet/reliability/reliability.hpp"

// Batch by batch. While n are healthy, failures come at n times the rate of one: exactly where lives are exponential, and in
// the limit of many accelerators otherwise (Palm-Khintchine). Of a fresh batch that rate is the mean one at its age, which
// keeps the means of all. A process without memory may be drawn anew at each change. Good accelerators and lemons are two
// such processes. Where repairs have no memory either, batches jump or turn over instead.

namespace fleetrace::fleet {
namespace {

/// How long ago the lives of a batch began [ms].
double age_of(const Batch& batch, core::Time now) { return static_cast<double>((now - batch.born).milliseconds()); }

}  // namespace

using core::Purpose;

double Reliability::draw_wait(Batch& batch, bool lemon, core::Time now) const {
  const std::int64_t healthy = lemon ? batch.healthy_lemons : batch.own_healthy - batch.healthy_lemons;
  if (healthy == 0) return std::numeric_limits<double>::infinity();
  const models::FailureKind& failing = kind(lemon);
  if (failing.ages != nullptr) {
    const double hazard = core::exponential(batch.lives, 1 / static_cast<double>(healthy));
    return failing.ages->wait(age_of(batch, now), hazard);
  }
  // The mean of the good is read where tests and studies change it.
  const double mean = lemon ? failing.life.mean : law().life.mean;
  return core::exponential(batch.lives, mean / static_cast<double>(healthy));
}

void Reliability::schedule_failure(std::uint32_t index, EventScheduler& events) {
  Batch& batch = batches_[index];
  if (batch.own_healthy == 0) return events.cancel(batch.failure);
  double wait = draw_wait(batch, false, events.now());
  if (batch.lemons > 0) {
    const double other = draw_wait(batch, true, events.now());
    batch.lemon_next = other < wait;
    wait = std::min(wait, other);
  }
  events.reschedule_after(batch.failure, wait, EventKind::failure, index, 1);
}

void Reliability::schedule_repair(std::uint32_t index, double wait, std::uint32_t cell, bool lemon,
                                  EventScheduler& events) {
  const engine::EventId end = events.schedule_after(wait, EventKind::repair, repairs_.next_slot(), 1);
  if (events.pending(end)) repairs_.add({end, index, cell, lemon}, batches_[index]);  // else beyond the horizon
}

/// Has so many of a new batch be in repair already.
void Reliability::start_kind(std::uint32_t index, std::int64_t count, bool lemon, EventScheduler& events) {
  Batch& batch = batches_[index];
  const models::FailureKind& failing = kind(lemon);
  double up = lemon ? failing.availability : law().lemons > 0 ? law().good.availability : law().own_availability;
  if (failing.ages != nullptr) up = failing.ages->up(age_of(batch, events.now()));
  const std::int64_t broken = core::binomial(batch.repairs, count, 1 - up);
  if (lemon) batch.healthy_lemons = count - broken;
  if (jumps_.on()) {
    batch.own_healthy -= broken;
    return;
  }
  for (std::int64_t i = 0; i < broken; ++i) {
    const std::uint32_t cell = domains_.random_healthy_cell(batch, batch.repairs);
    change_own(batch, cell, -1);
    schedule_repair(index, law().repair.draw_residual(batch.repairs), cell, lemon, events);
  }
}

void Reliability::start_batch(std::uint32_t index, EventScheduler& events) {
  Batch& batch = batches_[index];
  batch.lives = stream(Purpose::failures, core::Entity::number(index));
  batch.repairs = stream(Purpose::repairs, core::Entity::number(index));
  if (const double share = law().installed_lemons(); share > 0) {
    core::Stream lemons = stream(Purpose::lemons, core::Entity::number(index));
    batch.lemons = core::binomial(lemons, batch.count, share);
  }
  start_kind(index, batch.count - batch.lemons, false, events);
  if (batch.lemons > 0) start_kind(index, batch.lemons, true, events);
  if (!jumps_.on()) return schedule_failure(index, events);
  turns_over(batch) ? schedule_turnover(index, events) : start_jumps(index, events);
}

void Reliability::stop_batch(std::uint32_t index, EventScheduler& events) {
  Batch& batch = batches_[index];
  events.cancel(batch.failure);
  if (batch.is_jumping) {
    batch.is_jumping = false;
    schedule_first_clock(events);
  }
  while (batch.first_repair != Batch::kNone) events.cancel(repairs_.take(batch.first_repair, batch).end);
}

HealthChange Reliability::fail(std::uint32_t index, EventScheduler& events) {
  ++failures_;
  Batch& batch = batches_[index];
  const std::uint32_t cell = domains_.random_healthy_cell(batch, batch.repairs);
  schedule_repair(index, law().repair.draw(batch.repairs), cell, batch.lemon_next, events);
  if (batch.lemon_next) --batch.healthy_lemons;
  return {index, change_own(batch, cell, -1)};
}

HealthChange Reliability::repair(std::uint32_t slot) {
  const std::uint32_t index = repairs_[slot].batch;
  Batch& batch = batches_[index];
  const PendingRepair repair = repairs_.take(slot, batch);
  if (repair.lemon) ++batch.healthy_lemons;
  return {index, change_own(batch, repair.cell, 1)};
}

}  // namespace fleetrace::fleet
