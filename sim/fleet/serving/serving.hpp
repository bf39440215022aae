#pragma once

#include <limits>
#include <optional>

#include "fleetrace/core/time.hpp"
#include "models/demand/demand.hpp"
#include "sim/core/numeric/sum.hpp"
#include "sim/fleet/accounting/compute_meter.hpp"
#include "sim/fleet/events/scheduler.hpp"
#include "sim/fleet/setup.hpp"

namespace fleetrace::fleet {

/// How the fleet is shared between training and serving, what serving is asked for and what it carries. Load and unmet demand
/// are integrated exactly: capacity is constant between changes, and the load is exponential. Where serving takes what demand
/// asks for, its share is the smallest that carries the highest load until it is set again (docs/derivations.md 4.6d): it is set
/// at regular dates and whenever what works changes.
class Serving {
 public:
  void reset(const StrategySetup& setup);
  /// Plans the dates on which the shares are others, and the first on which serving's share is set anew.
  void schedule_shares(EventScheduler& events) const;
  /// From now on the fleet is shared as entry `index` of Operations::fleet_shares says.
  void set_share(std::uint32_t index, core::Time now);
  /// Plans the next date on which serving's share is set anew, where it takes what demand asks for.
  void schedule_next(EventScheduler& events) const;
  /// Whether serving takes what demand asks for now.
  [[nodiscard]] bool follows_demand() const {
    const std::vector<FleetShare>& shares = setup_->plant.operations.fleet_shares;
    return !shares.empty() && shares[share_].every.has_value();
  }
  /// Lets serving take what demand asks for, of a fleet that works like this. Returns whether its share changed.
  bool take_what_is_asked(const Rates& rates);

  /// Fraction of Operations::training_share that trains now.
  [[nodiscard]] double training_fraction() const { return training_; }

  // The rest is for scenarios that state a demand.

  [[nodiscard]] bool is_demanded() const { return setup_->plant.demand.has_value(); }
  /// Fraction of the fleet that serves now.
  [[nodiscard]] double serving_fraction() const { return serving_; }
  /// The most of the fleet that may serve now; without fleet shares there is none to ask for.
  [[nodiscard]] double most_serving() const { return setup_->plant.operations.fleet_shares[share_].serving; }
  /// So many more units of a cohort that was handed down are up.
  void count_handed_down(const Cohort& cohort, std::int64_t change);
  /// What serves, of a fleet that works like this.
  [[nodiscard]] models::ServingFleet fleet(const Rates& rates) const { return fleet(rates, serving_); }
  /// The same if as much serves as may.
  [[nodiscard]] models::ServingFleet most_fleet(const Rates& rates) const { return fleet(rates, most_serving()); }
  /// From `now` on this serves.
  void change(const models::ServingFleet& fleet, core::Time now);

  /// What is asked for at `at` [FLOP/s].
  [[nodiscard]] double load(core::Time at) const { return setup_->plant.demand->load_at(years(at)); }
  /// The most load that is carried now within the service that is owed [FLOP/s].
  [[nodiscard]] double carried() const { return carried_; }
  /// What was asked for from the start until `at`, and what of it was not carried [FLOP].
  [[nodiscard]] double demanded_flop(core::Time at) const { return setup_->plant.demand->demanded(0, years(at)); }
  [[nodiscard]] double unmet_flop(core::Time at) const {
    return unmet_.value() + setup_->plant.demand->unmet(changed_, years(at), carried_);
  }
  /// The first time before `end` at which the load exceeded what was carried.
  [[nodiscard]] std::optional<core::Time> short_from(core::Time end) const;

  /// Whether what was handed down agrees with the cohorts.
  [[nodiscard]] bool recount_agrees(const std::vector<Cohort>& cohorts) const;

 private:
  [[nodiscard]] double years(core::Time at) const { return (at - setup_->horizon.start).years(); }
  [[nodiscard]] models::ServingFleet fleet(const Rates& rates, double share) const;
  [[nodiscard]] double share_asked_for(const Rates& rates) const;

  const StrategySetup* setup_ = nullptr;
  std::size_t share_ = 0;         ///< index into Operations::fleet_shares of the one that holds
  double training_ = 1;           ///< fraction of Operations::training_share that trains now
  double serving_ = 0;            ///< fraction of the fleet that serves now
  core::Time set_again_;          ///< where serving takes what demand asks for, when its share is set anew
  double asked_ = 0;              ///< the highest load until then [FLOP/s]
  core::Sum handed_down_peak_;    ///< FLOP/s of what was handed down and is up
  std::int64_t handed_down_ = 0;  ///< units handed down; at 0 their peak is set to 0, so that no rounding error is left
  std::int64_t handed_down_accelerators_ = 0;  ///< real accelerators among the units handed down
  models::ServingFleet fleet_;
  double carried_ = 0;
  double changed_ = 0;  ///< when the fleet that serves changed last [yr]
  double short_from_ = std::numeric_limits<
      double>::infinity();  ///< when demand was first unmet, by what was carried until `changed_` [yr]
  core::Sum unmet_;         ///< demand unmet until `changed_` [FLOP]
};

}  // namespace fleetrace::fleet
