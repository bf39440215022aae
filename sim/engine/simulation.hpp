#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>

#include "fleetrace/core/time.hpp"
#include "sim/engine/calendar.hpp"

namespace fleetrace::engine {

/// What a handler may return to say whether the run goes on; a handler that returns void never stops it.
enum class Flow { proceed, stop };

enum class StopReason {
  horizon,    ///< everything before the end of the horizon was handled; more is pending or the final samples were taken
  exhausted,  ///< nothing was pending any more before the end of the horizon
  stopped,    ///< the handler asked to stop
  event_limit,  ///< as many events as allowed were handled and another one was due
};
/// "horizon", "exhausted", "stopped", "event limit".
[[nodiscard]] std::string_view to_string(StopReason reason);

struct Limits {
  core::Time end = core::Time::latest();  ///< end of the horizon, where only closing events are handled
  std::uint64_t events = std::numeric_limits<std::uint64_t>::max();  ///< most events that the run handles
};

struct RunResult {
  StopReason reason = StopReason::horizon;
  std::uint64_t events = 0;  ///< events that this run handled
  core::Time end;            ///< how far the run came: the end of the horizon, else the time of the last event
};

/// An observer that does nothing and costs nothing.
struct NoObserver {
  template <class Event>
  void operator()(const Event&) const {}
};

namespace detail {
[[noreturn]] void throw_end_in_the_past(core::Time end, core::Time now);

template <class Payload, class Handler, class Observer>
Flow dispatch(const Event<Payload>& event, Handler& handler, Observer& observer) {
  observer(event);
  if constexpr (std::is_void_v<std::invoke_result_t<Handler&, const Event<Payload>&>>) {
    handler(event);
    return Flow::proceed;
  } else {
    return handler(event);
  }
}
}  // namespace detail

/// Handles events in order until the horizon ends, nothing is pending, the handler asks to stop or the event limit is
/// reached. `handler(event)` may schedule, cancel and reschedule; `observer(event)` is called just before it, for traces
/// and invariants.
///
/// The horizon is half-open: no event at or after `limits.end` is handled, except the closing events at exactly that
/// instant (the final samples), which see the state just before it. Ordinary events at that instant stay pending. Another
/// run may continue this one: after `stopped` and `event_limit` exactly where it was, after `horizon` with the ordinary
/// events at its end.
///
/// Throws std::logic_error if `limits.end` lies before calendar.now(). What a handler or an observer throws passes through;
/// its event counts as popped.
template <class Payload, class Handler, class Observer = NoObserver>
RunResult run(Calendar<Payload>& calendar, Limits limits, Handler&& handler, Observer&& observer = Observer{}) {
  if (limits.end < calendar.now()) detail::throw_end_in_the_past(limits.end, calendar.now());
  std::uint64_t events = 0;
  while (events < limits.events) {
    const auto event = calendar.pop_before(limits.end);
    if (!event) break;
    ++events;
    if (detail::dispatch(*event, handler, observer) == Flow::stop) return {StopReason::stopped, events, calendar.now()};
  }
  if (!calendar.empty() && calendar.next_time() < limits.end) return {StopReason::event_limit, events, calendar.now()};
  if (calendar.empty()) return {StopReason::exhausted, events, calendar.now()};
  while (events < limits.events) {
    const auto event = calendar.pop_closing(limits.end);
    if (!event) return {StopReason::horizon, events, limits.end};
    ++events;
    if (detail::dispatch(*event, handler, observer) == Flow::stop) return {StopReason::stopped, events, calendar.now()};
  }
  if (calendar.has_closing(limits.end)) return {StopReason::event_limit, events, calendar.now()};
  return {StopReason::horizon, events, limits.end};
}

}  // namespace fleetrace::engine
