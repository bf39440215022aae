#pragma once

#include <string>
#include <string_view>

/// Numbers as people read them. Formats for programs never use these.
namespace fleetrace::output {

/// What a number measures: money in USD, energy in kWh, or power in W.
enum class Scaled { money, energy, power };

/// The unit and the decimals of a whole column, such that its largest value has four significant digits.
struct Scale {
  double divisor = 1;  ///< Size of the unit.
  std::string unit;    ///< Name of the unit: "B USD", "GWh", "MW".
  int decimals = 0;

  /// The number without its unit: "2.183", "1,556". A number that would round to zero shows two digits: "3.1e-05".
  [[nodiscard]] std::string number(double value) const;
};
/// The scale of a column whose largest absolute value this is.
[[nodiscard]] Scale scale_for(Scaled kind, double largest);

/// One value on a scale of its own: "2.183 B USD".
[[nodiscard]] std::string format_unit(Scaled kind, double value);

/// A number with so many decimals. Zero never has a sign.
[[nodiscard]] std::string fixed(double value, int decimals);
/// A number with so many significant digits: "4.85e25", "0.9".
[[nodiscard]] std::string rough(double value, int digits = 3);

}  // namespace fleetrace::output
