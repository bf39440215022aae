#pragma once

#include <string>

#include "sim/scenario/resolve/resolve_plant.hpp"

/// Parts of a strategy that do not depend on how it buys. `path` is the strategy's, for messages.
namespace fleetrace::scenario {

/// Which accelerator on sale it buys: a rule, or one by its name.
void resolve_choice(const core::Spec& spec, const std::string& path, const fleet::Plant& plant,
                    const fleet::Horizon& horizon, fleet::Strategy& strategy, core::Diagnostics& diagnostics);

/// Its budget, and what is committed of it from the start: research, and where the budget pays for energy, that of the initial
/// fleet and the facilities. Purchases that are planned by amount must fit into what is left.
void resolve_budget(const core::Spec& spec, const std::string& path, const fleet::Plant& plant,
                    const fleet::Horizon& horizon, fleet::Strategy& strategy, core::Diagnostics& diagnostics);

}  // namespace fleetrace::scenario
