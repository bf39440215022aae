#pragma once

#include <string_view>
#include <variant>

#include "fleetrace/core/quantity.hpp"
#include "sim/core/units/currency.hpp"

namespace fleetrace::study {

/// Reads a value with a unit, such as "1 GWh", and returns it in `unit`, that of the number of a result that it is compared with:
/// "kWh". The same of a ratio: "0.1 USD/kWh". A number without a dimension takes none.
/// Money may be in `currency`, where one is declared.
[[nodiscard]] std::variant<double, core::QuantityProblem> value_in_unit(std::string_view text, std::string_view unit,
                                                                        const std::optional<core::Currency>& currency);

}  // namespace fleetrace::study
