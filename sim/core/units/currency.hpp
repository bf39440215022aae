#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "fleetrace/core/quantity.hpp"

namespace fleetrace::core {

/// A currency beside the US dollar, in which a scenario may write its money.
struct Currency {
  std::string code;  ///< three capital letters: "EUR"
  std::string usd;   ///< what one is worth [USD]: a number above 0, with the digits that it was written with
};

/// Whether a text is written as the code of a currency is: three capital letters.
[[nodiscard]] bool is_currency_code(std::string_view text);

/// The code of a currency by what people write for it, such as a sign or a name; empty where it is not known.
[[nodiscard]] std::string_view code_of_currency(std::string_view word);

/// Reads a quantity, whose money may be in USD or in `currency`, where one is declared. "3e9 EUR", "5 MEUR",
/// "0.1 EUR/kWh" and the like are the doubles nearest to the exact products with what one EUR is worth, and so the same as those
/// products in USD. What is bought for a unit of money, such as "3e10 FLOP/s/EUR", is divided by it.
[[nodiscard]] std::variant<double, QuantityProblem> parse_quantity(Dimension dimension, std::string_view text,
                                                                   const std::optional<Currency>& currency);

/// A unit with `code` in the place of USD: "MEUR/yr" of "MUSD/yr"; empty where it is no unit of money.
[[nodiscard]] std::string unit_in(std::string_view code, std::string_view unit);

/// What to write where a currency is used that the scenario does not declare.
[[nodiscard]] std::string how_to_declare(std::string_view code, const std::optional<Currency>& declared);

}  // namespace fleetrace::core
