#pragma once

#include <vector>

#include "sim/fleet/accounting/compute_meter.hpp"
#include "sim/fleet/events/scheduler.hpp"
#include "sim/fleet/results/recorder.hpp"
#include "sim/fleet/sites/sites.hpp"

namespace fleetrace::fleet {

/// How large the training run is and what that leaves of its throughput, where throughput depends on scale: the network, links
/// between sites, and hyperparameters that are tuned again at each doubling.
class RunScale {
 public:
  /// Begins a race; memory is kept.
  void reset(const StrategySetup& setup);

  /// What scale leaves of throughput where so many accelerators train; recomputed only when what works changes. Sites learn
  /// what of theirs stays out of the run, the recorder whether the run can use no more.
  const WorkShares& update(double training, const Rates& rates, Sites& sites, Recorder& recorder,
                           EventScheduler& events);
  /// The next step of retuning is due. `training` accelerators train. Whether that changes what works.
  bool retune(double training, EventScheduler& events);

  /// What scale leaves of the stated MFU, but for sweeps, which pass. Above 0.
  [[nodiscard]] double lasting() const { return shares_.throughput * (shares_.at_work > 0 ? shares_.at_work : 1); }

  /// Whether all shares lie between 0 and 1, and no site trains with fewer than no accelerators.
  [[nodiscard]] bool consistent() const;

 private:
  /// What happens to a new scale before it is used.
  enum class Retuning : std::uint8_t {
    none,
    asked,     ///< the scale is looked at in this instant, once all that comes into service in it has
    waiting,   ///< what exceeds twice the tuned scale does not work yet
    sweeping,  ///< the run stands still
  };

  [[nodiscard]] const Operations& operations() const { return setup_->plant.operations; }
  void ask(double training, EventScheduler& events);
  void sweep(EventScheduler& events);
  bool spread(double training, const Sites& sites);
  models::Scale run_over_sites(double peak, Sites& sites, core::Time now);

  const StrategySetup* setup_ = nullptr;
  double accelerators_ = -1;      ///< accelerators that trained when the shares were computed; -1 before
  double peak_ = 0;               ///< peak FLOP/s of one accelerator
  std::vector<double> at_sites_;  ///< accelerators that train at each site, where sites are joined by links
  std::vector<double> sorted_;    ///< scratch of run_over_sites
  WorkShares shares_;             ///< shares of work at this scale; goodput and training fraction stay 1
  double tuned_ = 0;              ///< accelerators of the last tuned scale; 0 before anything trained
  int doublings_ = 0;             ///< doublings from the tuned scale to the one that is being tuned
  Retuning retuning_ = Retuning::none;
};

}  // namespace fleetrace::fleet
