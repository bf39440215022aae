#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <vector>

#include "fleetrace/core/time.hpp"
#include "sim/engine/event.hpp"
#include "sim/engine/order.hpp"
#include "sim/engine/tournament.hpp"

namespace fleetrace::engine {

namespace detail {
[[noreturn]] void throw_in_the_past(core::Time time, core::Time now);
[[noreturn]] void throw_instant_closed(core::Time time);
[[noreturn]] void throw_no_such_phase(Phase phase);
[[noreturn]] void throw_nothing_pending();
[[noreturn]] void throw_passed_over(core::Time time);
[[noreturn]] void throw_endless_instant(core::Time time);
[[noreturn]] void throw_sequence_exhausted();
[[noreturn]] void throw_too_many_pending();
}  // namespace detail

/// The event calendar: all pending events, in the order in which they will happen.
///
/// Order is total: (time, round, phase, sequence). An event for a later instant is in round 0 of that instant. Within the
/// current instant, an event for the current phase or a later one joins the current round, and an event for an earlier
/// phase joins the next round; the closing phase follows the last round. Among equals, the event that was scheduled first
/// comes first. Nothing else decides.
///
/// Times may be any core::Time, both ends included. Contract violations throw std::logic_error and change nothing:
/// scheduling before now(), scheduling an ordinary phase of an instant that is being closed, a phase above 15, popping
/// from an empty calendar. More than 65535 rounds in one instant throw EndlessInstant, more than 1.7e13 schedule calls
/// without a clear() std::overflow_error, more than 2.1e9 pending events std::length_error.
///
/// Cost: schedule, cancel, reschedule and pop take time logarithmic in the number of pending events and allocate only when
/// more are pending than ever before; a pop followed by a schedule takes the time of one of the two. Memory for each of
/// the most events ever pending: a Payload and 29 to 35 bytes (25 1/3 or 30 2/3 for the tournament, 4 for the generation),
/// and up to twice that after growth. A copy is independent and replays identically; a calendar that was moved from is
/// empty.
template <class Payload>
class Calendar {
  static_assert(std::is_trivially_copyable_v<Payload>, "payloads are copied as bytes: hold an index, not an owner");

 public:
  explicit Calendar(core::Time start = core::Time::earliest()) : now_(start) {}

  EventId schedule(core::Time time, Phase phase, const Payload& payload) {
    const std::uint64_t order = next_order(time, phase);
    if (!timers_.has_free_slot()) add_slots();
    const std::uint32_t slot = timers_.push(time.milliseconds(), order);
    fetch_soon();
    ++sequence_;
    Record& record = records_[slot];
    record.payload = payload;
    return {slot, ++record.generation};
  }

  /// Schedules the event that was popped last once more, with its id and payload and a new sequence number: the cheapest way
  /// to schedule a periodic event. Does nothing and returns false if, since the pop, another event was scheduled, the
  /// calendar was asked for its next event or cleared, or if the pop was pop_closing.
  bool repeat(EventId id, core::Time time, Phase phase) {
    if (id.slot != timers_.stale() || records_[id.slot].generation != id.generation + 1) return false;
    const std::uint64_t order = next_order(time, phase);
    timers_.push(time.milliseconds(), order);
    fetch_soon();
    ++sequence_;
    records_[id.slot].generation = id.generation;
    return true;
  }

  /// Removes a pending event. Returns false if the event has happened or was cancelled already.
  bool cancel(EventId id) {
    if (!pending(id)) return false;
    remove(id.slot);
    return true;
  }

  /// Moves a pending event; its id and payload stay. It takes a new sequence number, as if it had been cancelled and
  /// scheduled anew, also when time and phase stay the same. Returns false if it has happened or was cancelled already.
  bool reschedule(EventId id, core::Time time, Phase phase) {
    if (!pending(id)) return false;
    const std::uint64_t order = next_order(time, phase);
    ++sequence_;
    timers_.update({time.milliseconds(), order, id.slot});
    return true;
  }

  [[nodiscard]] bool pending(EventId id) const {
    return id.slot < records_.size() && records_[id.slot].generation == id.generation;
  }
  [[nodiscard]] bool empty() const { return timers_.empty(); }
  [[nodiscard]] std::size_t size() const { return timers_.size(); }
  /// Time of the event that was popped last; before the first pop, the start.
  [[nodiscard]] core::Time now() const { return now_; }
  [[nodiscard]] core::Time next_time() const {
    if (timers_.empty()) detail::throw_nothing_pending();
    return core::Time::from_milliseconds(timers_.top().time);
  }

  /// Advances now() to `time`, which lies between now() and next_time(). For an owner whose own timers fire between events.
  void advance(core::Time time) {
    if (time < now_) detail::throw_in_the_past(time, now_);
    if (!timers_.empty() && timers_.top().time < time.milliseconds()) detail::throw_passed_over(time);
    if (time == now_) return;
    now_ = time;
    current_ = 0;
  }

  /// Takes the next event out and makes it the current one.
  Event<Payload> pop() {
    if (timers_.empty()) detail::throw_nothing_pending();
    return take_top();
  }

