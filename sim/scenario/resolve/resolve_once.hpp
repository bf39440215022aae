#pragma once

#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/fleet/setup.hpp"
#include "sim/scenario/scenario.hpp"

namespace fleetrace::scenario {

/// The setups of a scenario without uncertain inputs, or at their medians, and what is wrong with it; private to this folder. Setups
/// are of use only where nothing is.
[[nodiscard]] std::vector<fleet::StrategySetup> resolve_once(const Scenario& scenario, const fleet::Draw& draw,
                                                             core::Diagnostics& diagnostics);

}  // namespace fleetrace::scenario
