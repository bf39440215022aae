#include <bit>
#include <optional>

#include "events/events.hpp"
#include "failure_domains.hpp"
#include "fleetrace/core/paired.hpp"
#include "hardware_failures.hpp"

// Device by device: each has one clock, a timer of its own from installation on. What comes first of them stands in the
// calendar, too, among all other events. Where nothing but sums depends on them, all clocks that ring before the next other
// event are swept up at once.
namespace fleetrace::fleet {
namespace {

using core::Purpose;

// Of clocks that ring in the same instant, those of repairs come first, then the device that was installed first.
constexpr unsigned kIsBack = 0;
constexpr unsigned kFails = 1;

/// Rounds a wait [ms]; one that no horizon is long enough for to 30,000 years.
std::int64_t in_milliseconds(double wait) {
  constexpr double kTooLong = 1e15;
  // A double of that size has no places behind the point.
  constexpr double kWhole = 0x1.8p52;
  if (!(wait < kTooLong)) return static_cast<std::int64_t>(kTooLong);
  return std::bit_cast<std::int64_t>(wait + kWhole) - std::bit_cast<std::int64_t>(kWhole);
}

/// What two numbers stand for where laws have no memory: the repair is kept, the life before it returned [ms].
double memoryless_life(Device& device, const std::array<std::uint64_t, 2>& numbers, const models::LifeLaw& life,
                       const models::RepairLaw& repair) {
  const auto [wait, out] = core::two_exponentials(numbers, life.parts[0].scale, repair.mean);
  device.repair = in_milliseconds(out);
  return wait;
}

/// The next life of a device that is `aged` already, and the repair that ends it: an episode of its stream for each.
double draw_life(const World& world, Device& device, double aged) {
  core::Stream stream = failure_stream(world, Purpose::failures, device.entity, device.cycle);
  const models::LifeLaw& life = failure_kind(world, device.lemon != 0).life;
  const models::RepairLaw& repair = failure_law(world).repair;
  if (aged == 0 && life.is_memoryless() && repair.is_memoryless())
    return memoryless_life(device, stream.next_two(), life, repair);
  const double wait = life.draw_after(stream, aged);
  device.repair = in_milliseconds(repair.draw(stream));
  return wait;
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
    device.repair = in_milliseconds(law.repair.draw(stream));
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
    end += static_cast<double>(device.repair);
    if (end > age) return {false, end - age};
    ++device.cycle;
    end += draw_life(world, device, 0);
  }
}

/// The clock that rings next, if any; those of devices that have retired are dropped on the way.
std::optional<engine::Buckets::Timer> first_clock(World& world) {
  while (!world.clocks.empty()) {
    const engine::Buckets::Timer first = world.clocks.first();
    if (world.devices[first.slot].batch != Batch::kNone) return first;
    world.clocks.pop();
  }
  return std::nullopt;
}

/// The calendar learns which clock comes first.
void wind(World& world) {
  world.calendar.cancel(world.next_clock);
  if (const auto first = first_clock(world)) {
    world.next_clock = world.schedule(core::Time::from_milliseconds(first->time),
                                      first->kind == kFails ? EventKind::failure : EventKind::repair, first->slot, 1);
  }
}

/// The first clock rings.
void ring(World& world, const engine::Buckets::Timer& clock) {
  world.clocks.pop();
  __builtin_prefetch(&world.devices[world.clocks.soon()], 1);
  Device& device = world.devices[clock.slot];
  const bool fails = clock.kind == kFails;
  if (fails) {
    ++world.failures;
    world.clocks.set({clock.time + device.repair, kIsBack, clock.slot});
  } else {
    ++device.cycle;
    world.clocks.set({clock.time + in_milliseconds(draw_life(world, device, 0)), kFails, clock.slot});
  }
  Batch& batch = world.batches[device.batch];
  const std::uint32_t cell = cell_of(world, batch, static_cast<std::int64_t>(clock.slot) - batch.first_device);
  change_own(world, batch, cell, fails ? -1 : 1);
}

/// Whether what a device does changes sums alone, however others are.
bool may_sweep(const World& world) {
  return world.runs_ahead && world.gathers && world.power_clocks.empty() && failure_law(world).spares == 0;
}

/// What clocks do that are swept up: the same as one by one, but summed up for each batch in a row.
class Sweep {
 public:
  explicit Sweep(World& world)
      : world_(world),
        law_(failure_law(world)),
        devices_(world.devices.data()),
        is_memoryless_(law_.repair.is_memoryless() && law_.life.is_memoryless()) {}

  template <unsigned kind>
  std::int64_t fire(std::int64_t time, std::uint32_t slot, std::uint32_t next) {
    Device& device = devices_[slot];
    if (device.batch == Batch::kNone) return engine::Buckets::kNever;
    if (device.batch != batch_) {
      flush();
      batch_ = device.batch;
      has_cells_ = world_.batches[batch_].cells > 0;
    }
    ++world_.ran_ahead;
    constexpr std::int64_t kChange = kind == kFails ? -1 : 1;
    if (!has_cells_ || changes_cell(slot, kChange)) count(time, kChange);
    if constexpr (kind == kFails) {
      ++world_.failures;
      return time + device.repair;
    } else {
      ++device.cycle;
      return time + draw(slot, next);
    }
  }

