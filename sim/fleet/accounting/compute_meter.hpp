#pragma once

#include <vector>

#include "sim/core/numeric/sum.hpp"
#include "sim/fleet/accounting/revenue_meter.hpp"
#include "sim/fleet/cohort.hpp"
#include "sim/fleet/setup.hpp"

namespace fleetrace::fleet {

/// Totals since the start of the horizon. The first four are the layers of effective compute: each is the one before it with one
/// more factor in the integral (units, FLOP/s per unit, utilisation, algorithm).
struct Totals {
  double unit_seconds = 0;  ///< accelerators, or FLOP/s of capacity, in service
  double peak_flop = 0;
  double useful_flop = 0;  ///< physical compute
  double effective_flop = 0;
  double it_joule = 0;
  double accelerator_seconds = 0;  ///< real accelerators installed, for failures
  double working_flop = 0;         ///< peak FLOP of units in service, as far as they train
  /// The part of `working_flop` that scale leaves: what would be useful at an MFU of 1 without a job's interruptions.
  double uninterrupted_flop = 0;
  double working_accelerator_seconds = 0;  ///< real accelerators in service that train in a run, for interruptions
};

/// Sums of what is installed now, of what of it draws power, and of what works.
struct Rates {
  double units = 0;
  double peak = 0;           ///< peak FLOP/s installed
  double work = 0;           ///< useful FLOP/s, as a trajectory counts them, but for the goodput
  double average_power = 0;  ///< average draw of what is healthy [W]
  double cost_usd = 0;       ///< what it cost when it was bought
  std::int64_t accelerators = 0;
  double working_accelerators = 0;
  double working_peak = 0;  ///< peak FLOP/s of what works, each counted by the MFU of its type over the stated one
};

/// What is left of the work of all that is in service.
struct WorkShares {
  double goodput = 1;     ///< fraction of the time that is not lost to interruptions
  double throughput = 1;  ///< fraction of the stated MFU that is left at the scale of the run
  double at_work = 1;     ///< fraction of the accelerators that belong to a run
  double training = 1;    ///< fraction of `training_share`, the maximum over time, that trains now

  bool operator==(const WorkShares&) const = default;
  [[nodiscard]] double scale() const { return throughput * at_work; }
  [[nodiscard]] double useful() const { return goodput * scale() * training; }
};

/// Integrates what is installed, exactly: rates are constant between changes. Effective compute is the trajectory's part.
class ComputeMeter {
 public:
  void reset(const StrategySetup& scenario_case);

  void change(const Cohort& cohort, const UnitChange& change, core::Time now);
  /// `count` units of `cohort` come into service (or, negative, go) at `now`.
  void change(const Cohort& cohort, std::int64_t count, core::Time now) {
    change(cohort, {count, count, count, static_cast<double>(count)}, now);
  }
  /// From `now` on this of it is sold.
  void set_selling(const Selling& selling, core::Time now) { revenue_.set_selling(selling, now); }
  /// What it has earned.
  [[nodiscard]] const RevenueMeter& revenue() const { return revenue_; }
  /// From `now` on these shares of the work are useful.
  void set_shares(const WorkShares& shares, core::Time now);
  /// Whether so much has left service that the rounding errors of what was there may outweigh what stays.
  [[nodiscard]] bool needs_recount() const { return peak_.value() < 1e-4 * largest_peak_; }
  /// Sums anew what the cohorts have installed.
  void recount(const std::vector<Cohort>& cohorts);

  [[nodiscard]] Rates rates() const;
  /// What is drawn on average by what is healthy on a site [W].
  [[nodiscard]] double average_power(std::size_t site) const { return sites_[site].average_power.value(); }
  /// IT energy of a site since the start [J].
  [[nodiscard]] double it_joule(std::size_t site, core::Time now) const;
  /// Useful FLOP since the start, before any progress.
  [[nodiscard]] double useful_flop_at(core::Time now) const;
  /// All but effective compute, which stays 0.
  [[nodiscard]] Totals totals_at(core::Time now) const;

 private:
  /// Of one site.
  struct SitePower {
    std::int64_t healthy = 0;  ///< units that draw power; at 0 the sums are set to 0, so that no rounding error is left
    core::Sum average_power;
    core::Sum joule;
    double factor = 1;  ///< factor on the power of what is healthy
  };

  void close(core::Time now);
  void add_past(const Cohort& cohort, const UnitChange& change);
  void add_installed(const Cohort& cohort, double count);
  void add_working(const Cohort& cohort, double count);

  RevenueMeter revenue_;
  double utilisation_ = 1;
  WorkShares shares_;
  double capacity_unit_ = 1;
  double largest_peak_ = 0;  ///< largest peak FLOP/s since the last recount
  core::Time last_;
  std::int64_t accelerators_ = 0;
  // Units of any kind: when none is left, rates are zero, not rounding errors.
  std::int64_t installed_ = 0, in_service_ = 0;
  core::Sum units_, peak_, cost_, work_, working_peak_, working_useful_peak_, working_accelerators_;
  core::Sum unit_seconds_, peak_flop_, accelerator_seconds_;
  core::Sum useful_flop_, uninterrupted_flop_, working_flop_, working_accelerator_seconds_;
  std::vector<SitePower> sites_;
};

}  // namespace fleetrace::fleet
