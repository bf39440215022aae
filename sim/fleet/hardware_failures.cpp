#include "hardware_failures.hpp"

#include <cmath>

#include "events/events.hpp"
#include "fleetrace/core/samplers.hpp"

namespace fleetrace::fleet {
namespace {

using core::Purpose;

const models::FailureLaw& law_of(const World& world) { return world.plan->plant.operations.failures; }
bool is_by_device(const World& world) { return law_of(world).fidelity == models::Fidelity::device; }

core::Stream stream(const World& world, Purpose purpose, core::Entity entity) {
  return {world.plan->draw.seed, world.plan->draw.replication, purpose, entity};
}

// Batch by batch. While n are healthy, failures come at n times the rate of one: exactly where lives are exponential, and in
// the limit of many accelerators otherwise (Palm-Khintchine). A process without memory may be drawn anew at each change.

void schedule_failure(World& world, std::uint32_t index) {
  Batch& batch = world.batches[index];
  if (batch.healthy > 0) {
    const double mean = law_of(world).life.mean / static_cast<double>(batch.healthy);
    const double wait = core::exponential(batch.lives, mean);
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

void schedule_repair(World& world, std::uint32_t index, double wait) {
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
  world.pending_repairs[slot] = {end, index, Batch::kNone, batch.first_repair};
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

void start_batch(World& world, std::uint32_t index) {
  Batch& batch = world.batches[index];
  batch.lives = stream(world, Purpose::failures, core::Entity::number(index));
  batch.repairs = stream(world, Purpose::repairs, core::Entity::number(index));
  const std::int64_t broken = core::binomial(batch.repairs, batch.count, 1 - law_of(world).availability);
  batch.healthy = batch.count - broken;
  for (std::int64_t i = 0; i < broken; ++i)
    schedule_repair(world, index, law_of(world).repair.draw_residual(batch.repairs));
  schedule_failure(world, index);
}

// Device by device. Each life and each repair has a stream of its own.

void start_devices(World& world, std::uint32_t index) {
  Batch& batch = world.batches[index];
  const models::FailureLaw& law = law_of(world);
  batch.first_device = static_cast<std::uint32_t>(world.devices.size());
  for (std::int64_t i = 0; i < batch.count; ++i) {
    Device device;
    device.entity = core::Entity::number(index).part(static_cast<std::uint64_t>(i));
    device.batch = index;
    const auto slot = static_cast<std::uint32_t>(world.devices.size());
    core::Stream lives = stream(world, Purpose::failures, device.entity.part(0));
    if (lives.uniform() < law.availability) {
      device.next = world.schedule_after(law.life.draw_residual(lives), EventKind::failure, slot, 1);
    } else {
      core::Stream repairs = stream(world, Purpose::repairs, device.entity.part(0));
      device.next = world.schedule_after(law.repair.draw_residual(repairs), EventKind::repair, slot, 1);
      --batch.healthy;
    }
    world.devices.push_back(device);
  }
}

}  // namespace

void start_failures(World& world, std::uint32_t batch) {
  is_by_device(world) ? start_devices(world, batch) : start_batch(world, batch);
}

void stop_failures(World& world, Batch& batch) {
  world.calendar.cancel(batch.failure);
  while (batch.first_repair != Batch::kNone) {
    world.calendar.cancel(world.pending_repairs[batch.first_repair].end);
    free_repair(world, batch.first_repair);
  }
  if (batch.first_device == Batch::kNone) return;
  for (std::int64_t i = 0; i < batch.count; ++i)
    world.calendar.cancel(world.devices[batch.first_device + static_cast<std::size_t>(i)].next);
}

const Batch& World::batch_of(const Payload& payload) const {
  if (payload.kind == EventKind::retirement) return batches[payload.index];
  if (is_by_device(*this)) return batches[devices[payload.index].batch];
  return batches[payload.kind == EventKind::repair ? pending_repairs[payload.index].batch : payload.index];
}

void on_failure(World& world, const Payload& payload) {
  const models::FailureLaw& law = law_of(world);
  if (is_by_device(world)) {
    Device& device = world.devices[payload.index];
    core::Stream repairs = stream(world, Purpose::repairs, device.entity.part(++device.cycle));
    device.next = world.schedule_after(law.repair.draw(repairs), EventKind::repair, payload.index, 1);
    world.fail(world.batches[device.batch]);
  } else {
    Batch& batch = world.batches[payload.index];
    schedule_repair(world, payload.index, law.repair.draw(batch.repairs));
    world.fail(batch);
    schedule_failure(world, payload.index);
  }
}

void on_repair(World& world, const Payload& payload) {
  if (is_by_device(world)) {
    Device& device = world.devices[payload.index];
    core::Stream lives = stream(world, Purpose::failures, device.entity.part(++device.cycle));
    device.next = world.schedule_after(law_of(world).life.draw(lives), EventKind::failure, payload.index, 1);
    world.mend(world.batches[device.batch]);
  } else {
    const std::uint32_t index = world.pending_repairs[payload.index].batch;
    free_repair(world, payload.index);
    world.mend(world.batches[index]);
    schedule_failure(world, index);
  }
}

}  // namespace fleetrace::fleet
