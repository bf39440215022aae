#pragma once

#include <cstdint>
#include <limits>

#include "fleetrace/core/time.hpp"
#include "sim/core/random/random.hpp"

/// Supply: lead times and production, which turn orders into deliveries.
namespace fleetrace::models {

/// Time from the end of production, or from the order where production has no limit, to delivery: fixed or
/// Gamma-distributed.
struct LeadTime {
  core::Duration mean;
  double variation = 0;  ///< coefficient of variation [1]; 0 for a fixed time

  /// The lead time of one order: a pure function of the arguments.
  [[nodiscard]] core::Duration drawn(std::uint32_t seed, std::uint32_t replication, core::Entity order) const;

  bool operator==(const LeadTime&) const = default;
};

/// Production of one accelerator for one buyer, t years after its release. The rate follows a logistic curve up to c,
/// with c/2 at the ramp time m: c(t) = c/(1 + e^(-4 (t - m)/m)), that is 1.8 % of c at the release and 98.2 % at 2 m;
/// constant where m = 0.
///   S(t) = c m/4 [ln(1 + e^(4 (t - m)/m)) - ln(1 + e^-4)]     cumulative capacity, the integral of c(t)
/// Only what is ordered is produced: of cumulative orders O(t), D(t) = inf_{s<=t} [O(s) + S(t) - S(s)] are delivered,
/// as by a fluid queue that serves first come first served.
struct Production {
  double rate = std::numeric_limits<double>::infinity();  ///< c, full production rate [1/yr], > 0
  double ramp = 0;                                        ///< m, ramp time [yr], >= 0

  [[nodiscard]] bool is_limited() const { return rate < std::numeric_limits<double>::infinity(); }
  /// S at t = `years`; 0 before the release.
  [[nodiscard]] double cumulative(double years) const;
  /// The inverse of cumulative() [yr]; units >= 0.
  [[nodiscard]] double years_until(double units) const;
};

}  // namespace fleetrace::models
