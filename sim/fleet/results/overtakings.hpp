#pragma once

#include <cstddef>
#include <vector>

#include "sim/fleet/accounting/trajectory.hpp"

namespace fleetrace::fleet {

/// A date at which one of several trajectories passes another.
struct LeadChange {
  core::Time at;
  std::size_t leader = 0;  ///< index of the trajectory that leads of the two from then on
  std::size_t behind = 0;
};

/// The overtakings() of all pairs, by time, then leader, then who falls behind. Where all have one horizon and one law of
/// progress, that takes time with the number of changes of rate times that of trajectories, and with that of overtakings, not
/// with that of pairs.
[[nodiscard]] std::vector<LeadChange> lead_changes(const std::vector<const Trajectory*>& trajectories);

}  // namespace fleetrace::fleet
