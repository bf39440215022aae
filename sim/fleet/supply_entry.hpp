#pragma once

#include "fleetrace/core/parameter.hpp"

namespace fleetrace::fleet {

/// The supply section of a scenario: production, allocations, cancellation.
[[nodiscard]] const core::Family& supply_family();

}  // namespace fleetrace::fleet