  /// Takes the next event out and makes it the current one if it comes before `end`, else nullopt.
  std::optional<Event<Payload>> pop_before(core::Time end) {
    if (timers_.empty() || timers_.top().time >= end.milliseconds()) return std::nullopt;
    return take_top();
  }

  /// Takes out the first closing event of `time`, ahead of ordinary events that are pending at `time`, and makes it the
  /// current one. So a run ends at `time` without handling its ordinary events. nullopt while an event is pending before
  /// `time`. Takes time linear in the number of ordinary events at `time`.
  std::optional<Event<Payload>> pop_closing(core::Time time) {
    const std::optional<TimerEntry> first = first_closing(time);
    if (!first) return std::nullopt;
    remove(first->slot);
    return become(*first);
  }
  /// Whether pop_closing(time) would find an event.
  [[nodiscard]] bool has_closing(core::Time time) const { return first_closing(time).has_value(); }

  /// Removes all events and sets now() to `start`; keeps the memory. Ids given so far name no event any more.
  void clear(core::Time start = core::Time::earliest()) {
    for (std::uint32_t slot = 0; slot < records_.size(); ++slot) {
      if (is_used(slot)) remove(slot);
    }
    timers_.settle();
    now_ = start;
    current_ = 0;
    sequence_ = 0;
  }

  /// Makes room for `count` pending events: nothing allocates while no more are pending.
  void reserve(std::size_t count) {
    if (count <= timers_.slots()) return;
    if (count > kMostSlots) detail::throw_too_many_pending();
    const std::size_t slots = std::bit_ceil(std::max<std::size_t>(16, count));
    // All tables get their room before any changes, so that a failed allocation leaves the calendar as it was.
    records_.reserve(slots);
    timers_.grow(slots);
    records_.resize(slots);
  }

 private:
  struct Record {
    std::uint32_t generation = 0;
    Payload payload;
  };

  /// The last generation of a slot, after which the slot is not used again. Generations are odd while an event is pending in
  /// the slot and even while it is free, so that even an id from another copy cannot touch a free slot.
  static constexpr std::uint32_t kWornOut = 0xFFFF'FFFE;
  static constexpr std::size_t kMostSlots = std::size_t{1} << 31;

  [[nodiscard]] bool is_used(std::uint32_t slot) const { return records_[slot].generation % 2 == 1; }

  /// The order of an event that is scheduled now for `time`; throws where it may not be scheduled.
  [[nodiscard]] std::uint64_t next_order(core::Time time, Phase phase) const {
    if (phase > Phase::closing) detail::throw_no_such_phase(phase);
    if (time < now_) detail::throw_in_the_past(time, now_);
    if (sequence_ > order::kLastSequence) detail::throw_sequence_exhausted();
    if (phase == Phase::closing) return order::kClosing | order::tie(phase, sequence_);
    if (time > now_) return order::pack(0, phase, order::tie(phase, sequence_));
    if (order::phase(current_) == Phase::closing) detail::throw_instant_closed(time);
    const std::uint32_t round = order::round(current_) + (phase < order::phase(current_) ? 1 : 0);
    if (round > order::kLastOrdinaryRound) detail::throw_endless_instant(time);
    return order::pack(round, phase, order::tie(phase, sequence_));
  }

  void add_slots() { reserve(timers_.slots() + 1); }

  [[gnu::always_inline]] void fetch_soon() const {
    if (timers_.is_large()) __builtin_prefetch(records_.data() + timers_.soon(), 1);
  }

  void remove(std::uint32_t slot) {
    timers_.remove(slot);
    end_generation(slot);
  }
  void end_generation(std::uint32_t slot) {
    if (++records_[slot].generation == kWornOut) [[unlikely]]
      timers_.retire(slot);
  }

  Event<Payload> take_top() {
    const TimerEntry entry = timers_.pop();
    end_generation(entry.slot);
    return become(entry);
  }
  /// Makes the event that has just left its slot the current one.
  Event<Payload> become(const TimerEntry& entry) {
    const Record& record = records_[entry.slot];
    now_ = core::Time::from_milliseconds(entry.time);
    current_ = entry.order;
    const EventId id{entry.slot, record.generation - 1};
    const Phase phase = order::phase(current_);
    return {now_, order::tie(phase, order::sequence(current_)), order::round(current_), phase, id, record.payload};
  }

  [[nodiscard]] std::optional<TimerEntry> first_closing(core::Time time) const {
    if (timers_.empty() || timers_.top().time != time.milliseconds()) return std::nullopt;
    return timers_.top_from(order::kClosing);
  }

  mutable Tournament timers_;  ///< mutable, because reading its first entry first clears a stale slot
  std::vector<Record, HugePages<Record>> records_;  ///< one for each slot
  core::Time now_;
  std::uint64_t current_ = 0;   ///< order of the current event
  std::uint64_t sequence_ = 0;  ///< sequence number of the next event that is scheduled
};

}  // namespace fleetrace::engine
