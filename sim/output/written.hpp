#pragma once

#include <string>

#include "fleetrace/core/spec.hpp"

namespace fleetrace::output {

/// The key that a given value was written under: a growth rate has two.
[[nodiscard]] std::string written_key(const core::Parameter& parameter, const core::Value& value);

/// A given value that is no section, in YAML: as it was written, lists in brackets.
[[nodiscard]] std::string written_value(const core::Parameter& parameter, const core::Value& value);

}  // namespace fleetrace::output
