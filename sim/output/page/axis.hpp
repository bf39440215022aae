#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fleetrace/core/time.hpp"

/// Axes of charts: where a value lies, and which round values are marked.
namespace fleetrace::output {

/// A value that is marked on an axis, and the text beside its mark.
struct Tick {
  double at = 0;
  std::string label;
};

/// A scale that maps the values from low to high, with low < high, to places from 0 to 1.
struct Axis {
  enum class Kind { linear, logarithmic };
  Kind kind = Kind::linear;
  double low = 0;
  double high = 1;
  std::vector<Tick> ticks;  ///< The marks, in ascending order, all of them from low to high.

  /// The place of a value. A value outside of the axis lands on the nearer end; so does a value that is not positive on a
  /// logarithmic axis.
  [[nodiscard]] double position(double value) const;
};

/// An axis that holds all values from `low` to `high`, both finite, and reaches from one round value to another. It has at most
/// `most` + 2 steps, each of 1, 2 or 5 times a power of ten; `most` is 2 or more. Equal ends are widened. Labels have the digits
/// that their step needs, and their thousands are separated.
[[nodiscard]] Axis linear_axis(double low, double high, int most);

/// A logarithmic axis between two powers of ten that hold all values from `low` to `high`, both finite, 0 < low <= high. It marks
/// powers of ten ("1e26"), as many as `most` allows, which is 2 or more. Of more than `decades` decades the lower ones are cut
/// off.
[[nodiscard]] Axis log_axis(double low, double high, int most, int decades = 60);

/// An axis of dates, whose values are milliseconds since the epoch. It has at most `most` + 1 ticks, which stand at the starts
/// of hours, days, months or years: "2026", "Apr 2026", "5 Apr", "06:00". A horizon that leaves the years 0 to 9999 is marked by
/// years from its start.
[[nodiscard]] Axis date_axis(core::Time from, core::Time to, int most);

}  // namespace fleetrace::output
