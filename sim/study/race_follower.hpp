#pragma once

#include <cstddef>
#include <cstdint>

#include "sim/fleet/world.hpp"

namespace fleetrace::study {

/// Follows the races of one worker event by event, one race after the other.
class RaceFollower {
 public:
  RaceFollower() = default;
  RaceFollower(const RaceFollower&) = delete;
  RaceFollower(RaceFollower&&) = delete;
  RaceFollower& operator=(const RaceFollower&) = delete;
  RaceFollower& operator=(RaceFollower&&) = delete;
  virtual ~RaceFollower() = default;

  /// A race begins under that setup, which stays until it ends.
  virtual void begin(const fleet::StrategySetup& setup) = 0;
  /// Comes before each event, and sees what the last one left.
  virtual void before(fleet::World& world, core::Time event) = 0;
  /// The race has ended.
  virtual void end(std::uint32_t replication, std::size_t strategy, fleet::World& world,
                   const fleet::Outcome& outcome) = 0;
};

}  // namespace fleetrace::study
