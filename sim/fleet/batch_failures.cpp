#include <cmath>
#include <limits>

#include "events/events.hpp"
#include "failure_domains.hpp"
#include "fleetrace/core/samplers.hpp"
#include "fleetrace/models/renewal.hpp"
#include "hardware_failures.hpp"

// Batch by batch. While n are healthy, failures come at n times the rate of one: exactly where lives are exponential, and in
// the limit of many accelerators otherwise (Palm-Khintchine). Of a fresh batch that rate is the mean one at its age, which
// keeps the means of all. A process without memory may be drawn anew at each change. Good accelerators and lemons are two
// such processes.

namespace fleetrace::fleet {
namespace {

using core::Purpose;

double wait_of(World& world, Batch& batch, bool lemon) {
  const std::int64_t healthy = lemon ? batch.healthy_lemons : batch.own_healthy - batch.healthy_lemons;
  if (healthy == 0) return std::numeric_limits<double>::infinity();
  const models::FailureKind& kind = failure_kind(world, lemon);
  if (kind.ages != nullptr) {
    const double hazard = core::exponential(batch.lives, 1 / static_cast<double>(healthy));
    return kind.ages->wait(age_of(world, batch), hazard);
  }
  // The mean of the good is read where tests and studies change it.
  const double mean = lemon ? kind.life.mean : failure_law(world).life.mean;
  return core::exponential(batch.lives, mean / static_cast<double>(healthy));
}

void schedule_failure(World& world, std::uint32_t index) {
  Batch& batch = world.batches[index];
  if (batch.own_healthy > 0) {
    double wait = wait_of(world, batch, false);
    batch.lemon_next = false;
    if (batch.lemons > 0) {
      const double other = wait_of(world, batch, true);
      batch.lemon_next = other < wait;
      wait = std::min(wait, other);
    }
    if (wait < static_cast<double>((world.plan->horizon.end - world.now()).milliseconds())) {
      const core::Time at = world.now() + core::Duration::from_milliseconds(std::llround(wait));
      if (at < world.plan->horizon.end && world.calendar.reschedule(batch.failure, at, phase_of(EventKind::failure)))
        return;
      world.calendar.cancel(batch.failure);
      batch.failure = world.schedule(at, EventKind::failure, index, 1);
      return;
    }
  }
  world.calendar.cancel(batch.failure);
}

void schedule_repair(World& world, std::uint32_t index, double wait, std::uint32_t cell, bool lemon) {
  Batch& batch = world.batches[index];
  std::uint32_t slot = world.free_repair;
  const bool is_new = slot == Batch::kNone;
  if (is_new) slot = static_cast<std::uint32_t>(world.pending_repairs.size());
  const engine::EventId end = world.schedule_after(wait, EventKind::repair, slot, 1);
  if (!world.calendar.pending(end)) return;  // beyond the horizon
  if (is_new) {
    world.pending_repairs.emplace_back();
  } else {
    world.free_repair = world.pending_repairs[slot].after;
  }
  world.pending_repairs[slot] = {end, index, Batch::kNone, batch.first_repair, cell, lemon};
  if (batch.first_repair != Batch::kNone) world.pending_repairs[batch.first_repair].before = slot;
  batch.first_repair = slot;
}

void free_repair(World& world, std::uint32_t slot) {
  PendingRepair& repair = world.pending_repairs[slot];
  if (repair.before != Batch::kNone) {
    world.pending_repairs[repair.before].after = repair.after;
  } else {
    world.batches[repair.batch].first_repair = repair.after;
  }
  if (repair.after != Batch::kNone) world.pending_repairs[repair.after].before = repair.before;
  repair.after = world.free_repair;
  world.free_repair = slot;
}

/// Has so many of a new batch be in repair already.
void start_kind(World& world, std::uint32_t index, std::int64_t count, bool lemon) {
  Batch& batch = world.batches[index];
  const models::FailureLaw& law = failure_law(world);
  const models::FailureKind& kind = failure_kind(world, lemon);
  double up = lemon ? kind.availability : law.lemons > 0 ? law.good.availability : law.own_availability;
  if (kind.ages != nullptr) up = kind.ages->up(age_of(world, batch));
  const std::int64_t broken = core::binomial(batch.repairs, count, 1 - up);
  if (lemon) batch.healthy_lemons = count - broken;
  if (turns_over(world, batch)) {
    batch.own_healthy -= broken;
    return;
  }
  for (std::int64_t i = 0; i < broken; ++i) {
    const std::uint32_t cell = random_healthy_cell(world, batch, batch.repairs);
    if (cell != Batch::kNone) --world.cells[cell].own_healthy;
    --batch.own_healthy;
    schedule_repair(world, index, law.repair.draw_residual(batch.repairs), cell, lemon);
  }
}

}  // namespace

void start_batch(World& world, std::uint32_t index) {
  Batch& batch = world.batches[index];
  batch.lives = failure_stream(world, Purpose::failures, core::Entity::number(index));
  batch.repairs = failure_stream(world, Purpose::repairs, core::Entity::number(index));
  if (const double share = failure_law(world).installed_lemons(); share > 0) {
    core::Stream lemons = failure_stream(world, Purpose::lemons, core::Entity::number(index));
    batch.lemons = core::binomial(lemons, batch.count, share);
  }
  start_kind(world, index, batch.count - batch.lemons, false);
  if (batch.lemons > 0) start_kind(world, index, batch.lemons, true);
  turns_over(world, batch) ? schedule_turnover(world, index) : schedule_failure(world, index);
}

void stop_batch(World& world, Batch& batch) {
  world.calendar.cancel(batch.failure);
  while (batch.first_repair != Batch::kNone) {
    world.calendar.cancel(world.pending_repairs[batch.first_repair].end);
    free_repair(world, batch.first_repair);
  }
}

void fail_in_batch(World& world, std::uint32_t index) {
  ++world.failures;
  Batch& batch = world.batches[index];
  const std::uint32_t cell = random_healthy_cell(world, batch, batch.repairs);
  schedule_repair(world, index, failure_law(world).repair.draw(batch.repairs), cell, batch.lemon_next);
  if (batch.lemon_next) --batch.healthy_lemons;
  change_own(world, batch, cell, -1);
  schedule_failure(world, index);
}

void repair_in_batch(World& world, std::uint32_t slot) {
  const PendingRepair repair = world.pending_repairs[slot];
  free_repair(world, slot);
  Batch& batch = world.batches[repair.batch];
  if (repair.lemon) ++batch.healthy_lemons;
  change_own(world, batch, repair.cell, 1);
  schedule_failure(world, repair.batch);
}

}  // namespace fleetrace::fleet
