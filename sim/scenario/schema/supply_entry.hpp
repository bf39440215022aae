#pragma once

#include "fleetrace/core/parameter.hpp"

namespace fleetrace::scenario {

/// The keys of the section `supply` of a scenario: lead times, production, allocations, cancellation.
[[nodiscard]] const core::Family& supply_family();

}  // namespace fleetrace::scenario
