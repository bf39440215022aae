#pragma once

#include <string>

#include "sim/fleet/setup.hpp"

namespace fleetrace::scenario {

/// Resolves what a strategy rents by number: accelerators by their names, and what each rent costs over its term. `path` is the
/// strategy's.
void resolve_rents(const core::Spec& spec, const std::string& path, const fleet::Plant& plant,
                   const fleet::Horizon& horizon, fleet::Strategy& strategy, core::Diagnostics& diagnostics);

}  // namespace fleetrace::scenario
