#pragma once

#include "sim/fleet/setup.hpp"

namespace fleetrace::scenario {

/// Adds a diagnostic if a number of a race could leave the range in which it is counted, or if a review could take too long.
/// The check uses upper bounds and runs nothing. `path` is the strategy's.
void check_numeric_limits(const fleet::StrategySetup& one, const core::Location& where, const std::string& path,
                          core::Diagnostics& diagnostics);

}  // namespace fleetrace::scenario
