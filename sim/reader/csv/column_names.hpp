#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "fleetrace/core/parameter.hpp"
#include "sim/core/units/currency.hpp"

/// How the columns of a CSV file are called; private to the reader.
namespace fleetrace::reader {

/// The unit of the numbers of a column that names none: the usual one of its dimension, empty for what is no quantity.
[[nodiscard]] std::string column_unit(const core::Parameter& parameter);

/// "amount_usd" for a parameter in USD, "at" for one without a unit.
[[nodiscard]] std::string column_name(const core::Parameter& parameter);

/// The unit in which the numbers of a column are that is named after a quantity and one of its units: MW of "power_mw", MEUR of
/// "amount_meur" where the currency is EUR. None where it is not. Where two units end alike, such as MW and mW, it is the usual one.
[[nodiscard]] std::optional<std::string> named_unit(const core::Parameter& parameter, std::string_view column,
                                                    const std::optional<core::Currency>& currency);

/// The currency of a column that is named after money in one that nobody declared: EUR of "amount_eur". Empty where it is none.
[[nodiscard]] std::string undeclared_currency(const core::Parameter& parameter, std::string_view column);

}  // namespace fleetrace::reader
