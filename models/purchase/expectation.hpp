#pragma once

#include "fleetrace/models/observation.hpp"

/// What a strategy may expect of hardware that is bought later, by declared rates and laws alone.
namespace fleetrace::models {

/// Useful compute by the end of the horizon per FLOP/s ordered at `when` >= seen.now, in units of today's algorithms [yr]:
///   disembodied  e^(alpha s) (e^(alpha u) - 1)/alpha,  s = when + lead time - now, u = min(lifetime, end - arrival)
///   embodied     e^(alpha (when - now)) u
/// 0 if it would arrive after the end.                                                        docs/derivations.md 1k and 1l
[[nodiscard]] double expected_use(const Observation& seen, core::Time when);

/// Expected time from now until the next release [yr], given how long ago the last one was: for a Gamma law the mean
/// residual life, for a fixed cadence what is left of it, 0 once it is overdue. Infinite without a law, or if a release
/// at a fixed cadence is overdue by a whole interval, so that no strategy waits for it.
[[nodiscard]] double expected_wait(const Observation& seen);

/// Expected performance of the hardware on sale at `when`.
struct ExpectedOffer {
  double flops_per_usd = 0;   ///< peak FLOP/s per all-in USD
  double flops_per_watt = 0;  ///< peak FLOP/s per W; infinite where power is not modelled
};
[[nodiscard]] ExpectedOffer expected_offer(const Observation& seen, core::Time when);

}  // namespace fleetrace::models
