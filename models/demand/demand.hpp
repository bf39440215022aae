#pragma once

#include <cstdint>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"

/// The load on serving, and how much of it a fleet can carry.
namespace fleetrace::models {

/// Erlang's formulas (1917) for c = `servers` >= 1 servers, Poisson arrivals and a = `offered` >= 0 [erlang], the
/// arrival rate times the mean service time.
///   erlang_b   share of arrivals lost, if none may wait        1/B(c) = 1 + (c/a) / B(c - 1), B(0) = 1
///   erlang_c   share of arrivals that wait, if all may wait    C = B / (1 - (a/c)(1 - B)); 1 for a >= c
///   mean_wait  mean wait over the mean service time, for exponential service times (M/M/c): C/(c - a); infinite for a >= c
[[nodiscard]] double erlang_b(std::int64_t servers, double offered);
[[nodiscard]] double erlang_c(std::int64_t servers, double offered);
[[nodiscard]] double mean_wait(std::int64_t servers, double offered);
/// The inverse of mean_wait, to 1e-12: the highest `offered` [erlang] with a mean wait of at most `wait` >= 0 service
/// times. Beyond a million servers, each is taken to carry as much as one of a million, which is too low by less than 0.4 %.
[[nodiscard]] double most_offered(std::int64_t servers, double wait);

/// The part of a fleet that serves.
struct ServingFleet {
  double accelerators = 0;  ///< number of accelerators; 0 where the fleet consists of capacity without devices
  double useful = 0;        ///< useful FLOP/s of all of them
};

/// The demand on serving: a load that grows exponentially, whether or not it is served, and the service quality it is owed.
struct DemandLaw {
  double load = 0;         ///< useful FLOP/s asked for at the start of the horizon
  double growth = 0;       ///< growth of the load [1/yr]
  double mfu = 1;          ///< useful over peak FLOP/s in serving
  double most_used = 1;    ///< highest share of serving's capacity that the load may take
  double wait = -1;        ///< highest mean wait that is allowed [s]; below 0 where waiting is not modelled
  double request = 0;      ///< work of one request [FLOP], where waiting is modelled
  double server_size = 1;  ///< accelerators that work on one request at a time

  /// Load at `years` after the start [FLOP/s].
  [[nodiscard]] double load_at(double years) const;
  /// The highest load that a fleet carries with the service quality that is owed [FLOP/s].
  [[nodiscard]] double carried(const ServingFleet& fleet) const;
  /// Work that is asked for between two times [FLOP]; `unmet` is the part of it above a load of `carried` [FLOP/s].
  [[nodiscard]] double demanded(double from, double to) const;
  [[nodiscard]] double unmet(double from, double to, double carried) const;
  /// Work that is carried between two times, each second of it times e^(-pace t) [FLOP].
  [[nodiscard]] double served(double from, double to, double carried, double pace) const;
  /// The first time, at `from` or later, at which the load exceeds `carried` [yr]; infinite if it never does.
  [[nodiscard]] double exceeded_from(double from, double carried) const;
};

[[nodiscard]] const core::Family& demand_family();
/// `mfu` is that of training, which holds for serving too unless the section states another.
[[nodiscard]] DemandLaw resolve_demand(const core::Spec& spec, double mfu);

}  // namespace fleetrace::models
