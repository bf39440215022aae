#pragma once

#include <cstdint>
#include <stdexcept>

#include "fleetrace/core/time.hpp"

/// The engine floor: an event calendar, a clock and a loop. It knows no fleet; what an event means is its payload's affair.
namespace fleetrace::engine {

/// What comes first among events of one instant. Phases 0 to 14 are ordinary and run in that order, round after round;
/// phase 15 closes the instant, after its last round: samples belong there. Which phase means what is named by the user.
enum class Phase : std::uint8_t { closing = 15 };

/// Names a scheduled event for as long as it is pending. Ids are never used twice, but for an event that is repeated under its
/// own, so one that has outlived its event names nothing. It is good for its own calendar and for copies made since; a default id never names anything.
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
  std::uint64_t sequence =
      0;                    ///< counts schedule and reschedule calls: what was scheduled first comes first among equals
  std::uint32_t round = 0;  ///< 0 to 65534; kClosingRound in the closing phase
  Phase phase = Phase::closing;
  EventId id;  ///< no longer pending
  Payload payload;
};

/// Thrown when an instant does not end, because its events keep scheduling earlier phases of it.
class EndlessInstant : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace fleetrace::engine
