#pragma once

#include "models/demand/demand.hpp"
#include "models/finance/revenue.hpp"
#include "sim/core/numeric/sum.hpp"
#include "sim/fleet/cohort.hpp"
#include "sim/fleet/setup.hpp"

namespace fleetrace::fleet {

/// What of a fleet earns, by units or by peak FLOP/s, whichever is paid for.
struct Selling {
  double training = 0;     ///< of what is in service, the part that earns by training
  double serving = 0;      ///< and by serving
  double handed_down = 0;  ///< of what was handed down, the part that earns
  /// Where a demand says how much of what serves is sold: what serves, and the load that it carries at most [FLOP/s].
  double useful = 0;
  double carried = 0;

  bool operator==(const Selling&) const = default;
};

/// Integrates what a fleet earns, in closed form between changes: the price of what works falls as an exponential.
///                                                                                               docs/derivations.md 6i
class RevenueMeter {
 public:
  void reset(const StrategySetup& setup);
  /// Whether anything is paid for what the fleet does. The rest is for scenarios where it is.
  [[nodiscard]] bool earns() const { return law_ != nullptr; }

  void change(const Cohort& cohort, const UnitChange& change, core::Time now);
  /// From `now` on this is sold.
  void set_selling(const Selling& selling, core::Time now);
  /// What has been earned since the start [USD].
  [[nodiscard]] double usd_at(core::Time now) const;

 private:
  [[nodiscard]] double years(core::Time at) const { return (at - start_).years(); }
  /// What a unit earns that works all the time and was new at the start, at the price of the start [USD/s].
  [[nodiscard]] double full_usd_per_second(const Cohort& cohort) const;
  /// What was earned between the last change and `now` [USD].
  [[nodiscard]] double since_last(core::Time now) const;
  void add_past(double usd_per_second, const UnitChange& change, core::Time now);

  const models::RevenueLaw* law_ = nullptr;
  const models::DemandLaw* demand_ = nullptr;  ///< where it says how much of serving is sold
  core::Time start_;
  core::Time last_;
  Selling selling_;
  // Units: when none is left, nothing earns, and no rounding error does.
  std::int64_t in_service_ = 0;
  std::int64_t serving_ = 0;
  core::Sum working_usd_;      ///< what all in service would earn, each by its age, at the price of the start [USD/s]
  core::Sum handed_down_usd_;  ///< likewise what was handed down
  core::Sum earned_;           ///< until last_ [USD]
};

}  // namespace fleetrace::fleet
