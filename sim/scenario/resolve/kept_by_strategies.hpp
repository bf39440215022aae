#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/spec.hpp"
#include "sim/fleet/setup.hpp"

namespace fleetrace::scenario {

/// Counts what every strategy has for itself of what the scenario states once: so a product of two lists stays in memory.
class KeptByStrategies {
 public:
  /// Adds a strategy. Returns false, with a finding, where the strategies so far have more than a million of a kind.
  bool has_room(const fleet::StrategySetup& setup, const core::Location& where, core::Diagnostics& diagnostics);

  /// Whether there is room for what strategies share and none of them changes: asked before any is resolved, which takes its time.
  static bool has_room(const std::vector<core::Spec>& strategies, const fleet::Plant& shared,
                       core::Diagnostics& diagnostics);

 private:
  struct Counts {
    std::size_t types = 0;
    std::size_t cohorts = 0;
    std::size_t sites = 0;
    std::size_t targets = 0;
  };

  bool add(const Counts& more, const std::string& strategy, const core::Location& where,
           core::Diagnostics& diagnostics);

  Counts sum_;
};

}  // namespace fleetrace::scenario
