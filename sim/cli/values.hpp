#pragma once

#include "fleetrace/core/parameter.hpp"
#include "options.hpp"

/// Option values that are quantities, checked against a parameter as a scenario's keys are.
namespace fleetrace::cli {

/// Throws UsageError naming the option.
[[nodiscard]] double number_of(std::string_view option, const core::Parameter& parameter, std::string_view text);
/// The same for a list with commas; `otherwise` where the option is not given.
[[nodiscard]] std::vector<double> numbers_of(const Options& options, std::string_view option,
                                             std::string_view otherwise, const core::Parameter& parameter);

}  // namespace fleetrace::cli
