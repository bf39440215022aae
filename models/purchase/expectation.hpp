#pragma once

#include "fleetrace/models/observation.hpp"

/// What a strategy may expect of hardware bought later, from declared rates and laws alone.
namespace fleetrace::models {

/// Useful compute by the end of the horizon per FLOP/s ordered at `when` >= seen.now, in units of today's algorithms [yr]:
///   disembodied  e^(alpha s) (e^(alpha u) - 1)/alpha,  s = when + lead time - now, u = min(lifetime, end - arrival)
///   embodied     e^(alpha (when - now)) u
/// 0 where it would arrive too late.                                                          MODELS.md section 8.1, w(t)/g(t)
[[nodiscard]] double expected_use(const Observation& seen, core::Time when);

/// Expected time from now until the next release [yr], given how long ago the last one was: for a Gamma law the mean residual
/// life, for a fixed cadence what is left of it, 0 once it is overdue. Infinite without a law, or where a fixed cadence has
/// been missed for as long again: then nothing is waited for.
[[nodiscard]] double expected_wait(const Observation& seen);

/// Expected FLOP/s per USD and per W of what will be on sale at `when`.
struct ExpectedOffer {
  double flops_per_usd = 0;
  double flops_per_watt = 0;  ///< infinite where hardware draws no power
};
[[nodiscard]] ExpectedOffer expected_offer(const Observation& seen, core::Time when);

}  // namespace fleetrace::models
