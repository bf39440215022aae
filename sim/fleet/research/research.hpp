#pragma once

#include "sim/core/random/random.hpp"
#include "sim/fleet/accounting/trajectory.hpp"
#include "sim/fleet/events/scheduler.hpp"
#include "sim/fleet/setup.hpp"

namespace fleetrace::fleet {

/// Funds a law of progress from now on by its budget and by what is installed [peak FLOP/s]. False where it does not depend on
/// research.
bool fund_by_fleet(models::ProgressLaw& law, const StrategySetup& setup, double installed_peak, core::Time now);

/// What moves algorithmic progress: its random changes, adoptions on known dates, and the money and accelerators that fund it.
/// The trajectory holds the law of progress itself.
class Research {
 public:
  void reset(const StrategySetup& setup);
  /// Plans the first random change of progress, where it changes by itself.
  void schedule_jump(const Trajectory& trajectory, EventScheduler& events);
  /// Plans all adoptions.
  void schedule_adoptions(EventScheduler& events) const;

  /// Progress changes at random, and will so again.
  void jump(Trajectory& trajectory, EventScheduler& events);
  /// Adopts step `step` of Plant::adoptions, counted from 0.
  void adopt(std::size_t step, Trajectory& trajectory, core::Time now) const;
  /// Funds progress from now on by its budget and by what is installed [peak FLOP/s], where progress depends on it.
  void fund(Trajectory& trajectory, double installed_peak, core::Time now) const;
  /// Whether progress depends on what is installed.
  [[nodiscard]] bool depends_on_fleet() const { return setup_->plant.progress.fleet_share > 0; }
  /// Its budget from the start until `at` [USD].
  [[nodiscard]] double cost_usd(core::Time at) const {
    return setup_->plant.progress.cost_per_year * setup_->horizon.years_at(at);
  }

  /// Draws all random changes to come from another stream: another future from here on.
  void redraw(const core::Stream& stream) { stream_ = stream; }

 private:
  const StrategySetup* setup_ = nullptr;
  core::Stream stream_{0, 0, core::Purpose::progress_jumps};
};

}  // namespace fleetrace::fleet
