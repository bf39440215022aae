#include "sim/fleet/reliability/batch_jumps.hpp"

#include <algorithm>
#include <bit>

#include "sim/core/random/paired.hpp"
#include "sim/fleet/reliability/clock_wait.hpp"
#include "sim/fleet/reliability/reliability.hpp"

namespace fleetrace::fleet {

using core::Stream;

void BatchJumps::reset(const models::FailureLaw& law, const Draw& draw) {
  on_ = law.fidelity == models::Fidelity::aggregate && law.domains.empty() && law.life.is_memoryless() &&
        law.repair.is_memoryless() && law.repair.mean > 0;
  if (!on_) return;
  draw_ = draw;
  fail_ = 1 / law.life.mean;
  lemon_fail_ = law.lemons > 0 ? 1 / law.lemon.life.mean : 0;
  repair_ = 1 / law.repair.mean;
}

void BatchJumps::draw_numbers(Batch& batch, std::uint32_t index) const {
  const auto stream = [&](std::uint32_t episode) {
    return Stream(draw_.seed, draw_.replication, core::Purpose::failures, core::Entity::number(index), episode);
  };
  for (std::uint32_t i = 0; i < batch.jump_numbers.size(); i += 2) {
    const std::uint32_t jump = batch.jumps + i;
    const auto [first, second] = core::two_of_each(stream(jump), stream(jump + 1));
    const auto waits = core::two_exponentials({first[0], second[0]}, 1, 1);
    batch.jump_numbers[i] = {waits[0], Stream::to_uniform(first[1])};
    batch.jump_numbers[i + 1] = {waits[1], Stream::to_uniform(second[1])};
  }
}

inline std::int64_t BatchJumps::draw(Batch& batch, std::uint32_t index) const {
  const auto rate = [](double one, std::int64_t count) { return one * static_cast<double>(count); };
  const std::size_t place = batch.jumps % batch.jump_numbers.size();
  if (place == 0) draw_numbers(batch, index);
  ++batch.jumps;
  const Batch::JumpNumbers numbers = batch.jump_numbers[place];
  const double good = rate(fail_, batch.own_healthy - batch.healthy_lemons);
  const double fails = good + rate(lemon_fail_, batch.healthy_lemons);
  const double all = fails + rate(repair_, batch.count - batch.own_healthy);
  const double which = numbers.which * all;
  batch.jump_fails = which < fails;
  if (batch.lemons > 0) {
    const double broken_lemons = rate(repair_, batch.lemons - batch.healthy_lemons);
    batch.lemon_next = batch.jump_fails ? which >= good : which < fails + broken_lemons;
  }
  return in_milliseconds(numbers.wait / all);
}

void Reliability::start_jumps(std::uint32_t index, EventScheduler& events) {
  if (index >= clocks_.room()) clocks_.grow(std::bit_ceil(std::size_t{index} + 1));
  Batch& batch = batches_[index];
  batch.is_jumping = true;
  const std::int64_t wait = jumps_.draw(batch, index);
  clocks_.set({events.now().milliseconds() + wait, batch.jump_fails ? 1U : 0U, index});
  schedule_first_clock(events);
}

HealthChange Reliability::fire_jump() {
  const engine::Buckets::Timer clock = clocks_.pop();
  Batch& batch = batches_[clock.slot];
  failures_ += batch.jump_fails ? 1 : 0;
  const std::int64_t change = BatchJumps::take(batch);
  const std::int64_t wait = jumps_.draw(batch, clock.slot);
  clocks_.set({clock.time + wait, batch.jump_fails ? 1U : 0U, clock.slot});
  return {clock.slot, change};
}

/// Fires clocks that are skipped to: a batch goes through all its changes within a bucket of time, whatever others do. Its spares see
/// them in their order. Where no other batch has a clock, it goes on from bucket to bucket.
class Reliability::JumpSkipper {
 public:
  JumpSkipper(Reliability& reliability, std::int64_t until, const MeasuredFleet& fleet)
      : reliability_(reliability), until_(until), fleet_(fleet), is_alone_(has_one_clock()) {}

  template <unsigned kind>
  std::int64_t fire(std::int64_t time, std::uint32_t slot, std::uint32_t /*next*/) {
    if (!reliability_.batches_[slot].is_jumping) return engine::Buckets::kNever;
    const std::int64_t end = std::min(until_, reliability_.setup_->horizon.end.milliseconds());
    do time = fire_bucket(time, slot);
    while (is_alone_ && time < end);
    return time;
  }

 private:
  /// Whether one batch alone has a clock. Of more than a few batches it is not asked, since it is asked at every event.
  [[nodiscard]] bool has_one_clock() const {
    constexpr std::ptrdiff_t kFew = 8;
    const auto first = reliability_.batches_.begin() + static_cast<std::ptrdiff_t>(reliability_.first_alive_);
    const auto end = reliability_.batches_.end();
    return end - first <= kFew && std::count_if(first, end, [](const Batch& each) { return each.is_jumping; }) == 1;
  }

  /// Fires the clock of a batch up to the end of its bucket of time. Returns when it is due next.
  std::int64_t fire_bucket(std::int64_t time, std::uint32_t slot) {
    Batch& batch = reliability_.batches_[slot];
    PendingFailures& pending = reliability_.pending_;
    if (pending.is_beyond_bucket(time)) reliability_.enter_bucket(core::Time::from_milliseconds(time), fleet_);
    const std::int64_t since = pending.since().milliseconds();
    Batch::Changes working;
    Batch::Changes idle;
    std::uint64_t skipped = 0;
    std::int64_t failures = 0;
    do {
      ++skipped;
      failures += static_cast<std::int64_t>(batch.jump_fails);
      const std::int64_t change = BatchJumps::take(batch);
      const std::int64_t starting = reliability_.change_healthy(slot, change);
      batch.up += change;
      (starting != 0 ? working : idle).count(change, time - since);
      time += reliability_.jumps_.draw(batch, slot);
    } while (time < until_ && !pending.is_beyond_bucket(time));
    reliability_.skipped_events_ += skipped;
    reliability_.failures_ += failures;
    pending.accumulate(slot, working, idle, reliability_.batches_, fleet_.inventory);
    return time;
  }

  Reliability& reliability_;
  const std::int64_t until_;  ///< [ms since 1970]
  const MeasuredFleet& fleet_;
  const bool is_alone_;
};

void Reliability::skip_jumps(std::int64_t until, const MeasuredFleet& fleet) {
  JumpSkipper skipper(*this, until, fleet);
  clocks_.skip_to(until, skipper);
}

}  // namespace fleetrace::fleet
