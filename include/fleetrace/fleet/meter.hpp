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
  double accelerator_seconds = 0;  ///< real accelerators in service, for failures
};

/// Sums of what is in service now.
struct Rates {
  double units = 0;
  double peak = 0;           ///< FLOP/s
  double work = 0;           ///< useful FLOP/s, as a trajectory counts them
  double average_power = 0;  ///< W, if all were up
  double cost_usd = 0;       ///< what it cost when it was bought
  std::int64_t accelerators = 0;
};

/// Integrates what is in service, exactly: rates are constant between changes. Effective compute is the trajectory's part.
class Meter {
 public:
  void reset(const Case& scenario_case);

  /// `count` units of `cohort` enter (or, negative, leave) service at `now`.
  void change(const Cohort& cohort, std::int64_t count, core::Time now);
  /// Whether so much has left service that the rounding errors of what was there may outweigh what stays.
  [[nodiscard]] bool needs_recount() const { return peak_.value() < 1e-4 * largest_peak_; }
  /// Sums anew what the cohorts have in service.
  void recount(const std::vector<Cohort>& cohorts);

  [[nodiscard]] Rates rates() const;
  /// All but effective compute, which stays 0.
  [[nodiscard]] Totals totals_at(core::Time now) const;

 private:
  void close(core::Time now);
  void add(const Cohort& cohort, double count);

  double utilisation_ = 1;
  double availability_ = 1;
  double capacity_unit_ = 1;
  double largest_peak_ = 0;  ///< since the last recount
  core::Time last_;
  std::int64_t accelerators_ = 0;
  std::int64_t in_service_ = 0;  ///< units of any kind: when none is left, rates are zero, not rounding errors
  core::Sum units_, peak_, work_, average_power_, cost_;
  core::Sum unit_seconds_, peak_flop_, joule_, accelerator_seconds_;
};

}  // namespace fleetrace::fleet
