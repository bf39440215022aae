#include "sim/engine/calendar.hpp"

#include <stdexcept>
#include <string>

// Messages are out of line, so that the templates stay small where they are instantiated.
namespace fleetrace::engine::detail {

void throw_in_the_past(core::Time time, core::Time now) {
  throw std::logic_error("an event cannot be scheduled for " + to_iso8601(time) + ", before the current instant " +
                         to_iso8601(now));
}

void throw_instant_closed(core::Time time) {
  throw std::logic_error("an event of an ordinary phase cannot be scheduled for " + to_iso8601(time) +
                         ", because that instant is being closed");
}

void throw_no_such_phase(Phase phase) {
  throw std::logic_error("there is no phase " + std::to_string(static_cast<int>(phase)) + ": phases are 0 to 15");
}

void throw_passed_over(core::Time time) {
  throw std::logic_error("time cannot pass to " + to_iso8601(time) + " without the event that is pending before");
}

void throw_nothing_pending() { throw std::logic_error("no event is pending"); }

void throw_endless_instant(core::Time time) {
  throw EndlessInstant("the instant " + to_iso8601(time) +
                       " does not end: its events keep scheduling earlier phases, " + std::to_string(kClosingRound) +
                       " rounds so far");
}

void throw_sequence_exhausted() { throw std::overflow_error("more than 1.7e13 events were scheduled in one run"); }

void throw_too_many_pending() { throw std::length_error("more than 2147483648 events are pending"); }

}  // namespace fleetrace::engine::detail
