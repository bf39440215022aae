#pragma once

#include <functional>

#include "fleetrace/core/spec.hpp"

namespace fleetrace::scenario {

/// Takes strategies out of the top level of a scenario, and the actuals that are theirs alone.
void remove_strategies(core::Spec& root, const std::function<bool(const core::Spec& strategy)>& is_removed);

}  // namespace fleetrace::scenario
