#pragma once

#include "sim/fleet/setup.hpp"

namespace fleetrace::scenario {

/// Takes out of the initial fleet of a strategy what it retires early. `path` is the strategy's.
void resolve_retirements(const std::string& path, const fleet::Strategy& strategy, fleet::Plant& plant,
                         core::Diagnostics& diagnostics);

}  // namespace fleetrace::scenario
