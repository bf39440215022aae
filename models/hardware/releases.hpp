#pragma once

#include <cstdint>
#include <limits>

#include "fleetrace/core/time.hpp"

/// Dates of hardware releases, and by how much each release is better than the one before.
namespace fleetrace::models {

/// The dates of releases are a renewal process that starts with the base accelerator. Times between releases are
/// independent, each Gamma(k, D/k); k = 1 is a Poisson process, and an infinite k is a fixed calendar.
struct Cadence {
  core::Duration mean;                                     ///< D, mean time between releases
  double shape = std::numeric_limits<double>::infinity();  ///< k [1], at least 1

  [[nodiscard]] bool is_fixed() const { return shape == std::numeric_limits<double>::infinity(); }
};

/// What grows at a stated rate where release dates are random: the mean of J^N(t), with N the number of releases by t,
/// or its median path, the mean of ln J^N(t). At a fixed cadence both are the same.
enum class Matched : std::uint8_t { mean, log };

/// The jump J at each release that makes a quantity grow by `rate` [doublings/yr] in the long run; s = rate ln 2.
///   log:   J = e^(s D), since E N(t) ~ t/D
///   mean:  J = (1 + s D/k)^k, since E[J^N(t)] ~ e^(s t) where J E[e^(-s X)] = 1        renewal theory; docs/derivations.md 2h
/// NaN where no jump gives such a decline (s D/k <= -1).
[[nodiscard]] double release_jump(const Cadence& cadence, double rate, Matched matched);

/// Growth of E[J^N(t)], the inverse of release_jump for Matched::mean: s = (J^(1/k) - 1) k/D [1/yr], or ln J/D for an
/// infinite k.
[[nodiscard]] double mean_growth(const Cadence& cadence, double jump);

/// Time between release `ordinal` - 1 and release `ordinal`, counted from 1 after the base. A pure function: every strategy
/// of a replication sees the same dates, stretched if it has another cadence.
[[nodiscard]] core::Duration release_interval(const Cadence& cadence, std::uint32_t seed, std::uint32_t replication,
                                              std::uint64_t ordinal);

}  // namespace fleetrace::models
