#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Decimal numbers as text; private to the core floor.
namespace fleetrace::core::detail {

/// Length of the longest prefix that is a number: -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?, or 0.
[[nodiscard]] std::size_t number_length(std::string_view text);

/// An exact decimal number: its significant digits (none for zero) times ten to the power `exponent`.
struct Decimal {
  bool negative = false;
  std::string digits;
  std::int64_t exponent = 0;

  /// How many digits stand before the decimal point: 3 for 123.4, 0 for 0.5, -1 for 0.05.
  [[nodiscard]] std::int64_t magnitude() const { return static_cast<std::int64_t>(digits.size()) + exponent; }
  [[nodiscard]] bool is_whole() const { return exponent >= 0; }
};

/// The decimal of a text that is a number as number_length defines it.
[[nodiscard]] Decimal decimal_of(std::string_view number);

/// The number that a misspelt one probably stands for ("010", "+5", "1_000", ".5", "1."), or nullopt.
[[nodiscard]] std::optional<std::string> mended_number(std::string_view text);

/// Why a text is not a number as number_length defines it.
[[nodiscard]] std::string_view number_fault(std::string_view text);

}  // namespace fleetrace::core::detail
