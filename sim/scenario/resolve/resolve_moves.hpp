#pragma once

#include <string>

#include "sim/fleet/setup.hpp"

namespace fleetrace::scenario {

/// Resolves what a strategy moves between sites: accelerators and sites by their names, and what it costs. `path` is the strategy's.
void resolve_moves(const core::Spec& spec, const std::string& path, const fleet::Plant& plant,
                   const fleet::Horizon& horizon, fleet::Strategy& strategy, core::Diagnostics& diagnostics);

}  // namespace fleetrace::scenario
