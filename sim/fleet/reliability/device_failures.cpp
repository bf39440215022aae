#include <bit>

#include "sim/core/random/paired.hpp"
#include "sim/fleet/reliability/clock_wait.hpp"
#include "sim/fleet/reliability/reliability.hpp"

// Device by device: each has one clock, a timer of its own from installation on. The first of them to fire stands in the
// calendar, too, among all other events. Where nothing but sums depends on them, all clocks that fire before the next other
// event are skipped to at once: in no order within a bucket of time, but for batches whose spares may run out within it.
namespace fleetrace::fleet {
namespace {

// Of clocks that fire in the same instant, those of repairs come first, then the device that was installed first.
constexpr unsigned kIsBack = 0;
constexpr unsigned kFails = 1;

/// What two numbers stand for where laws have no memory: the repair is kept, the life before it returned [ms].
double memoryless_life(Device& device, const std::array<std::uint64_t, 2>& numbers, const models::LifeLaw& life,
                       const models::RepairLaw& repair) {
  const auto [wait, out] = core::two_exponentials(numbers, life.parts[0].scale, repair.mean);
  device.repair = in_milliseconds(out);
  return wait;
}

}  // namespace

using core::Purpose;

/// Draws the next life of a device that is `aged` already, and the repair that ends it: an episode of its stream for each.
double Reliability::draw_life(Device& device, double aged) const {
  core::Stream numbers = stream(Purpose::failures, device.entity, device.cycle);
  const models::LifeLaw& life = kind(device.lemon != 0).life;
  const models::RepairLaw& repair = law().repair;
  if (aged == 0 && life.is_memoryless() && repair.is_memoryless())
    return memoryless_life(device, numbers.next_two(), life, repair);
  const double wait = life.draw_after(numbers, aged);
  device.repair = in_milliseconds(repair.draw(numbers));
  return wait;
}

/// Whether a device is up, and how long that lasts [ms].
struct Reliability::Phase {
  bool up = true;
  double left = 0;
};

Reliability::Phase Reliability::stationary_phase(Device& device) const {
  core::Stream numbers = stream(Purpose::failures, device.entity, device.cycle);
  const bool mixed = law().lemons > 0;
  const double up = mixed ? kind(device.lemon != 0).availability : law().own_availability;
  if (numbers.uniform() < up) {
    // The mean of the good is read where tests and studies change it.
    const models::LifeLaw& life = device.lemon != 0 ? law().lemon.life : law().life;
    const double left = life.draw_residual(numbers);
    device.repair = in_milliseconds(law().repair.draw(numbers));
    return {true, left};
  }
  return {false, law().repair.draw_residual(numbers)};
}

/// Draws the phase of a device that lived `age` [ms] after its burn-in: what befell it is drawn, too, up to where it no longer
/// matters.
Reliability::Phase Reliability::phase_of_fresh(Device& device, double age) const {
  static constexpr double kForgotten = 30;  // cycles, as in the tables of the other fidelities
  const models::LifeLaw& life = kind(device.lemon != 0).life;
  if (age > kForgotten * (life.mean + law().repair.mean)) return stationary_phase(device);
  double end = draw_life(device, law().burn_in);
  for (;;) {
    if (end > age) return {true, end - age};
    end += static_cast<double>(device.repair);
    if (end > age) return {false, end - age};
    ++device.cycle;
    end += draw_life(device, 0);
  }
}

void Reliability::start_devices(std::uint32_t index, EventScheduler& events) {
  Batch& batch = batches_[index];
  const double share = law().installed_lemons();
  batch.first_device = static_cast<std::uint32_t>(devices_.size());
  const std::size_t all = devices_.size() + static_cast<std::size_t>(batch.count);
  if (all > clocks_.room()) clocks_.grow(std::bit_ceil(all));
  const auto age = static_cast<double>((events.now() - batch.born).milliseconds());
  for (std::int64_t i = 0; i < batch.count; ++i) {
    Device device;
    device.entity = core::Entity::number(index).part(static_cast<std::uint64_t>(i));
    device.batch = index;
    if (share > 0 && stream(Purpose::lemons, device.entity).uniform() < share) device.lemon = 1;
    const Phase phase = law().fresh ? phase_of_fresh(device, age) : stationary_phase(device);
    clocks_.set({events.now().milliseconds() + in_milliseconds(phase.left), phase.up ? kFails : kIsBack,
                 static_cast<std::uint32_t>(devices_.size())});
    if (!phase.up) change_own(batch, domains_.cell_of(batch, i), -1);
    devices_.push_back(device);
  }
  schedule_first_clock(events);
}

void Reliability::stop_devices(const Batch& batch, EventScheduler& events) {
  if (batch.first_device == Batch::kNone) return;
  const auto first = devices_.begin() + static_cast<std::ptrdiff_t>(batch.first_device);
  for (auto device = first; device != first + static_cast<std::ptrdiff_t>(batch.count); ++device)
    device->batch = Batch::kNone;
  schedule_first_clock(events);
}

std::optional<core::Time> Reliability::next_clock() {
  while (!clocks_.empty()) {
    const engine::Buckets::Timer first = clocks_.first();
    const bool runs = jumps_.on() ? batches_[first.slot].is_jumping : devices_[first.slot].batch != Batch::kNone;
    if (runs) return core::Time::from_milliseconds(first.time);
    clocks_.pop();  // its device or batch has retired
  }
  return std::nullopt;
}

void Reliability::schedule_first_clock(EventScheduler& events) {
  events.cancel(next_clock_);
  if (!next_clock()) return;
  const engine::Buckets::Timer first = clocks_.first();
  next_clock_ = events.schedule(core::Time::from_milliseconds(first.time),
                                first.kind == kFails ? EventKind::failure : EventKind::repair, first.slot, 1);
}

HealthChange Reliability::fire_clock() {
  if (jumps_.on()) return fire_jump();
  const engine::Buckets::Timer clock = clocks_.pop();
  __builtin_prefetch(&devices_[clocks_.soon()], 1);
  Device& device = devices_[clock.slot];
  const bool fails = clock.kind == kFails;
  if (fails) {
    ++failures_;
    clocks_.set({clock.time + device.repair, kIsBack, clock.slot});
  } else {
    ++device.cycle;
    clocks_.set({clock.time + in_milliseconds(draw_life(device, 0)), kFails, clock.slot});
  }
  Batch& batch = batches_[device.batch];
  const std::uint32_t cell = domains_.cell_of(batch, static_cast<std::int64_t>(clock.slot) - batch.first_device);
  return {device.batch, change_own(batch, cell, fails ? -1 : 1)};
}

/// Fires clocks that are skipped to: what they do is the same as one by one, but summed up for each batch in a row.
class Reliability::ClockSkipper {
 public:
  ClockSkipper(Reliability& reliability, const MeasuredFleet& fleet)
      : reliability_(reliability),
        fleet_(fleet),
        law_(reliability.law()),
        devices_(reliability.devices_.data()),
        is_memoryless_(law_.repair.is_memoryless() && law_.life.is_memoryless()) {}

