#pragma once

#include <cstdint>
#include <stdexcept>

#include "fleetrace/core/time.hpp"

/// The engine floor: an event calendar, a clock and a loop. It knows nothing of fleets; payloads give events a meaning.
namespace fleetrace::engine {

/// The order of events within an instant. Phases 0 to 14 are ordinary and run in that order, round after round. Phase 15
/// closes the instant after its last round; it is for samples. The user of the engine gives the ordinary phases names.
enum class Phase : std::uint8_t { closing = 15 };

/// Names a scheduled event for as long as it is pending. Only Calendar::repeat uses an id again, for the same event, so an
/// id that has outlived its event names nothing. An id is valid for its own calendar and for copies made since it was given;
/// a default id never names an event.
struct EventId {
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;

  constexpr bool operator==(const EventId&) const = default;
};

/// The round in which the closing phase stands, after every ordinary one.
inline constexpr std::uint32_t kClosingRound = 65'535;

/// An event as it is handled, with its place in the total order (time, round, phase, sequence).
template <class Payload>
struct Event {
  core::Time time;
  std::uint64_t sequence = 0;  ///< number of the call that scheduled it; among equals, lower ones come first
  std::uint32_t round = 0;     ///< 0 to 65534; kClosingRound in the closing phase
  Phase phase = Phase::closing;
  EventId id;  ///< the event's id, which is no longer pending
  Payload payload;
};

/// Thrown when an instant does not end because its events keep scheduling events for earlier phases of it.
class EndlessInstant : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace fleetrace::engine
