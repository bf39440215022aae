#pragma once

#include <array>
#include <cstdint>
#include <numeric>

#include "fleetrace/core/money.hpp"
#include "fleetrace/core/time.hpp"

namespace fleetrace::fleet {

/// Where an accelerator is in its life.
enum class State : std::uint8_t { ordered, in_transit, waiting_for_power, in_service, retired };
inline constexpr std::size_t kStates = 5;

/// Identical accelerators bought together, counted per state. Capacity of a trend is a cohort of one unit.
struct Cohort {
  static constexpr std::uint32_t kCapacity = 0xFFFF'FFFF;

  std::uint32_t type = kCapacity;  ///< index into Market::types
  std::int64_t size = 0;           ///< how many were bought; the counts always add up to it
  std::array<std::int64_t, kStates> counts = {};
  double peak = 0;                ///< FLOP/s per unit
  double work_rate = 0;           ///< useful FLOP/s per unit as effective compute counts them
  double average_power = 0;       ///< W per unit that is up
  std::int64_t nameplate_mw = 0;  ///< milliwatt per unit
  double cost_usd = 0;            ///< all-in cost per unit when it was bought
  core::Time ordered;             ///< for an initial cohort: when it was installed
  core::Time changed;             ///< when the count in service changed last
  double unit_seconds = 0;        ///< in service until then

  [[nodiscard]] bool is_capacity() const { return type == kCapacity; }
  [[nodiscard]] std::int64_t count(State state) const { return counts[static_cast<std::size_t>(state)]; }
  std::int64_t& count(State state) { return counts[static_cast<std::size_t>(state)]; }
  [[nodiscard]] std::int64_t total() const { return std::accumulate(counts.begin(), counts.end(), std::int64_t{0}); }
};

}  // namespace fleetrace::fleet
