#pragma once

#include <bit>
#include <cstdint>

namespace fleetrace::fleet {

/// Rounds a wait [ms]; one that no horizon is long enough for to 30,000 years.
[[nodiscard]] inline std::int64_t in_milliseconds(double wait) {
  constexpr double kTooLong = 1e15;
  // A double of that size has no places behind the point.
  constexpr double kWhole = 0x1.8p52;
  if (!(wait < kTooLong)) return static_cast<std::int64_t>(kTooLong);
  return std::bit_cast<std::int64_t>(wait + kWhole) - std::bit_cast<std::int64_t>(kWhole);
}

}  // namespace fleetrace::fleet
