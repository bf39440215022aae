#pragma once

#include <optional>
#include <string_view>

#include "fleetrace/core/quantity.hpp"

namespace fleetrace::core {

/// What is wrong with a text that is a date, but not as parse_date() reads it: 01/03/2027, 1 March 2027, Q1 2027, 2027. Both
/// readings are named where day and month could be either. Nothing for a text that is no date.
[[nodiscard]] std::optional<QuantityProblem> misspelt_date(std::string_view text);

}  // namespace fleetrace::core
