#pragma once

#include "fleetrace/fleet/world.hpp"

/// Failures as events, batch by batch or device by device; both begin in the stationary regime.
namespace fleetrace::fleet {

/// Draws who of a new batch is in repair, and when what happens next.
void start_failures(World& world, std::uint32_t index);
/// Cancels all that is pending for a batch.
void stop_failures(World& world, Batch& batch);

/// Whether nothing but sums depends on failures, so that they may be settled together: a job, a run's throughput and serving
/// answer to each.
[[nodiscard]] inline bool may_gather(const Plant& plant) {
  const Operations& operations = plant.operations;
  return operations.failures.drawn() && !operations.job && !operations.throughput.active() && !plant.demand;
}

// What both fidelities share.

[[nodiscard]] inline const models::FailureLaw& failure_law(const World& world) {
  return world.plan->plant.operations.failures;
}
[[nodiscard]] inline const models::FailureKind& failure_kind(const World& world, bool lemon) {
  return lemon ? failure_law(world).lemon : failure_law(world).good;
}
[[nodiscard]] inline bool fails_by_device(const World& world) {
  return failure_law(world).fidelity == models::Fidelity::device;
}
[[nodiscard]] inline core::Stream failure_stream(const World& world, core::Purpose purpose, core::Entity entity,
                                                 std::uint32_t episode = 0) {
  return {world.plan->draw.seed, world.plan->draw.replication, purpose, entity, episode};
}
/// How long ago the lives of a batch began [ms].
[[nodiscard]] inline double age_of(const World& world, const Batch& batch) {
  return static_cast<double>((world.now() - batch.born).milliseconds());
}
/// An accelerator's own clock stops (-1) or goes on (1): it is up where its domains are, too.
void change_own(World& world, Batch& batch, std::uint32_t cell, std::int64_t change);

// Batch by batch: sim/fleet/batch_failures.cpp.

void start_batch(World& world, std::uint32_t index);
void stop_batch(World& world, Batch& batch);
void fail_in_batch(World& world, std::uint32_t index);
void repair_in_batch(World& world, std::uint32_t slot);

// Many at a time, where all laws are without memory: sim/fleet/turnover.cpp.

/// Whether a batch takes so many failures a step that they need no event each.
[[nodiscard]] bool turns_over(const World& world, const Batch& batch);
void schedule_turnover(World& world, std::uint32_t index);

// Device by device: sim/fleet/device_failures.cpp.

void start_devices(World& world, std::uint32_t index);
void stop_devices(World& world, Batch& batch);
/// The first clock, and all those that follow before anything else happens.
void run_devices(World& world);

}  // namespace fleetrace::fleet
