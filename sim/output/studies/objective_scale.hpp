#pragma once

#include <cmath>
#include <string>

#include "sim/fleet/results/metrics.hpp"
#include "sim/output/table/cell.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/study/statistics.hpp"

namespace fleetrace::output {

/// How the values of one objective are shown to people: all with the same unit and decimals.
class ObjectiveScale {
 public:
  /// `largest` is the largest absolute value that will be shown.
  ObjectiveScale(fleet::Metric objective, double largest);

  /// "none" for what is not finite: the strategy has no such value.
  [[nodiscard]] std::string number(double value) const;
  /// A dash for what is not finite.
  [[nodiscard]] Cell cell(double value) const {
    return std::isfinite(value) ? Cell::real(value, number(value)) : Cell::none();
  }
  /// The value in the scale's unit, for axes.
  [[nodiscard]] double scaled(double value) const { return value / scale_.divisor; }
  [[nodiscard]] std::string with_unit(double value) const;
  [[nodiscard]] std::string interval(const study::Interval& interval) const;
  /// The unit; empty for pure numbers.
  [[nodiscard]] const std::string& unit() const { return unit_; }

 private:
  Scale scale_;
  std::string unit_;
};

/// The objective in words: "final loss" for final_loss.
[[nodiscard]] std::string objective_words(fleet::Metric objective);

/// A share such as "61 %". A share that is not quite 0 or 1 does not look as if it were.
[[nodiscard]] std::string percent(double share);

}  // namespace fleetrace::output
