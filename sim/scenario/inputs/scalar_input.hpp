#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/quantity.hpp"
#include "fleetrace/core/time.hpp"
#include "sim/core/units/currency.hpp"
#include "sim/scenario/scenario.hpp"

namespace fleetrace::scenario {

/// One number of a scenario that can be set: a quantity, a growth rate by either of its keys, or a date as a duration from
/// the start of the horizon. Of a distribution it is the median, and setting it scales every draw by the same factor.
struct ScalarInput {
  std::string path;
  core::Dimension dimension = core::Dimension::number;
  core::Range range;  ///< valid values [base unit]
  bool is_whole = false;
  bool is_doubling_time = false;  ///< whether it is the doubling time of a value that is kept as a rate
  bool is_uncertain = false;
  bool may_be_date = false;  ///< whether a date may stand there, beside a duration from the start
  bool is_date = false;      ///< whether the scenario writes it as a date
  core::Time start = {};     ///< start of the horizon, from which dates are counted
  std::string unit = {};     ///< unit in which the scenario writes the number; empty for pure numbers and dates
  std::optional<core::Currency> currency = {};  ///< what money may be written in beside USD
  double current = 0;                           ///< the value or median in the scenario [base unit]; may be infinite

  /// The number at a path, or why the path leads to none.
  [[nodiscard]] static std::variant<ScalarInput, core::QuantityProblem> at(const Scenario& scenario,
                                                                           std::string_view path);

  /// A value as the scenario writes it: a date, or a number in the scenario's unit. A date counts whole milliseconds; everything else
  /// is read back to the same bits.
  [[nodiscard]] std::string text(double value) const;
  /// The value of such a text, or why it is none.
  [[nodiscard]] std::variant<double, core::QuantityProblem> read(std::string_view text) const;

  /// One of the unit, or a day of a date [base unit]: solutions have few digits in it.
  [[nodiscard]] double unit_size() const;
  /// The value nearest to one that was computed from few digits: what those digits are read as. A date is a whole millisecond.
  [[nodiscard]] double tidied(double computed) const;

  /// Sets the number in `drawn`, a draw without uncertain values of the scenario that it was found in.
  void set(Scenario& drawn, double to) const;
};

}  // namespace fleetrace::scenario
