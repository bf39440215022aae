#pragma once

#include <string>

#include "fleetrace/fleet/measures.hpp"
#include "fleetrace/output/human.hpp"
#include "fleetrace/study/statistics.hpp"

namespace fleetrace::output {

/// How the values of one objective are shown to people: all with the same unit and decimals.
class ObjectiveScale {
 public:
  /// `largest` of the absolute values to be shown.
  ObjectiveScale(fleet::Measure objective, double largest);

  [[nodiscard]] std::string number(double value) const;
  /// In the unit, for axes.
  [[nodiscard]] double scaled(double value) const { return value / scale_.divisor; }
  [[nodiscard]] std::string with_unit(double value) const;
  [[nodiscard]] std::string interval(const study::Interval& interval) const;
  /// Empty for pure numbers.
  [[nodiscard]] const std::string& unit() const { return unit_; }

 private:
  Scale scale_;
  std::string unit_;
};

/// "final loss" for final_loss.
[[nodiscard]] std::string objective_words(fleet::Measure objective);

/// A share such as "61 %": what is not quite never or always does not look like it.
[[nodiscard]] std::string percent(double share);

}  // namespace fleetrace::output
