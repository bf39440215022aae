#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/fleet/beliefs/beliefs.hpp"
#include "sim/fleet/setup.hpp"
#include "sim/scenario/scenario.hpp"

/// What strategies believe, from a scenario before anything is drawn.
namespace fleetrace::scenario {

/// Whether nothing in a section is given by a distribution. What strategies believe does not count.
[[nodiscard]] bool is_certain(const core::Spec& section);

/// What one strategy believes.
struct StrategyBeliefs {
  std::shared_ptr<const fleet::Beliefs> beliefs;  ///< null for one that takes the world as it is
  std::vector<fleet::Site> sites;                 ///< what it was told of the sites
  std::optional<models::PurchasePolicy> policy;   ///< policy of the strategy at the medians, where it holds beliefs
  /// The strategy in the world as it believes it to be, where it optimises; with its plan, where that is made in advance.
  std::shared_ptr<const fleet::StrategySetup> setup;
};

/// What each strategy of a scenario believes of it: its values, which stand for the medians of their distributions, with what
/// the strategy's `believes` changes. Who learns doubts them as the distributions in `laws` do, which is the same scenario or
/// one of the same strategies. Adds diagnostics for beliefs that make no sense.
[[nodiscard]] std::vector<StrategyBeliefs> resolve_beliefs(const Scenario& at_medians, const Scenario& laws,
                                                           core::Diagnostics& diagnostics);

/// Gives the strategies of a drawn world their beliefs, or the world itself where they have hindsight.
void adopt_beliefs(const std::vector<core::Spec>& strategies, const std::vector<StrategyBeliefs>& beliefs,
                   std::vector<fleet::StrategySetup>& setups, core::Diagnostics& diagnostics);

}  // namespace fleetrace::scenario
