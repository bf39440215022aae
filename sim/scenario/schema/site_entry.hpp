#pragma once

#include "fleetrace/core/parameter.hpp"

namespace fleetrace::scenario {

/// What a site of the scenario takes: power, cooling, racks, tariffs, projects.
[[nodiscard]] const core::Family& site_family();

/// What an element of a site's power tree takes.
[[nodiscard]] const core::Family& power_element_family();

}  // namespace fleetrace::scenario
