#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// Quantities as people write them: a number and a unit, such as "8 yr", "150 MW" or "0.0826 USD/kWh".
namespace fleetrace::core {

/// What a quantity measures, with the base unit in which the program keeps its values.
enum class Dimension {
  number,             ///< pure number [1]
  count,              ///< whole number [1], up to 2^53
  duration,           ///< [ms]
  money,              ///< [USD]
  money_rate,         ///< [USD/yr]
  power,              ///< [W]
  energy_price,       ///< [USD/kWh]
  power_cost,         ///< [USD/W]
  compute_price,      ///< [USD/PF-day]
  mass,               ///< [kg of carbon dioxide equivalent]
  carbon_intensity,   ///< [kg/kWh]
  volume,             ///< [L], of water
  water_intensity,    ///< [L/kWh]
  compute_rate,       ///< [FLOP/s]
  compute,            ///< [FLOP]
  price_performance,  ///< [FLOP/s/USD]
  power_intensity,    ///< [W per FLOP/s]
  growth,             ///< [doublings/yr]
  decline,            ///< continuous rate [1/yr]
  count_rate,         ///< [1/yr], whole units a year
  memory,             ///< [byte]
  bandwidth,          ///< [byte/s]
  energy,             ///< [kWh]
};

/// The dimension in words, for messages: "a duration", "an amount of money".
[[nodiscard]] std::string_view describe(Dimension dimension);
/// The base unit as written: "ms", "USD", "FLOP/s"; empty for pure numbers.
[[nodiscard]] std::string_view base_unit(Dimension dimension);
/// The units that may be written, for documentation: "s, min, h, day, days, month, months, yr".
[[nodiscard]] std::string units(Dimension dimension);
/// All units that are read: those of units(), and every other prefix on money, power, energy, data and FLOP.
[[nodiscard]] std::vector<std::string_view> all_units(Dimension dimension);

/// Why a text is not the quantity that was asked for, in the parts of a Diagnostic.
struct QuantityProblem {
  std::string problem;
  std::string reason;
  std::string suggestion;
};

/// Reads a number: digits with an optional sign, fraction and exponent. No leading zeros, underscores, hexadecimal, nan or
/// infinity; nothing that overflows or loses all its digits to underflow.
[[nodiscard]] std::variant<double, QuantityProblem> parse_number(std::string_view text);

/// Reads a quantity and returns it in base units. Pure numbers and counts take no unit, everything else needs one. "3x/yr" is
/// log2(3) doublings a year, "5 %/yr" of a growth log2(1.05) of them; of a continuous rate "5 %/yr" is 0.05 /yr.
[[nodiscard]] std::variant<double, QuantityProblem> parse_quantity(Dimension dimension, std::string_view text);

/// A value in base units as a person would write it: "8 yr", "150 MW", "2 billion USD". It is read back to the same bits.
[[nodiscard]] std::string format_quantity(Dimension dimension, double value);

/// A number with at most twelve significant digits, in the shortest form: "0.1", "1.5e+21". The same bits always give
/// the same text.
[[nodiscard]] std::string format_real(double value);

}  // namespace fleetrace::core
