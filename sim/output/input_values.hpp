#pragma once

#include <optional>
#include <string>

#include "fleetrace/study/sensitivity.hpp"

namespace fleetrace::output {

/// The input of that name as the scenario writes it: for the whole scenario, where a strategy changes it too.
[[nodiscard]] const fleet::UncertainInput& input_named(const study::Plan& plan, std::size_t name);

/// Its value at a quantile, in the unit in which it is written ("2.71 yr" for a doubling time), with so many digits.
[[nodiscard]] std::string value_at(const fleet::UncertainInput& input, double quantile, int digits);

/// A value of it, in base units, likewise.
[[nodiscard]] std::string value_text(const fleet::UncertainInput& input, double value, int digits);

/// The break-even nearest to the median; nullopt where there is none.
[[nodiscard]] std::optional<double> nearest_break_even(const study::InputEffect& effect);

}  // namespace fleetrace::output
