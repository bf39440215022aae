#include "sim/fleet/events/scheduler.hpp"

#include <cmath>

namespace fleetrace::fleet {

engine::EventId EventScheduler::schedule(core::Time at, EventKind kind, std::uint32_t index, std::int64_t count) {
  if (at >= end_) return {};
  return calendar_.schedule(at, info(kind).phase, {kind, index, count});
}

engine::EventId EventScheduler::schedule_after(double wait, EventKind kind, std::uint32_t index, std::int64_t count) {
  if (!(wait < static_cast<double>((end_ - now()).milliseconds()))) return {};
  return schedule(now() + core::Duration::from_milliseconds(std::llround(wait)), kind, index, count);
}

void EventScheduler::reschedule_after(engine::EventId& event, double wait, EventKind kind, std::uint32_t index,
                                      std::int64_t count) {
  if (wait < static_cast<double>((end_ - now()).milliseconds())) {
    const core::Time at = now() + core::Duration::from_milliseconds(std::llround(wait));
    if (at < end_ && calendar_.reschedule(event, at, info(kind).phase)) return;
    calendar_.cancel(event);
    event = schedule(at, kind, index, count);
  } else {
    calendar_.cancel(event);
  }
}

}  // namespace fleetrace::fleet
