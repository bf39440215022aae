#include "sim/engine/simulation.hpp"

#include <stdexcept>

namespace fleetrace::engine {

std::string_view to_string(StopReason reason) {
  switch (reason) {
    case StopReason::horizon: return "horizon";
    case StopReason::exhausted: return "exhausted";
    case StopReason::stopped: return "stopped";
    case StopReason::event_limit: return "event limit";
  }
  throw std::logic_error("no such stop reason");
}

void detail::throw_end_in_the_past(core::Time end, core::Time now) {
  throw std::logic_error("a run cannot end at " + to_iso8601(end) + ", before the current instant " + to_iso8601(now));
}

}  // namespace fleetrace::engine
