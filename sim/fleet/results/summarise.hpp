#pragma once

#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

/// Fills in the outcome of a race that has ended. Series and trajectory are the outcome's then, no longer the world's; where
/// the recorder keeps metrics alone, so are the cohorts.
void summarise(World& world, Outcome& outcome);

}  // namespace fleetrace::fleet
