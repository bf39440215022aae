#pragma once

#include <string_view>
#include <variant>

#include "fleetrace/core/quantity.hpp"
#include "fleetrace/core/spec.hpp"
#include "fleetrace/core/time.hpp"

namespace fleetrace::core {

/// Sums of a date, a horizon and a duration up to this [ms] stay within the range of Time.
inline constexpr double kLongestDuration = 1e8 * static_cast<double>(kYear.milliseconds());

/// Reads the scalar `text` as a value of `parameter`, checking type, unit and range. `quoted` texts are never numbers,
/// dates or flags. `key` is the key it was written under: a growth parameter takes a duration or a rate by its key.
/// Shapes numbers and texts read one element; sections, lists and tables are not scalars and must not come here.
[[nodiscard]] std::variant<Value, QuantityProblem> read_value(const Parameter& parameter, std::string_view key,
                                                              std::string_view text, bool quoted);

/// The preset of a parameter as a value, absent where it has none. Sections get the presets of their preset entry.
[[nodiscard]] Value preset_value(const Parameter& parameter);

/// An entry with all its presets; required parameters are absent.
[[nodiscard]] Spec preset_spec(const Entry& entry);

}  // namespace fleetrace::core
