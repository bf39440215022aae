#pragma once

#include <optional>
#include <string>

#include "sim/study/sensitivity/sensitivity.hpp"

namespace fleetrace::output {

/// The input of that name. Where a strategy changes it, this is the input of the whole scenario.
[[nodiscard]] const scenario::UncertainInput& input_named(const study::StudyDesign& design, std::size_t name);

/// The name of a column of the input's draws, which ends in its unit: "supply.lead_time_months".
[[nodiscard]] std::string input_column(const scenario::UncertainInput& input);
/// The name of a column of a metric of a race, which ends in its unit: "spend_usd".
[[nodiscard]] std::string metric_column(std::size_t metric);

/// The quantity that the scenario names, at a quantile of its law [base unit of the law].
[[nodiscard]] double written_quantile(const scenario::UncertainInput& input, double quantile);

/// The input's value at a quantile, with so many digits, in the unit in which the scenario writes it: "2.71 yr" for a doubling time.
[[nodiscard]] std::string value_at(const scenario::UncertainInput& input, double quantile, int digits);

/// A quantity of the input, in the base unit of its law, in the unit in which the scenario writes it.
[[nodiscard]] std::string value_text(const scenario::UncertainInput& input, double value, int digits);

/// The quantile nearest to the median at which the winner changes; nullopt where it never does.
[[nodiscard]] std::optional<double> nearest_break_even(const study::InputEffect& effect);

/// Which C0 the draws of the inputs are measured against: "Every draw is measured against C0 = 4.86e25 FLOP, that of the medians."
/// Empty where nothing is drawn.
[[nodiscard]] std::string drawn_reference(const study::StudyDesign& design);

}  // namespace fleetrace::output
