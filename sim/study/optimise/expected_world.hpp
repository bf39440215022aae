#pragma once

#include "sim/fleet/setup.hpp"

namespace fleetrace::study {

/// The world as a strategy expects it at `now`: what it believed, corrected by what it has seen of the world that was drawn.
///   seen      the accelerators on sale with their prices and performance, the level of the trend, that of algorithms, the initial
///             fleet, what stands open on sites, the budget
///   expected  later releases at the mean cadence of their law from the last one on, price declines, growth of performance,
///             efficiency and algorithms, each learned where the strategy learns; all else as `believed` has it
/// Nothing of it depends on what `drawn` holds for dates after `now`. It has no chance left in it.      docs/derivations.md 8.6a
/// Throws PlanError where nothing can be expected in a number.
[[nodiscard]] fleet::StrategySetup expected_world(const fleet::StrategySetup& believed,
                                                  const fleet::StrategySetup& drawn, core::Time now);

}  // namespace fleetrace::study
