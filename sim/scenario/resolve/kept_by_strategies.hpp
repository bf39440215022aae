#pragma once

#include <cstddef>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/fleet/setup.hpp"

namespace fleetrace::scenario {

/// Counts what every strategy has for itself of what the scenario states once: so a product of two lists stays in memory.
class KeptByStrategies {
 public:
  /// Adds a strategy. Returns false, with a finding, where the strategies so far have more than a million of a kind.
  bool has_room(const fleet::StrategySetup& setup, const core::Location& where, core::Diagnostics& diagnostics);

 private:
  std::size_t types_ = 0;
  std::size_t cohorts_ = 0;
  std::size_t sites_ = 0;
  std::size_t targets_ = 0;
};

}  // namespace fleetrace::scenario
