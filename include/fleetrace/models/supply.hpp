#pragma once

#include <cstdint>
#include <limits>

#include "fleetrace/core/random.hpp"
#include "fleetrace/core/time.hpp"

/// How orders become deliveries.
namespace fleetrace::models {

/// Time from the factory's door, or from the order where production has no limit, to delivery: fixed, or Gamma.
struct LeadTime {
  core::Duration mean;
  double variation = 0;  ///< coefficient of variation [1], 0 where it is fixed

  /// A pure function of who draws.
  [[nodiscard]] core::Duration drawn(std::uint32_t seed, std::uint32_t replication, core::Entity order) const;

  bool operator==(const LeadTime&) const = default;
};

/// What a maker can produce of one accelerator for one buyer, t years after its release. The rate follows a logistic curve
/// to its full height, half of which it has at the ramp time m: c(t) = c/(1 + e^(-4 (t - m)/m)), that is 1.8 % of it at the
/// release and 98.2 % at 2 m; constant where m = 0.
///   S(t) = c m/4 [ln(1 + e^(4 (t - m)/m)) - ln(1 + e^-4)]
/// What is not ordered is not produced: of orders O(t) it has delivered D(t) = inf_{s<=t} [O(s) + S(t) - S(s)], the
/// reflection of a fluid queue that is served first come first served.
struct Production {
  double rate = std::numeric_limits<double>::infinity();  ///< c [1/yr], > 0
  double ramp = 0;                                        ///< m [yr], >= 0

  [[nodiscard]] bool is_limited() const { return rate < std::numeric_limits<double>::infinity(); }
  /// S(t), 0 before the release.
  [[nodiscard]] double cumulative(double years) const;
  /// The inverse [yr]; units >= 0.
  [[nodiscard]] double years_until(double units) const;
};

}  // namespace fleetrace::models
