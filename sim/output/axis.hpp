#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fleetrace/core/time.hpp"

/// Axes of charts: where a value lies, and which round values are marked.
namespace fleetrace::output {

struct Tick {
  double at = 0;
  std::string label;
};

/// Maps [low, high], low < high, to [0, 1].
struct Axis {
  enum class Kind { linear, logarithmic };
  Kind kind = Kind::linear;
  double low = 0;
  double high = 1;
  std::vector<Tick> ticks;  ///< ascending, within [low, high]

  /// Values outside land on the nearer end; so does, on a logarithmic axis, what is not positive.
  [[nodiscard]] double position(double value) const;
};

/// Around [low, high], both finite, from one round value to another: at most `most` + 2 steps, most >= 2, of 1, 2 or 5 times
/// a power of ten. Equal ends are widened. Labels have the digits that their step needs, and thousands separated.
[[nodiscard]] Axis linear_axis(double low, double high, int most);

/// Whole powers of ten around [low, high], 0 < low <= high, both finite; as many marked as `most` >= 2 allows: "1e26". More
/// than `decades` of them are cut below.
[[nodiscard]] Axis log_axis(double low, double high, int most, int decades = 60);

/// Milliseconds since the epoch from `from` to `to`; at most `most` + 1 ticks on the starts of hours, days, months or years:
/// "2026", "Apr 2026", "5 Apr", "06:00". Horizons that leave the years 0 to 9999 are marked by years from their start.
[[nodiscard]] Axis date_axis(core::Time from, core::Time to, int most);

}  // namespace fleetrace::output
