#pragma once

#include <string>
#include <string_view>

/// Numbers for tables that people read. Data files never use these.
namespace fleetrace::output {

enum class Scaled { money, energy, power };  ///< from USD, kWh and W

/// One unit and one number of decimals for a whole column: four significant digits of its largest value.
struct Scale {
  double divisor = 1;
  std::string_view unit;  ///< "B USD", "GWh", "MW"
  int decimals = 0;

  /// The number alone: "2.183", "1,556". Something that would round to zero shows two digits: "3.1e-05".
  [[nodiscard]] std::string number(double value) const;
};
[[nodiscard]] Scale scale_for(Scaled kind, double largest);

/// One value with its own scale: "2.183 B USD".
[[nodiscard]] std::string human(Scaled kind, double value);

/// With so many decimals, never "-0.00".
[[nodiscard]] std::string fixed(double value, int decimals);
/// So many significant digits: "4.85e25", "0.9".
[[nodiscard]] std::string rough(double value, int digits = 3);

}  // namespace fleetrace::output
