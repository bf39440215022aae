#pragma once

#include <string>
#include <string_view>
#include <variant>

/// Quantities as people write them: a number and a unit, such as "8 yr", "150 MW" or "0.0826 USD/kWh".
namespace fleetrace::core {

/// What a quantity measures. The base unit, in which values are kept inside, stands beside it.
enum class Dimension {
  number,             ///< pure number [1]
  count,              ///< whole number [1], up to 2^53
  duration,           ///< [ms]
  money,              ///< [USD]
  money_rate,         ///< [USD/yr]
  power,              ///< [W]
  energy_price,       ///< [USD/kWh]
  power_cost,         ///< [USD/W]
  mass,               ///< [kg], of carbon dioxide equivalent
  carbon_intensity,   ///< [kg/kWh]
  compute_rate,       ///< [FLOP/s]
  compute,            ///< [FLOP]
  price_performance,  ///< [FLOP/s/USD]
  power_intensity,    ///< [W per FLOP/s]
  growth,             ///< [doublings/yr]
  decline,            ///< continuous rate [1/yr]
  count_rate,         ///< [1/yr], whole things a year
  memory,             ///< [byte]
  bandwidth,          ///< [byte/s]
};

/// "a duration", "an amount of money": for messages.
[[nodiscard]] std::string_view describe(Dimension dimension);
/// The base unit as written: "ms", "USD", "FLOP/s"; empty for pure numbers.
[[nodiscard]] std::string_view base_unit(Dimension dimension);
/// The units that may be written, for documentation: "s, min, h, day, days, month, months, yr".
[[nodiscard]] std::string units(Dimension dimension);

/// Why a text is not the quantity that was asked for, in the parts of a Diagnostic.
struct QuantityProblem {
  std::string problem;
  std::string reason;
  std::string suggestion;
};

/// Reads a number: digits with an optional sign, fraction and exponent. No leading zeros, underscores, hexadecimal, nan or
/// infinity; nothing that overflows or loses all its digits to underflow.
[[nodiscard]] std::variant<double, QuantityProblem> parse_number(std::string_view text);

/// Reads a quantity and returns it in base units. Pure numbers and counts take no unit, everything else needs one.
[[nodiscard]] std::variant<double, QuantityProblem> parse_quantity(Dimension dimension, std::string_view text);

/// A value in base units as a person would write it: "8 yr", "150 MW", "0.05".
[[nodiscard]] std::string format_quantity(Dimension dimension, double value);

/// The same, with as many digits as it takes to read the very same number back.
[[nodiscard]] std::string exact_quantity(Dimension dimension, double value);

/// Twelve significant digits, shortest form: "0.1", "1.5e+21". The same bits always give the same text.
[[nodiscard]] std::string format_real(double value);

}  // namespace fleetrace::core
