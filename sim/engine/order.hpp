#pragma once

#include <cstdint>

#include "sim/engine/event.hpp"

/// The order of events within an instant, packed so that comparing two numbers compares round, phase and sequence in turn:
///   round (16 bits) | phase (4 bits) | sequence (44 bits)
namespace fleetrace::engine::order {

inline constexpr int kSequenceBits = 44;
inline constexpr int kRoundShift = kSequenceBits + 4;

/// The limit of 1.7e13 schedule calls between two calls of clear() is reached after days at full speed.
inline constexpr std::uint64_t kLastSequence = (std::uint64_t{1} << kSequenceBits) - 1;
inline constexpr std::uint32_t kLastOrdinaryRound = kClosingRound - 1;

[[nodiscard]] constexpr std::uint64_t pack(std::uint32_t round, Phase phase, std::uint64_t sequence) {
  return std::uint64_t{round} << kRoundShift | static_cast<std::uint64_t>(phase) << kSequenceBits | sequence;
}
[[nodiscard]] constexpr std::uint32_t round(std::uint64_t packed) {
  return static_cast<std::uint32_t>(packed >> kRoundShift);
}
[[nodiscard]] constexpr Phase phase(std::uint64_t packed) { return static_cast<Phase>(packed >> kSequenceBits & 15); }
[[nodiscard]] constexpr std::uint64_t sequence(std::uint64_t packed) { return packed & kLastSequence; }

#ifdef FLEETRACE_CHECK_INVARIANTS
/// The phases in which, among equals, the event that was scheduled last comes first, a bit each, in builds that assert their invariants
/// alone. The program sets them before anything is scheduled, where FLEETRACE_REVERSE_TIES in the environment asks for it: so a test
/// shows which results hang on a tie.
inline std::uint32_t reversed_phases = 0;
#else
inline constexpr std::uint32_t reversed_phases = 0;
#endif

/// What decides between equals of a phase in the place of a sequence number, and the sequence number in whose place it stands.
[[nodiscard]] inline std::uint64_t tie(Phase phase, std::uint64_t sequence) {
  return (reversed_phases >> static_cast<unsigned>(phase) & 1) != 0 ? kLastSequence - sequence : sequence;
}

/// The lowest order in the closing phase; lower orders are of ordinary phases.
inline constexpr std::uint64_t kClosing = pack(kClosingRound, Phase::closing, 0);

}  // namespace fleetrace::engine::order
