#pragma once

#include <utility>
#include <vector>

#include "fleetrace/engine/event.hpp"
#include "fleetrace/fleet/meter.hpp"

namespace fleetrace::fleet {

/// How large the training run is and what that leaves of its throughput, where throughput depends on scale.
struct RunScale {
  /// What happens to a new scale before it is used.
  enum class Retuning {
    none,
    asked,     ///< in this instant, once all that comes into service in it has
    waiting,   ///< what exceeds twice the tuned scale does not work yet
    sweeping,  ///< the run stands still
  };

  /// As before anything trained, memory kept.
  void reset() {
    std::vector<double> kept = std::move(at_sites);
    std::vector<double> scratch = std::move(sorted);
    *this = RunScale{};
    kept.clear();
    at_sites = std::move(kept);
    sorted = std::move(scratch);
  }

  // What the shares were computed for.
  double accelerators = -1;      ///< that train
  double peak = 0;               ///< FLOP/s of one of them
  std::vector<double> at_sites;  ///< of those that train, where sites are joined by links
  std::vector<double> sorted;    ///< scratch
  Shares shares;                 ///< but for the goodput

  double tuned = 0;  ///< accelerators of the last tuned scale; 0 before anything trained
  int doublings = 0;
  Retuning retuning = Retuning::none;

  /// What scale leaves of the stated MFU, but for sweeps, which pass. Above 0.
  [[nodiscard]] double lasting() const { return shares.throughput * (shares.at_work > 0 ? shares.at_work : 1); }
};

}  // namespace fleetrace::fleet
