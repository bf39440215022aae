#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "fleetrace/core/quantity.hpp"

/// The units of each dimension; private to the core floor.
namespace fleetrace::core::detail {

/// How the numbers of a unit relate to those of the base unit.
enum class Scale {
  proportional,
  factor,        ///< the number is what a year multiplies by: 3x/yr is log2(3) doublings/yr; above 0
  percent_more,  ///< the number is how much more it is after a year: 5 %/yr is log2(1.05) doublings/yr; above -100
};

/// One unit: value [base unit] = number * multiplier / divisor, where it is proportional. Both are whole numbers that a double
/// holds exactly, so that a conversion rounds once.
struct Unit {
  std::string_view name;
  double multiplier = 1;
  double divisor = 1;
  bool is_output = true;  ///< whether format_quantity may choose it
  double from = 1;        ///< smallest number that reads naturally in this unit
  Scale scale = Scale::proportional;

  /// Not a number where the scale has no such number.
  [[nodiscard]] double to_base(double number) const;
  /// Of a proportional unit.
  [[nodiscard]] double from_base(double value) const { return value * divisor / multiplier; }
  /// How many base units one is, to compare the sizes of units; not a number where they are not proportional.
  [[nodiscard]] double size() const {
    return scale == Scale::proportional ? multiplier / divisor : std::numeric_limits<double>::quiet_NaN();
  }
};

/// A word that people write for a unit. They should write `unit` instead, with a number `factor` times as large.
struct Synonym {
  std::string_view word;  ///< in lower case, or as it must be written where case decides
  std::string_view unit;
  double factor = 1;
};

/// The units of a dimension that messages and documents list, from the smallest to the largest; empty for pure numbers and
/// counts.
[[nodiscard]] std::span<const Unit> units_of(Dimension dimension);

/// Units that are read beside those: every other prefix on money, power, energy, data and FLOP, also in compound units.
[[nodiscard]] std::span<const Unit> composed_units(Dimension dimension);

[[nodiscard]] const Unit* find_unit(Dimension dimension, std::string_view name);

/// Whether any dimension has a unit of that name.
[[nodiscard]] bool is_unit(std::string_view name);

/// The synonym of a dimension that is exactly that word.
[[nodiscard]] std::optional<Synonym> synonym(Dimension dimension, std::string_view word);

/// The unit that was probably meant by a word that is not one of the dimension: in another case, "$" or a common synonym. None
/// whose size the word leaves open: "mw" may be milliwatt, "gb" may be bits.
struct MeantUnit {
  std::string unit;
  double factor = 1;
};
[[nodiscard]] std::optional<MeantUnit> meant_unit(Dimension dimension, std::string_view word);

/// The unit that a misspelt word is nearest to, if none of another size is as near and all prefixes are its own; else empty.
[[nodiscard]] std::string_view misspelt_unit(Dimension dimension, std::string_view word);

}  // namespace fleetrace::core::detail
