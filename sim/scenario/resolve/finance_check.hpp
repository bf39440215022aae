#pragma once

#include "sim/fleet/setup.hpp"

namespace fleetrace::scenario {

/// Adds a diagnostic if spending that comes later, or a price of revenue, could leave the range of numbers within the horizon, or if
/// accelerator-hours are priced of a trend, which has no accelerators. `root` is the scenario, `base` the plant of strategies that
/// change nothing.
void check_finance(const core::Spec& root, const models::Finance& finance, const fleet::Plant& base,
                   const fleet::Horizon& horizon, core::Diagnostics& diagnostics);

}  // namespace fleetrace::scenario
