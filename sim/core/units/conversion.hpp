#pragma once

#include <string>
#include <string_view>

#include "sim/core/units/unit_table.hpp"

/// Between numbers as they are written in a unit and values in the base unit; private to the core floor.
namespace fleetrace::core::detail {

/// The value of a number that is written in a unit: the double nearest to the exact product [base unit], so that 32.76 MW is
/// 32,760,000 W. `number` is one as number_length() defines it. Infinite where the product is too large, NaN where it is not zero
/// but too small.
[[nodiscard]] double base_value(std::string_view number, const Unit& unit);
/// The same of a number that is `times` as large, another such number: the product is exact before it is rounded. The unit is
/// proportional.
[[nodiscard]] double base_value(std::string_view number, const Unit& unit, std::string_view times);
/// The same of a pure number.
[[nodiscard]] double base_value(std::string_view number);

/// The shortest number that base_value() reads back to the same bits; empty where there is none, as for factors and percentages of
/// growth. `value` is finite.
[[nodiscard]] std::string number_in(const Unit& unit, double value);

/// Of a proportional unit: the value of the number of so many digits in the unit that lies nearest to a value.
[[nodiscard]] double tidied(const Unit& unit, double value, int digits);

/// The number nearest to a value, in a proportional unit.
[[nodiscard]] double amount_in(const Unit& unit, double value);

}  // namespace fleetrace::core::detail
