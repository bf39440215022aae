#pragma once

#include <string>
#include <string_view>

#include "fleetrace/core/spec.hpp"

namespace fleetrace::scenario {

/// The key under which a value that is given was written. A growth rate has two keys.
[[nodiscard]] std::string source_key(const core::Parameter& parameter, const core::Value& value);

/// A value that is given and is no section, in YAML, as the user wrote it. Lists stand in brackets.
[[nodiscard]] std::string source_value(const core::Parameter& parameter, const core::Value& value);

/// A number of the parameter, in its base unit, as a scenario would write it in that unit: with `as_doubling` a growth rate by its
/// doubling time, where there is one that means the very rate. It is read back to the same bits.
[[nodiscard]] std::string written_number(const core::Parameter& parameter, double number, bool as_doubling,
                                         std::string_view unit);

}  // namespace fleetrace::scenario
