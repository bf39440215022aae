#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "fleetrace/core/quantity.hpp"

/// The units that each dimension takes; private to the core floor.
namespace fleetrace::core::detail {

/// One unit: value [base unit] = number * multiplier / divisor. Both are whole numbers that a double holds exactly, so
/// that a conversion rounds once.
struct Unit {
  std::string_view name;
  double multiplier = 1;
  double divisor = 1;
  bool written = true;  ///< whether format_quantity may choose it
  double from = 1;      ///< the smallest number that reads naturally in it

  [[nodiscard]] double to_base(double number) const { return number * multiplier / divisor; }
  [[nodiscard]] double from_base(double value) const { return value * divisor / multiplier; }
};

/// A word that people write for a unit, and what they should write: `factor` times as many of `unit`.
struct Synonym {
  std::string_view word;  ///< in lower case
  std::string_view unit;
  double factor = 1;
};

/// From the smallest unit to the largest; empty for pure numbers and counts.
[[nodiscard]] std::span<const Unit> units_of(Dimension dimension);

[[nodiscard]] const Unit* find_unit(Dimension dimension, std::string_view name);

/// Whether any dimension at all has a unit of that name.
[[nodiscard]] bool is_unit(std::string_view name);

/// What was probably meant by a unit that the dimension does not have: a different case, "$", or a common synonym.
[[nodiscard]] std::optional<Synonym> meant_unit(Dimension dimension, std::string_view word);

}  // namespace fleetrace::core::detail
