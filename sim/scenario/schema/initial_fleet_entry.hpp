#pragma once

#include "fleetrace/core/parameter.hpp"

namespace fleetrace::scenario {

/// The rows of the list `initial_fleet`.
[[nodiscard]] const core::Family& initial_fleet_family();

}  // namespace fleetrace::scenario
