#pragma once

#include <cstdint>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"

/// What serving is asked for, and how much of it a fleet can carry.
namespace fleetrace::models {

/// Erlang's formulas (1917) for `servers` >= 1 servers, arrivals without memory and `offered` [erlang]: the arrival rate times
/// the mean time of service, >= 0.
///   B: share of arrivals lost where none may wait   1/B(c) = 1 + (c/a) / B(c - 1), B(0) = 1
///   C: share that has to wait, where all may        C = B / (1 - (a/c)(1 - B)), 1 from a = c on
/// and the mean wait over the mean time of service, exponential as well, is C/(c - a) (M/M/c); infinite from a = c on.
[[nodiscard]] double erlang_b(std::int64_t servers, double offered);
[[nodiscard]] double erlang_c(std::int64_t servers, double offered);
[[nodiscard]] double mean_wait(std::int64_t servers, double offered);
/// The most that may be offered [erlang] so that the mean wait is at most `wait` >= 0 times of service: the inverse of the last,
/// to 1e-12. Beyond a million servers what a million could take each, which is less by below 0.4 %.
[[nodiscard]] double most_offered(std::int64_t servers, double wait);

/// What of a fleet serves.
struct ServingFleet {
  double accelerators = 0;  ///< none where it consists of capacity
  double useful = 0;        ///< useful FLOP/s of all of it
};

/// Load on serving in useful FLOP/s, which grows exponentially whatever is served, and the service that it is owed.
struct DemandLaw {
  double load = 0;         ///< at the start of the horizon [FLOP/s]
  double growth = 0;       ///< [1/yr]
  double mfu = 1;          ///< useful over peak FLOP/s in serving
  double most_used = 1;    ///< share of serving's capacity that load may take
  double wait = -1;        ///< mean wait that is allowed [s]; below 0 where there is no queue
  double request = 0;      ///< work of a request [FLOP], where there is one
  double server_size = 1;  ///< accelerators that work on one request at a time

  /// [FLOP/s]
  [[nodiscard]] double load_at(double years) const;
  /// The most load that a fleet carries within what is owed [FLOP/s].
  [[nodiscard]] double carried(const ServingFleet& fleet) const;
  /// What is asked for between two times [FLOP], and what of it exceeds a load of `carried` [FLOP/s].
  [[nodiscard]] double demanded(double from, double to) const;
  [[nodiscard]] double unmet(double from, double to, double carried) const;
  /// The first time from `from` on at which the load exceeds `carried`; infinite where it never does [yr].
  [[nodiscard]] double exceeded_from(double from, double carried) const;
};

[[nodiscard]] const core::Family& demand_family();
/// `mfu` is that of training, which serving has too where the section states none.
[[nodiscard]] DemandLaw resolve_demand(const core::Spec& spec, double mfu);

}  // namespace fleetrace::models
