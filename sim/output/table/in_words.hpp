#pragma once

#include <string>
#include <string_view>

/// Large numbers as a sentence says them.
namespace fleetrace::output {

/// Three significant digits with a word for the size: "25,200 chips", "1.52 billion PF-days", "49.7 million USD". Beyond 10^15
/// it is "1.31e32 FLOP".
[[nodiscard]] std::string in_words(double value, std::string_view unit);

/// Energy and power in the unit that fits, three significant digits: "1.53 TWh", "84 MW".
[[nodiscard]] std::string energy_in_words(double kwh);
[[nodiscard]] std::string power_in_words(double watt);

/// The change from one value to another in percent, three significant digits at most: "4.0 %", "12.3 %". `before` is not 0.
[[nodiscard]] std::string change_in_words(double before, double now);

}  // namespace fleetrace::output
