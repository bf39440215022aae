#include <algorithm>
#include <bit>
#include <limits>

#include "events/events.hpp"
#include "failure_domains.hpp"
#include "hardware_failures.hpp"

// Device by device: each has one clock, a slot in a tournament of its own that it keeps from installation on. What comes first
// there stands in the calendar, too, among all other events.
namespace fleetrace::fleet {
namespace {

using core::Purpose;

/// Later than any horizon, and still before slots that are free.
constexpr std::int64_t kNeverAgain = std::numeric_limits<std::int64_t>::max() - 1;
/// Of clocks that ring in the same instant, those of repairs come first, then the device that was installed first.
constexpr std::uint64_t kFails = std::uint64_t{1} << 32;

bool fails(const engine::TimerEntry& clock) { return (clock.order & kFails) != 0; }

std::int64_t time_after(const World& world, double wait) {
  if (!(wait < static_cast<double>((world.plan->horizon.end - world.now()).milliseconds()))) return kNeverAgain;
  const auto whole = static_cast<std::int64_t>(wait);
  return world.now().milliseconds() + whole + (wait - static_cast<double>(whole) < 0.5 ? 0 : 1);
}

/// The next life of a device that is `aged` already, and the repair that ends it: an episode of its stream for each.
double draw_life(const World& world, Device& device, double aged) {
  core::Stream stream = failure_stream(world, Purpose::failures, device.entity, device.cycle);
  const double life = failure_kind(world, device.lemon != 0).life.draw_after(stream, aged);
  device.repair = failure_law(world).repair.draw(stream);
  return life;
}

/// Whether it is up, and how long that lasts [ms].
struct Phase {
  bool up = true;
  double left = 0;
};

Phase stationary_phase(const World& world, Device& device) {
  const models::FailureLaw& law = failure_law(world);
  core::Stream stream = failure_stream(world, Purpose::failures, device.entity, device.cycle);
  const bool mixed = law.lemons > 0;
  const double up = mixed ? failure_kind(world, device.lemon != 0).availability : law.own_availability;
  if (stream.uniform() < up) {
    // The mean of the good is read where tests and studies change it.
    const models::LifeLaw& life = device.lemon != 0 ? law.lemon.life : law.life;
    const double left = life.draw_residual(stream);
    device.repair = law.repair.draw(stream);
    return {true, left};
  }
  return {false, law.repair.draw_residual(stream)};
}

/// After its burn-in it lived `age` already: what befell it is drawn, too, up to where it no longer matters.
Phase phase_of_fresh(const World& world, Device& device, double age) {
  static constexpr double kForgotten = 30;  // cycles, as in the tables of the other fidelities
  const models::FailureLaw& law = failure_law(world);
  const models::LifeLaw& life = failure_kind(world, device.lemon != 0).life;
  if (age > kForgotten * (life.mean + law.repair.mean)) return stationary_phase(world, device);
  double end = draw_life(world, device, law.burn_in);
  for (;;) {
    if (end > age) return {true, end - age};
    end += device.repair;
    if (end > age) return {false, end - age};
    ++device.cycle;
    end += draw_life(world, device, 0);
  }
}

/// The calendar learns which clock comes first.
void wind(World& world) {
  world.calendar.cancel(world.next_clock);
  if (world.clocks.empty()) return;
  const engine::TimerEntry first = world.clocks.top();
  if (first.time == kNeverAgain) return;
  world.next_clock = world.schedule(core::Time::from_milliseconds(first.time),
                                    fails(first) ? EventKind::failure : EventKind::repair, first.slot, 1);
}

/// Sets the clock that has just been taken out anew.
void set_clock(World& world, std::int64_t time, std::uint64_t order) {
  world.clocks.push(time, order);
  if (world.clocks.is_large()) __builtin_prefetch(&world.devices[world.clocks.soon()], 1);
}

/// The first clock rings.
void ring(World& world) {
  const engine::TimerEntry clock = world.clocks.pop();
  Device& device = world.devices[clock.slot];
  Batch& batch = world.batches[device.batch];
  const std::uint32_t cell = cell_of(world, batch, static_cast<std::int64_t>(clock.slot) - batch.first_device);
  if (fails(clock)) {
    ++world.failures;
    set_clock(world, time_after(world, device.repair), clock.slot);
    change_own(world, batch, cell, -1);
  } else {
    ++device.cycle;
    set_clock(world, time_after(world, draw_life(world, device, 0)), kFails | clock.slot);
    change_own(world, batch, cell, 1);
  }
}

}  // namespace

void start_devices(World& world, std::uint32_t index) {
  Batch& batch = world.batches[index];
  const models::FailureLaw& law = failure_law(world);
  const double share = law.installed_lemons();
  batch.first_device = static_cast<std::uint32_t>(world.devices.size());
  const std::size_t all = world.devices.size() + static_cast<std::size_t>(batch.count);
  if (all > world.clocks.slots()) world.clocks.grow(std::bit_ceil(std::max<std::size_t>(all, 4)));
  for (std::int64_t i = 0; i < batch.count; ++i) {
    Device device;
    device.entity = core::Entity::number(index).part(static_cast<std::uint64_t>(i));
    device.batch = index;
    if (share > 0 && failure_stream(world, Purpose::lemons, device.entity).uniform() < share) device.lemon = 1;
    const Phase phase = law.fresh ? phase_of_fresh(world, device, age_of(world, batch))
                                  : stationary_phase(world, device);
    world.clocks.push(time_after(world, phase.left), (phase.up ? kFails : 0) | world.devices.size());
    if (!phase.up) {
      --batch.own_healthy;
      if (const std::uint32_t cell = cell_of(world, batch, i); cell != Batch::kNone) --world.cells[cell].own_healthy;
    }
    world.devices.push_back(device);
  }
  wind(world);
}

void stop_devices(World& world, Batch& batch) {
  if (batch.first_device == Batch::kNone) return;
  for (std::int64_t i = 0; i < batch.count; ++i) {
    const auto slot = static_cast<std::uint32_t>(batch.first_device + i);
    world.clocks.update({kNeverAgain, slot, slot});
  }
  wind(world);
}

void run_devices(World& world) {
  ring(world);
  if (world.runs_ahead && world.gathers) {
    // What is gathered schedules nothing, so that the next event stays the next.
    const std::int64_t until = world.calendar.empty() ? kNeverAgain : world.calendar.next_time().milliseconds();
    for (std::int64_t next = world.clocks.top().time; next < until; next = world.clocks.top().time) {
      world.calendar.advance(core::Time::from_milliseconds(next));
      ring(world);
      ++world.ran_ahead;
    }
  }
  wind(world);
}

}  // namespace fleetrace::fleet
