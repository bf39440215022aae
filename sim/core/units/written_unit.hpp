#pragma once

#include <string>
#include <string_view>

#include "fleetrace/core/quantity.hpp"

/// Quantities in the unit in which a scenario writes them, for everything that writes numbers apart from their units: columns of
/// tables, members of JSON.
namespace fleetrace::core {

/// A value in base units in one of the dimension's units, as a person would write it: "2.5 USD/h". Of the plain unit of money it takes
/// the multiple that reads best. It is read back to the same bits.
[[nodiscard]] std::string format_quantity(Dimension dimension, double value, std::string_view unit);

/// The unit of the first quantity in a text: "yr" of "8 yr" and of "{uniform: {low: 1 yr, high: 36 months}}". Where the text has
/// none, the usual unit.
[[nodiscard]] std::string_view written_unit(Dimension dimension, std::string_view text);

/// The unit in which values are written where nothing says another: years, gigabytes, or the base unit. Scenarios take all of them.
[[nodiscard]] std::string_view usual_unit(Dimension dimension);

/// The number nearest to a value, in a unit of the dimension.
[[nodiscard]] double amount_in(Dimension dimension, double value, std::string_view unit);
/// The number that parse_quantity, with the unit behind it, reads to the same bits.
[[nodiscard]] std::string number_in(Dimension dimension, double value, std::string_view unit);
/// The value of the number with so many digits, in that unit, that lies nearest to a value.
[[nodiscard]] double tidied(Dimension dimension, double value, std::string_view unit, int digits);
/// One of the unit, in the base unit.
[[nodiscard]] double unit_size(Dimension dimension, std::string_view unit);

/// A unit as the end of a column's name: "usd_per_kwh".
[[nodiscard]] std::string unit_suffix(std::string_view unit);
/// The name of a column that ends in its unit: "lead_time_months"; the name alone where there is no unit.
[[nodiscard]] std::string column_name(std::string_view name, std::string_view unit);

}  // namespace fleetrace::core