  void flush() {
    if (rung_.any) {
      Batch& batch = world_.batches[batch_];
      if (!has_cells_) batch.own_healthy += rung_.sum;
      batch.up += rung_.sum;
      batch.healthy += rung_.sum;
      batch.handed_down ? world_.gather(batch, {}, rung_) : world_.gather(batch, rung_, {});
      rung_ = {};
    }
  }

 private:
  /// The next life of a device. Where laws have no memory the one after it in the list has its numbers drawn, too.
  std::int64_t draw(std::uint32_t slot, std::uint32_t next) {
    Device& device = devices_[slot];
    if (!is_memoryless_) return in_milliseconds(draw_life(world_, device, 0));
    if (ahead_ != slot) {
      const Device& other = devices_[next];
      draws_ = core::two_of_each(stream_of(device, device.cycle), stream_of(other, other.cycle + 1));
      ahead_ = next;
    } else {
      draws_[0] = draws_[1];
      ahead_ = Batch::kNone;
    }
    const models::LifeLaw& life = device.lemon == 0 ? law_.good.life : law_.lemon.life;
    return in_milliseconds(memoryless_life(device, draws_[0], life, law_.repair));
  }
  [[nodiscard]] core::Stream stream_of(const Device& device, std::uint32_t cycle) const {
    return failure_stream(world_, Purpose::failures, device.entity, cycle);
  }

  /// Whether the domains of the device let its change be seen.
  bool changes_cell(std::uint32_t slot, std::int64_t change) {
    Batch& batch = world_.batches[batch_];
    batch.own_healthy += change;
    Cell& cell = world_.cells[cell_of(world_, batch, static_cast<std::int64_t>(slot) - batch.first_device)];
    cell.own_healthy += change;
    return cell.outages == 0;
  }

  void count(std::int64_t time, std::int64_t change) {
    if (time - world_.drift.begin >= engine::Buckets::kLength) {
      flush();
      world_.enter_bucket(core::Time::from_milliseconds(time));
    }
    rung_.count(change, time - world_.drift.since.milliseconds());
  }

  World& world_;
  const models::FailureLaw& law_;
  Device* const devices_;
  const bool is_memoryless_;
  bool has_cells_ = false;
  std::uint32_t batch_ = Batch::kNone;  ///< whose clocks rang last
  Batch::Changes rung_;                 ///< of it, not gathered yet
  std::array<std::array<std::uint64_t, 2>, 2> draws_ = {};
  std::uint32_t ahead_ = Batch::kNone;  ///< whose numbers the second ones are
};

}  // namespace

void start_devices(World& world, std::uint32_t index) {
  Batch& batch = world.batches[index];
  const models::FailureLaw& law = failure_law(world);
  const double share = law.installed_lemons();
  batch.first_device = static_cast<std::uint32_t>(world.devices.size());
  const std::size_t all = world.devices.size() + static_cast<std::size_t>(batch.count);
  if (all > world.clocks.room()) world.clocks.grow(std::bit_ceil(all));
  for (std::int64_t i = 0; i < batch.count; ++i) {
    Device device;
    device.entity = core::Entity::number(index).part(static_cast<std::uint64_t>(i));
    device.batch = index;
    if (share > 0 && failure_stream(world, Purpose::lemons, device.entity).uniform() < share) device.lemon = 1;
    const Phase phase = law.fresh ? phase_of_fresh(world, device, age_of(world, batch))
                                  : stationary_phase(world, device);
    world.clocks.set({world.now().milliseconds() + in_milliseconds(phase.left), phase.up ? kFails : kIsBack,
                      static_cast<std::uint32_t>(world.devices.size())});
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
  const auto first = world.devices.begin() + batch.first_device;
  for (auto device = first; device != first + batch.count; ++device) device->batch = Batch::kNone;
  wind(world);
}

void run_devices(World& world) {
  const std::int64_t now = world.now().milliseconds();
  const core::Time end = world.plan->horizon.end;
  const std::int64_t until = (world.calendar.empty() ? end : world.calendar.next_time()).milliseconds();
  if (may_sweep(world) && until > now) {
    Sweep sweep(world);
    world.clocks.sweep(until, sweep);
    sweep.flush();
    --world.ran_ahead;  // the first one has its event
  } else {
    ring(world, world.clocks.first());
    if (world.runs_ahead && world.gathers) {
      // What is gathered schedules nothing, so that the next event stays the next.
      for (auto next = first_clock(world); next && next->time < until; next = first_clock(world)) {
        world.calendar.advance(core::Time::from_milliseconds(next->time));
        ring(world, *next);
        ++world.ran_ahead;
      }
    }
  }
  wind(world);
}

}  // namespace fleetrace::fleet
