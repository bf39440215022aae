#pragma once

#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/core/schema/read_log.hpp"
#include "sim/fleet/setup.hpp"
#include "sim/scenario/scenario.hpp"

/// What is valid in a scenario, and yet may not be meant.
namespace fleetrace::scenario {

/// All warnings about a scenario, sorted by place. `setups` are those of its strategies at the medians of the inputs, `log` is what
/// making them has read.
[[nodiscard]] std::vector<core::Diagnostic> warnings_of(const Scenario& scenario,
                                                        const std::vector<fleet::StrategySetup>& setups,
                                                        const core::ReadLog& log);

/// Those that depend on its values alone, for a scenario that has no setups: slips.
[[nodiscard]] std::vector<core::Diagnostic> slips_of(const Scenario& scenario);

/// Whether the scenario has that warning, wherever it stands.
[[nodiscard]] bool has_warning(const Scenario& scenario, const core::Diagnostic& warning);

/// Adds a warning for every stated value that nothing has read: it changes nothing.
void warn_of_unread(const core::Spec& root, const core::ReadLog& log, core::Diagnostics& warnings);

/// Adds a warning for every stated value beyond what is usual (core::Parameter::usual), with its size.
void warn_of_unusual(const core::Spec& root, core::Diagnostics& warnings);

/// Adds a warning for what would hold from a date on that lies at the end of the horizon or beyond.
void warn_of_beyond(const core::Spec& root, const fleet::Horizon& horizon, core::Diagnostics& warnings);

/// Adds warnings for values that are usual each by itself, but not together: a hall that takes a small part of its fleet, orders
/// that never arrive.
void warn_of_mismatches(const Scenario& scenario, const std::vector<fleet::StrategySetup>& setups,
                        core::Diagnostics& warnings);

/// Warns of actuals that a slip would explain: spending that falls, the same amount in several rows of one date, and more
/// accelerators than a site has power or space for.
void warn_of_actuals(const core::Spec& root, const std::vector<fleet::StrategySetup>& setups,
                     core::Diagnostics& warnings);

/// Warns of strategies that follow a best plan which nothing proves to be the best.
void warn_of_unproved(const core::Spec& root, const std::vector<fleet::StrategySetup>& setups,
                      core::Diagnostics& warnings);

/// Warns of accelerators of the scenario's own that nothing names.
void warn_of_unused_accelerators(const core::Spec& root, const std::vector<fleet::StrategySetup>& setups,
                                 core::Diagnostics& warnings);

}  // namespace fleetrace::scenario
