#include "hardware_failures.hpp"

#include "events/events.hpp"
#include "failure_domains.hpp"

namespace fleetrace::fleet {

void change_own(World& world, Batch& batch, std::uint32_t cell, std::int64_t change) {
  batch.own_healthy += change;
  if (cell == Batch::kNone) return world.change_healthy(batch, change);
  Cell& place = world.cells[cell];
  const std::int64_t before = place.healthy();
  place.own_healthy += change;
  if (place.healthy() != before) world.change_healthy(batch, change);
}

void start_failures(World& world, std::uint32_t index) {
  Batch& batch = world.batches[index];
  batch.own_healthy = batch.count;
  if (!failure_law(world).domains.empty()) lay_out_domains(world, index);
  fails_by_device(world) ? start_devices(world, index) : start_batch(world, index);
  batch.healthy = batch.own_healthy;
  if (batch.domains > 0) start_domains(world, batch);
}

void stop_failures(World& world, Batch& batch) {
  world.calendar.cancel(batch.aging);
  stop_domains(world, batch);
  stop_batch(world, batch);
  stop_devices(world, batch);
}

const Batch& World::batch_of(const Payload& payload) const {
  switch (payload.kind) {
    case EventKind::outage:
    case EventKind::restoration: return batches[domains[payload.index].batch];
    case EventKind::failure:
    case EventKind::repair: break;
    default: return batches[payload.index];
  }
  if (fails_by_device(*this)) return batches[devices[payload.index].batch];
  return batches[payload.kind == EventKind::repair ? pending_repairs[payload.index].batch : payload.index];
}

void on_failure(World& world, const Payload& payload) {
  fails_by_device(world) ? run_devices(world) : fail_in_batch(world, payload.index);
}

void on_repair(World& world, const Payload& payload) {
  fails_by_device(world) ? run_devices(world) : repair_in_batch(world, payload.index);
}

}  // namespace fleetrace::fleet
