#pragma once

#include <memory>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/scenario/resolve/resolve_beliefs.hpp"

/// The plans of strategies that optimise, where setups are made; private to this folder.
namespace fleetrace::scenario {

/// The setup of one strategy in the world as it believes it to be, `root`, with these beliefs and with the plan that it makes in
/// advance. Null where it does not optimise. Adds a diagnostic where that world does not resolve or no plan can be made.
[[nodiscard]] std::shared_ptr<const fleet::StrategySetup> believed_setup(
    const Scenario& at_medians, const core::Spec& root, const core::Spec& strategy,
    const std::shared_ptr<const fleet::Beliefs>& beliefs, core::Diagnostics& diagnostics);

/// Gives the strategies that optimise their plans in the world that was drawn. They have adopted their beliefs.
void plan_purchases(const std::vector<core::Spec>& strategies, const std::vector<StrategyBeliefs>& beliefs,
                    std::vector<fleet::StrategySetup>& setups, core::Diagnostics& diagnostics);

}  // namespace fleetrace::scenario
