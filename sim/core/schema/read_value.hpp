#pragma once

#include <string_view>
#include <variant>

#include "fleetrace/core/quantity.hpp"
#include "fleetrace/core/spec.hpp"
#include "fleetrace/core/time.hpp"
#include "sim/core/units/currency.hpp"

namespace fleetrace::core {

/// The longest duration in an input [ms]: sums of a date, a horizon and a duration stay within the range of Time.
inline constexpr double kLongestDuration = 1e8 * static_cast<double>(kYear.milliseconds());

/// Reads the scalar `text` as a value of `parameter`, checking type, unit and range. A text in quotes may be a
/// number or a date, but no flag. `key` is that of the text: it decides whether a growth parameter is a duration or a rate.
/// Of the shapes numbers and texts it reads one element. The shape must not be a section, a list or a table. Money may be in
/// `currency`, too, where one is declared; the value is in USD.
[[nodiscard]] std::variant<Value, QuantityProblem> read_value(const Parameter& parameter, std::string_view key,
                                                              std::string_view text, bool quoted,
                                                              const std::optional<Currency>& currency = {});

/// The preset of a parameter as a value, absent where it has none. A section consists of the presets of its preset entry.
[[nodiscard]] Value preset_value(const Parameter& parameter);

/// A section with all presets of `entry`; required parameters are absent.
[[nodiscard]] Spec preset_spec(const Entry& entry);

}  // namespace fleetrace::core
