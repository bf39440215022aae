#pragma once

#include "models/theory/growth_rates.hpp"

namespace fleetrace::models::theory {

/// Effective compute by the horizon H per dollar spent at t, in units of g0 x 1 yr.            docs/derivations.md 8.1a
///   w(t) = e^((eta + alpha) t) (e^((alpha - delta) u) - 1) / (alpha - delta),  u = min(T, H - t);  0 for t >= H
/// Exactly e^(eta t) u at alpha = delta = 0. Valid for t >= 0; infinite where it leaves the range of a double.
/// Throws std::invalid_argument for a lifetime that is not above 0 or rates that are not finite.
[[nodiscard]] double kernel(const GrowthRates& growth_rates, double t, double horizon);

/// How long before the horizon the best single purchase is made, if hardware lives for ever [yr].  docs/derivations.md 8.1b
///   theta = ln((eta + alpha) / (eta + delta)) / (alpha - delta),  1 / (eta + delta) in the limit alpha = delta
/// Infinite (buy at once) where eta + delta <= 0 or eta + alpha <= 0: then a dollar never does more by waiting.
[[nodiscard]] double theta(const GrowthRates& growth_rates);

/// The lead of the best single purchase: min(T, theta), or infinite where eta + alpha <= 0, since then even a machine
/// that retires before the horizon does best when bought at once [yr].                                  docs/derivations.md 8.1c
[[nodiscard]] double best_lead(const GrowthRates& growth_rates);

/// t* = max(0, H - best_lead): the linear programme max C(H) puts all money there [yr]. `horizon` >= 0.  docs/derivations.md 8.1c
[[nodiscard]] double best_purchase(const GrowthRates& growth_rates, double horizon);

/// The last date on which a single purchase does as well as at t* [yr]: H - T where a dollar gains nothing by waiting and loses
/// nothing while its machine retires before the horizon, eta + alpha = 0 and T < H; else t* itself.   docs/derivations.md 8.1c
[[nodiscard]] double latest_best_purchase(const GrowthRates& growth_rates, double horizon);

}  // namespace fleetrace::models::theory
