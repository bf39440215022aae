#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

/// What fits: one tolerance for everything that compares an amount with a limit, be it power, cooling, space, money, lots or
/// rented capacity. A limit that was worked out, such as 140.25 kW / 1.1, may lie below the whole number that it stands for by
/// rounding alone, and an accelerator must not be lost to that.
namespace fleetrace::core {

/// What exceeds a limit by no more than this share of it fits: a few thousand roundings of a double.
inline constexpr double kFitTolerance = 1e-12;

[[nodiscard]] inline double with_tolerance(double limit) { return limit + kFitTolerance * std::fabs(limit); }

/// Whether an amount stays within a limit.
[[nodiscard]] inline bool fits(double amount, double limit) { return amount <= with_tolerance(limit); }

/// How many whole units of a size above 0 fit into a limit beside what has been taken of it, as a real number; 0 where nothing
/// does, and infinite where the limit is.
[[nodiscard]] inline double whole_units(double limit, double taken = 0, double each = 1) {
  return std::max(0.0, std::floor((with_tolerance(limit) - taken) / each));
}

/// The same as a count. What is beyond counting is the largest count, which stands for no limit.
[[nodiscard]] inline std::int64_t count_of_units(double limit, double taken = 0, double each = 1) {
  const double units = whole_units(limit, taken, each);
  return units < 9e18 ? static_cast<std::int64_t>(units) : std::numeric_limits<std::int64_t>::max();
}

/// The fewest whole units that an amount fits into, which is what has been left of a whole.
[[nodiscard]] inline double units_for(double amount, double whole) {
  return std::max(0.0, std::ceil(amount - kFitTolerance * std::fabs(whole)));
}

}  // namespace fleetrace::core
