#pragma once

#include "sim/fleet/setup.hpp"

namespace fleetrace::scenario {

/// Whether `wanted` names a generation that another draw of random release dates may bring within the horizon.
[[nodiscard]] bool may_still_come(const models::Market& market, const std::string& wanted);

/// Resolves the orders that a strategy states: accelerators and sites by their names, and the money that they need if the
/// strategy has no budget. `path` is the strategy's.
void resolve_orders(const core::Spec& spec, const std::string& path, const fleet::Plant& plant,
                    fleet::Strategy& strategy, core::Diagnostics& diagnostics);

}  // namespace fleetrace::scenario
