#pragma once

#include "sim/api/race.hpp"
#include "sim/core/text/json_writer.hpp"

/// Parts of a run as JSON; private to the output floor.
namespace fleetrace::output {

/// Writes the member "final": losses, compute, money, energy and accelerators at the end of the horizon.
void write_summary(core::JsonWriter& json, const fleet::Summary& final);

/// Writes the member "binding": which constraint held the strategy back, from when to when, and at which site.
void write_binding_constraints(core::JsonWriter& json, const fleet::Outcome& outcome,
                               const fleet::StrategySetup& setup);

/// Writes all members of one strategy.
void write_strategy(core::JsonWriter& json, const fleet::Outcome& outcome, const fleet::StrategySetup& setup);

}  // namespace fleetrace::output
