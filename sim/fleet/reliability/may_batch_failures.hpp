#pragma once

#include "sim/fleet/setup.hpp"

namespace fleetrace::fleet {

/// Whether nothing but sums depends on failures, so that they may be applied together (PendingFailures): a job, a run's
/// throughput and serving answer to each.
[[nodiscard]] inline bool may_batch_failures(const Plant& plant) {
  const Operations& operations = plant.operations;
  return operations.failures.drawn() && !operations.job && !operations.throughput.active() && !plant.demand;
}

}  // namespace fleetrace::fleet
