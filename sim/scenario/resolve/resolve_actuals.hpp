#pragma once

#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/fleet/setup.hpp"

namespace fleetrace::scenario {

/// Gives every strategy its actuals, if it has any, and finds those that a forecast goes on from. Adds a diagnostic for every row
/// that contradicts the plan or another row.
void resolve_actuals(const core::Spec& root, std::vector<fleet::StrategySetup>& setups, core::Diagnostics& diagnostics);

}  // namespace fleetrace::scenario
