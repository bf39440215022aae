#pragma once

#include "fleetrace/core/parameter.hpp"

namespace fleetrace::scenario {

/// The keys of the section `horizon` of a scenario: its start, and its length or its end.
[[nodiscard]] const core::Family& horizon_family();

}  // namespace fleetrace::scenario
