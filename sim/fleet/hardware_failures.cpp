#include "hardware_failures.hpp"

#include <cmath>
#include <limits>

#include "events/events.hpp"
#include "failure_domains.hpp"
#include "fleetrace/core/samplers.hpp"
#include "fleetrace/models/renewal.hpp"

namespace fleetrace::fleet {
namespace {

using core::Purpose;

const models::FailureLaw& law_of(const World& world) { return world.plan->plant.operations.failures; }
bool is_by_device(const World& world) { return law_of(world).fidelity == models::Fidelity::device; }
const models::FailureKind& kind_of(const World& world, bool lemon) {
  return lemon ? law_of(world).lemon : law_of(world).good;
}

core::Stream stream(const World& world, Purpose purpose, core::Entity entity) {
  return {world.plan->draw.seed, world.plan->draw.replication, purpose, entity};
}

double age(const World& world, const Batch& batch) {
  return static_cast<double>((world.now() - batch.born).milliseconds());
}

/// The accelerator's own clock stops or goes on: it is up where its domains are, too.
void change_own(World& world, Batch& batch, std::uint32_t cell, int change) {
  batch.own_healthy += change;
  if (cell == Batch::kNone) return world.change_healthy(batch, change);
  Cell& place = world.cells[cell];
  const std::int64_t before = place.healthy();
  place.own_healthy += change;
  if (place.healthy() != before) world.change_healthy(batch, change);
}

// Batch by batch. While n are healthy, failures come at n times the rate of one: exactly where lives are exponential, and in
// the limit of many accelerators otherwise (Palm-Khintchine). Of a fresh batch that rate is the mean one at its age, which
// keeps the means of all. A process without memory may be drawn anew at each change. Good accelerators and lemons are two
// such processes.

double wait_of(World& world, Batch& batch, bool lemon) {
  const std::int64_t healthy = lemon ? batch.healthy_lemons : batch.own_healthy - batch.healthy_lemons;
  if (healthy == 0) return std::numeric_limits<double>::infinity();
  const models::FailureKind& kind = kind_of(world, lemon);
  if (kind.ages != nullptr) {
    const double hazard = core::exponential(batch.lives, 1 / static_cast<double>(healthy));
    return kind.ages->wait(age(world, batch), hazard);
  }
  // The mean of the good is read where tests and studies change it.
  const double mean = lemon ? kind.life.mean : law_of(world).life.mean;
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
  const models::FailureLaw& law = law_of(world);
  const models::FailureKind& kind = kind_of(world, lemon);
  double up = lemon ? kind.availability : law.lemons > 0 ? law.good.availability : law.own_availability;
  if (kind.ages != nullptr) up = kind.ages->up(age(world, batch));
  const std::int64_t broken = core::binomial(batch.repairs, count, 1 - up);
  for (std::int64_t i = 0; i < broken; ++i) {
    const std::uint32_t cell = random_healthy_cell(world, batch, batch.repairs);
    if (cell != Batch::kNone) --world.cells[cell].own_healthy;
    --batch.own_healthy;
    schedule_repair(world, index, law.repair.draw_residual(batch.repairs), cell, lemon);
  }
  if (lemon) batch.healthy_lemons = count - broken;
}

void start_batch(World& world, std::uint32_t index) {
  Batch& batch = world.batches[index];
  batch.lives = stream(world, Purpose::failures, core::Entity::number(index));
  batch.repairs = stream(world, Purpose::repairs, core::Entity::number(index));
  if (const double share = law_of(world).installed_lemons(); share > 0) {
    core::Stream lemons = stream(world, Purpose::lemons, core::Entity::number(index));
    batch.lemons = core::binomial(lemons, batch.count, share);
  }
  start_kind(world, index, batch.count - batch.lemons, false);
  if (batch.lemons > 0) start_kind(world, index, batch.lemons, true);
  schedule_failure(world, index);
}

// Device by device. Each life and each repair has a stream of its own.

double draw_life(const World& world, const Device& device, double aged) {
  core::Stream lives = stream(world, Purpose::failures, device.entity.part(device.cycle));
  return kind_of(world, device.lemon != 0).life.draw_after(lives, aged);
}

double draw_repair(const World& world, const Device& device) {
  core::Stream repairs = stream(world, Purpose::repairs, device.entity.part(device.cycle));
  return law_of(world).repair.draw(repairs);
}

/// Whether it is up, and how long that lasts [ms].
struct Phase {
  bool up = true;
  double left = 0;
};

Phase stationary_phase(const World& world, const Device& device) {
  const models::FailureLaw& law = law_of(world);
  core::Stream lives = stream(world, Purpose::failures, device.entity.part(0));
  const bool mixed = law.lemons > 0;
  const double up = mixed ? kind_of(world, device.lemon != 0).availability : law.own_availability;
  if (lives.uniform() < up) {
    const models::LifeLaw& life = device.lemon != 0 ? law.lemon.life : law.life;
    return {true, life.draw_residual(lives)};
  }
  core::Stream repairs = stream(world, Purpose::repairs, device.entity.part(0));
  return {false, law.repair.draw_residual(repairs)};
}

/// After its burn-in it lived `age` already: what befell it is drawn, too, up to where it no longer matters.
Phase phase_of_fresh(const World& world, Device& device, double age) {
  static constexpr double kForgotten = 30;  // cycles, as in the tables of the other fidelities
  const models::FailureLaw& law = law_of(world);
  const models::LifeLaw& life = kind_of(world, device.lemon != 0).life;
  if (age > kForgotten * (life.mean + law.repair.mean)) return stationary_phase(world, device);
  double end = draw_life(world, device, law.burn_in);
  for (bool up = true;; up = !up) {
    if (end > age) return {up, end - age};
    ++device.cycle;
    end += up ? draw_repair(world, device) : draw_life(world, device, 0);
  }
}

void start_devices(World& world, std::uint32_t index) {
  Batch& batch = world.batches[index];
  const models::FailureLaw& law = law_of(world);
  const double share = law.installed_lemons();
  batch.first_device = static_cast<std::uint32_t>(world.devices.size());
  for (std::int64_t i = 0; i < batch.count; ++i) {
    Device device;
    device.entity = core::Entity::number(index).part(static_cast<std::uint64_t>(i));
    device.batch = index;
    if (share > 0 && stream(world, Purpose::lemons, device.entity).uniform() < share) device.lemon = 1;
    const auto slot = static_cast<std::uint32_t>(world.devices.size());
    const Phase phase = law.fresh ? phase_of_fresh(world, device, age(world, batch)) : stationary_phase(world, device);
    device.next = world.schedule_after(phase.left, phase.up ? EventKind::failure : EventKind::repair, slot, 1);
    if (!phase.up) {
      --batch.own_healthy;
      if (const std::uint32_t cell = cell_of(world, batch, i); cell != Batch::kNone) --world.cells[cell].own_healthy;
    }
    world.devices.push_back(device);
  }
}

std::uint32_t cell_of_device(const World& world, std::uint32_t slot) {
  const Batch& batch = world.batches[world.devices[slot].batch];
  return cell_of(world, batch, static_cast<std::int64_t>(slot) - batch.first_device);
}

}  // namespace

void start_failures(World& world, std::uint32_t index) {
  Batch& batch = world.batches[index];
  batch.own_healthy = batch.count;
  if (!law_of(world).domains.empty()) lay_out_domains(world, index);
  is_by_device(world) ? start_devices(world, index) : start_batch(world, index);
  batch.healthy = batch.own_healthy;
  if (batch.domains > 0) start_domains(world, batch);
}

void stop_failures(World& world, Batch& batch) {
  world.calendar.cancel(batch.failure);
  world.calendar.cancel(batch.aging);
  stop_domains(world, batch);
  while (batch.first_repair != Batch::kNone) {
    world.calendar.cancel(world.pending_repairs[batch.first_repair].end);
    free_repair(world, batch.first_repair);
  }
  if (batch.first_device == Batch::kNone) return;
  for (std::int64_t i = 0; i < batch.count; ++i)
    world.calendar.cancel(world.devices[batch.first_device + static_cast<std::size_t>(i)].next);
}

const Batch& World::batch_of(const Payload& payload) const {
  switch (payload.kind) {
    case EventKind::outage:
    case EventKind::restoration: return batches[domains[payload.index].batch];
    case EventKind::failure:
    case EventKind::repair: break;
    default: return batches[payload.index];
  }
  if (is_by_device(*this)) return batches[devices[payload.index].batch];
  return batches[payload.kind == EventKind::repair ? pending_repairs[payload.index].batch : payload.index];
}

void on_failure(World& world, const Payload& payload) {
  const models::FailureLaw& law = law_of(world);
  ++world.failures;
  if (is_by_device(world)) {
    Device& device = world.devices[payload.index];
    ++device.cycle;
    device.next = world.schedule_after(draw_repair(world, device), EventKind::repair, payload.index, 1);
    change_own(world, world.batches[device.batch], cell_of_device(world, payload.index), -1);
  } else {
    Batch& batch = world.batches[payload.index];
    const std::uint32_t cell = random_healthy_cell(world, batch, batch.repairs);
    schedule_repair(world, payload.index, law.repair.draw(batch.repairs), cell, batch.lemon_next);
    if (batch.lemon_next) --batch.healthy_lemons;
    change_own(world, batch, cell, -1);
    schedule_failure(world, payload.index);
  }
}

void on_repair(World& world, const Payload& payload) {
  if (is_by_device(world)) {
    Device& device = world.devices[payload.index];
    ++device.cycle;
    device.next = world.schedule_after(draw_life(world, device, 0), EventKind::failure, payload.index, 1);
    change_own(world, world.batches[device.batch], cell_of_device(world, payload.index), 1);
  } else {
    const PendingRepair repair = world.pending_repairs[payload.index];
    free_repair(world, payload.index);
    Batch& batch = world.batches[repair.batch];
    if (repair.lemon) ++batch.healthy_lemons;
    change_own(world, batch, repair.cell, 1);
    schedule_failure(world, repair.batch);
  }
}

}  // namespace fleetrace::fleet
