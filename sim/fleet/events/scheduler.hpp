#pragma once

#include "sim/engine/calendar.hpp"
#include "sim/fleet/events/event.hpp"
#include "sim/fleet/setup.hpp"

namespace fleetrace::fleet {

/// The clock and the calendar of one race. Components are handed it to plan what happens to them later; nothing is planned at
/// the end of the horizon or beyond it.
class EventScheduler {
 public:
  void reset(const Horizon& horizon) {
    calendar_.clear(horizon.start);
    end_ = horizon.end;
  }
  [[nodiscard]] core::Time now() const { return calendar_.now(); }

  /// Plans an event. Returns an id that names nothing where `at` lies beyond the horizon.
  engine::EventId schedule(core::Time at, EventKind kind, std::uint32_t index = 0, std::int64_t count = 0);
  /// Plans an event after a wait [ms], rounded to the nearest millisecond.
  engine::EventId schedule_after(double wait, EventKind kind, std::uint32_t index = 0, std::int64_t count = 0);
  /// Moves `event` to another time after a wait [ms], or plans it where it is not pending.
  void reschedule_after(engine::EventId& event, double wait, EventKind kind, std::uint32_t index, std::int64_t count);
  void cancel(engine::EventId event) { calendar_.cancel(event); }
  [[nodiscard]] bool pending(engine::EventId event) const { return calendar_.pending(event); }

  /// When the next event comes; the end of the horizon where none is pending.
  [[nodiscard]] core::Time next_time() const { return calendar_.empty() ? end_ : calendar_.next_time(); }
  /// Lets time pass up to `time`, no later than next_time().
  void advance(core::Time time) { calendar_.advance(time); }

  [[nodiscard]] engine::Calendar<Payload>& calendar() { return calendar_; }

 private:
  engine::Calendar<Payload> calendar_;
  core::Time end_;
};

}  // namespace fleetrace::fleet
