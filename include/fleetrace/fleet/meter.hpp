#pragma once

#include <vector>

#include "fleetrace/core/sum.hpp"
#include "fleetrace/fleet/case.hpp"
#include "fleetrace/fleet/cohort.hpp"

namespace fleetrace::fleet {

/// What has been measured since the start of the horizon. The first four are the layers of effective compute: each is the
/// one before with one more factor in the integral (units, FLOP/s per unit, utilisation, algorithm).
struct Totals {
  double unit_seconds = 0;  ///< accelerators, or FLOP/s of capacity, in service
  double peak_flop = 0;
  double useful_flop = 0;  ///< physical compute
  double effective_flop = 0;
  double it_joule = 0;
  double accelerator_seconds = 0;  ///< real accelerators installed, for failures
  double working_flop = 0;         ///< peak FLOP of what is in service
  double uninterrupted_flop = 0;   ///< of it, what scale leaves: what would be useful at an MFU of 1 without a job's
                                   ///< interruptions
  double working_accelerator_seconds = 0;  ///< real accelerators in service that belong to a run, for interruptions
};

/// Sums of what is installed now, of what of it draws power, and of what works.
struct Rates {
  double units = 0;
  double peak = 0;           ///< FLOP/s
  double work = 0;           ///< useful FLOP/s, as a trajectory counts them, but for the goodput
  double average_power = 0;  ///< W of what is healthy
  double cost_usd = 0;       ///< what it cost when it was bought
  std::int64_t accelerators = 0;
  double working_accelerators = 0;
  double working_peak = 0;  ///< FLOP/s
};

/// How many units of a cohort more than before are installed, draw power, and work.
struct UnitChange {
  std::int64_t installed = 0;
  std::int64_t healthy = 0;
  std::int64_t in_service = 0;
  double working = 0;  ///< those in service, each counted by the share that works on average
  std::uint32_t site = 0;
  /// What came of it before, where it was spread over the time since the last change [s].
  double healthy_seconds = 0;
  double working_seconds = 0;
};

/// What is left of the work of all that is in service.
struct Shares {
  double goodput = 1;     ///< of the time, but for interruptions
  double throughput = 1;  ///< of the stated MFU, at the scale of the run
  double at_work = 1;     ///< of the accelerators, that belong to a run
  double allotted = 1;    ///< of the most that ever trains, that trains now

  bool operator==(const Shares&) const = default;
  [[nodiscard]] double scale() const { return throughput * at_work; }
  [[nodiscard]] double useful() const { return goodput * scale() * allotted; }
};

/// Integrates what is installed, exactly: rates are constant between changes. Effective compute is the trajectory's part.
class Meter {
 public:
  void reset(const Case& scenario_case);

  void change(const Cohort& cohort, const UnitChange& change, core::Time now);
  /// `count` units of `cohort` come into service (or, negative, go) at `now`.
  void change(const Cohort& cohort, std::int64_t count, core::Time now) {
    change(cohort, {count, count, count, static_cast<double>(count)}, now);
  }
  /// From `now` on these shares of the work are useful.
  void set_shares(const Shares& shares, core::Time now);
  /// Whether so much has left service that the rounding errors of what was there may outweigh what stays.
  [[nodiscard]] bool needs_recount() const { return peak_.value() < 1e-4 * largest_peak_; }
  /// Sums anew what the cohorts have installed.
  void recount(const std::vector<Cohort>& cohorts);

  [[nodiscard]] Rates rates() const;
  /// What is drawn on average by what is healthy on a site [W].
  [[nodiscard]] double average_power(std::size_t site) const { return sites_[site].average_power.value(); }
  /// IT energy of a site since the start [J].
  [[nodiscard]] double it_joule(std::size_t site, core::Time now) const;
  /// All but effective compute, which stays 0.
  [[nodiscard]] Totals totals_at(core::Time now) const;

 private:
  /// Of one site.
  struct SitePower {
    std::int64_t healthy = 0;  ///< units that draw power: when none is left, neither is a rounding error
    core::Sum average_power;
    core::Sum joule;
    double factor = 1;  ///< on the power of what is healthy
  };

  void close(core::Time now);
  void add_past(const Cohort& cohort, const UnitChange& change);
  void add_installed(const Cohort& cohort, double count);
  void add_working(const Cohort& cohort, double count);

  double utilisation_ = 1;
  Shares shares_;
  double capacity_unit_ = 1;
  double largest_peak_ = 0;  ///< since the last recount
  core::Time last_;
  std::int64_t accelerators_ = 0;
  // Units of any kind: when none is left, rates are zero, not rounding errors.
  std::int64_t installed_ = 0, in_service_ = 0;
  core::Sum units_, peak_, cost_, work_, working_peak_, working_accelerators_;
  core::Sum unit_seconds_, peak_flop_, accelerator_seconds_;
  core::Sum useful_flop_, uninterrupted_flop_, working_flop_, working_accelerator_seconds_;
  std::vector<SitePower> sites_;
};

}  // namespace fleetrace::fleet
