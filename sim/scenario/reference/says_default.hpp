#pragma once

#include "fleetrace/core/spec.hpp"

namespace fleetrace::scenario {

/// Whether a value that is stated is the default, as `fleetrace show` states all of them: without it nothing would change. A
/// section is, where it is the default model and all that it states is.
[[nodiscard]] bool says_default(const core::Parameter& parameter, const core::Value& value);

}  // namespace fleetrace::scenario
