#pragma once

#include <cstdint>
#include <limits>
#include <string>

#include "fleetrace/core/time.hpp"

/// When new hardware comes out, and by how much it is better.
namespace fleetrace::models {

/// When releases come: a renewal process that starts with the base accelerator. The times between releases are independent,
/// each Gamma(k, D/k); k = 1 is a Poisson process, k infinite a calendar.
struct Cadence {
  core::Duration mean;                                     ///< D
  double shape = std::numeric_limits<double>::infinity();  ///< k [1], at least 1

  [[nodiscard]] bool is_fixed() const { return shape == std::numeric_limits<double>::infinity(); }
};

/// What a growth rate is the growth of, where release dates are random: of the mean of J^N(t), N the number of releases by
/// t, or of its median path, the mean of ln J^N(t). At a fixed cadence both are the same.
enum class Matched : std::uint8_t { mean, log };

/// The jump J at each release that makes a quantity grow by `rate` [doublings/yr] in the long run; s = rate ln 2.
///   log:   J = e^(s D), since E N(t) ~ t/D
///   mean:  J = (1 + s D/k)^k, since E[J^N(t)] ~ e^(s t) where J E[e^(-s X)] = 1        renewal theory; MODELS.md section 2
/// Not a number where no jump gives such a decline (s D/k <= -1).
[[nodiscard]] double release_jump(const Cadence& cadence, double rate, Matched matched);

/// The inverse of the second: s = (J^(1/k) - 1) k/D [1/yr], the growth of E[J^N(t)]; ln J/D at a fixed cadence.
[[nodiscard]] double mean_growth(const Cadence& cadence, double jump);

/// Time between release `ordinal` - 1 and release `ordinal`, counted from 1 after the base. A pure function: every strategy
/// of a replication sees the same dates, and one with another cadence sees them stretched.
[[nodiscard]] core::Duration release_interval(const Cadence& cadence, std::uint32_t seed, std::uint32_t replication,
                                              std::uint64_t ordinal);

/// What is publicly known of releases to come: never their dates.
struct ReleaseLaw {
  core::Duration cadence;                                  ///< mean time between releases
  double shape = std::numeric_limits<double>::infinity();  ///< of its Gamma law; infinite where the cadence is fixed
  double jump = 1;                                         ///< of FLOP/s per USD from launch to launch
  double efficiency_jump = 1;                              ///< of FLOP/s per W
  std::string base = {};                                   ///< what they follow; they are named base+1, base+2, ...

  bool operator==(const ReleaseLaw&) const = default;
};

}  // namespace fleetrace::models