  template <unsigned kind>
  [[gnu::always_inline]] std::int64_t fire(std::int64_t time, std::uint32_t slot, std::uint32_t next) {
    Device& device = devices_[slot];
    if (device.batch == Batch::kNone) return engine::Buckets::kNever;
    if (device.batch != batch_) begin_batch(device.batch);
    ++reliability_.skipped_events_;
    constexpr std::int64_t kChange = kind == kFails ? -1 : 1;
    if (!has_cells_ || changes_cell(slot, kChange)) count(time, kChange);
    if constexpr (kind == kFails) {
      ++reliability_.failures_;
      return time + device.repair;
    } else {
      ++device.cycle;
      return time + draw(slot, next);
    }
  }

  /// Hands all changes so far on.
  void settle() {
    flush();
    reliability_.spares_.settle(reliability_.batches_, reliability_.pending_, fleet_.inventory);
  }

 private:
  /// Hands on what was summed up of a batch: with spares all of a bucket of time is looked at together.
  void flush() {
    if (!changes_.any) return;
    Batch& batch = reliability_.batches_[batch_];
    if (!has_cells_) batch.own_healthy += changes_.sum;
    batch.up += changes_.sum;
    if (has_spares_) {
      reliability_.spares_.add(batch_, changes_);
    } else {
      batch.healthy += changes_.sum;
      const Batch::Changes none;
      reliability_.pending_.accumulate(batch_, batch.handed_down ? none : changes_, batch.handed_down ? changes_ : none,
                                       reliability_.batches_, fleet_.inventory);
    }
    changes_ = {};
  }

  /// Draws the next life of a device. Where laws have no memory the one after it in the list has its numbers drawn, too.
  std::int64_t draw(std::uint32_t slot, std::uint32_t next) {
    Device& device = devices_[slot];
    if (!is_memoryless_) return in_milliseconds(reliability_.draw_life(device, 0));
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
    return reliability_.stream(Purpose::failures, device.entity, cycle);
  }

  /// Whether the domains of the device let its change be seen.
  bool changes_cell(std::uint32_t slot, std::int64_t change) {
    Batch& batch = reliability_.batches_[batch_];
    const auto place = static_cast<std::int64_t>(slot) - batch.first_device;
    return reliability_.change_own(batch, reliability_.domains_.cell_of(batch, place), change) != 0;
  }

  // What follows is not inlined, since it is rare where it is called.
  [[gnu::noinline]] void begin_batch(std::uint32_t index) {
    flush();
    batch_ = index;
    const Batch& batch = reliability_.batches_[index];
    has_cells_ = batch.cells > 0;
    has_spares_ = SpareChanges::concern(batch);
    if (has_spares_) reliability_.spares_.expect(index);
  }
  [[gnu::noinline]] void begin_bucket(std::int64_t time) {
    settle();
    reliability_.enter_bucket(core::Time::from_milliseconds(time), fleet_);
  }

  void count(std::int64_t time, std::int64_t change) {
    PendingFailures& pending = reliability_.pending_;
    if (pending.is_beyond_bucket(time)) begin_bucket(time);
    changes_.count(change, time - pending.since().milliseconds());
    if (has_spares_) reliability_.spares_.note(batch_, change, time - pending.bucket_begin());
  }

  Reliability& reliability_;
  const MeasuredFleet& fleet_;
  const models::FailureLaw& law_;
  Device* const devices_;
  const bool is_memoryless_;
  bool has_cells_ = false;
  bool has_spares_ = false;
  std::uint32_t batch_ = Batch::kNone;  ///< whose clocks fired last
  Batch::Changes changes_;              ///< of that batch, not handed on yet
  std::array<std::array<std::uint64_t, 2>, 2> draws_ = {};
  std::uint32_t ahead_ = Batch::kNone;  ///< the device that the second numbers are for
};

void Reliability::skip_to(core::Time until, const MeasuredFleet& fleet) {
  if (jumps_.on()) {
    skip_jumps(until.milliseconds(), fleet);
  } else {
    ClockSkipper skipper(*this, fleet);
    clocks_.skip_to(until.milliseconds(), skipper);
    skipper.settle();
  }
  --skipped_events_;  // the first one has its event
}

}  // namespace fleetrace::fleet
