#pragma once

#include "fleetrace/models/theory/terms.hpp"

namespace fleetrace::models::theory {

/// Effective compute by the horizon H per dollar spent at t, in units of g0 x 1 yr.                     MODELS.md section 8.1
///   w(t) = e^((eta + alpha) t) (e^((alpha - delta) u) - 1) / (alpha - delta),  u = min(T, H - t);  0 for t >= H
/// Exactly e^(eta t) u at alpha = delta = 0. Valid for t >= 0; infinite where it leaves the range of a double.
/// Throws std::invalid_argument for a lifetime that is not above 0 or rates that are not finite.
[[nodiscard]] double kernel(const Terms& terms, double t, double horizon);

/// How long before the horizon the best single purchase is made, if hardware lives for ever [yr].       MODELS.md section 8.1
///   theta = ln((eta + alpha) / (eta + delta)) / (alpha - delta),  1 / (eta + delta) in the limit alpha = delta
/// Infinite (buy at once) where eta + delta <= 0 or eta + alpha <= 0: then a dollar never does more by waiting.
[[nodiscard]] double theta(const Terms& terms);

/// The lead of the best single purchase: min(T, theta), or infinite where eta + alpha <= 0, since even a machine that dies
/// before the horizon then does best when bought at once [yr].                                          MODELS.md section 8.1
[[nodiscard]] double best_lead(const Terms& terms);

/// t* = max(0, H - best_lead): the linear programme max C(H) puts all money there [yr]. `horizon` >= 0.  MODELS.md section 8.1
[[nodiscard]] double best_purchase(const Terms& terms, double horizon);

}  // namespace fleetrace::models::theory
