#pragma once

#include "fleetrace/fleet/world.hpp"

/// Failures as events, batch by batch or device by device; both begin in the stationary regime.
namespace fleetrace::fleet {

/// Draws who of a new batch is in repair, and when what happens next.
void start_failures(World& world, std::uint32_t index);
/// Cancels all that is pending for a batch.
void stop_failures(World& world, Batch& batch);

}  // namespace fleetrace::fleet
