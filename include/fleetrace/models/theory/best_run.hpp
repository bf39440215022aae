#pragma once

#include "fleetrace/models/theory/terms.hpp"

/// The compute of the best training run of length L that has ended by the horizon H, with the algorithm frozen at its start;
/// in units of B g0 x 1 yr.                                                                             MODELS.md section 11
/// Valid: eta, alpha >= 0, decay = 0, lifetime, length and horizon above 0; else std::invalid_argument.
namespace fleetrace::models::theory {

/// All money at the start: max over starts x in [0, H - L] of e^(alpha x) min(L, T - x), that is
///   x = min(H - L, max(0, T - L, T - 1/alpha));  0 where no run ends by H.
/// For T >= H it is the last run, e^(alpha (H - L)) L.
[[nodiscard]] double front_loaded_run(const Terms& terms, double length, double horizon);

/// Money spread evenly: the last run, e^(alpha (H - L)) / H int_0^H e^(eta s) |[s, s + T] and [H - L, H]| ds; 0 for H < L.
/// For T >= H the integral is L (e^(eta (H - L)) - 1)/eta + int_(H-L)^H e^(eta s) (H - s) ds.
[[nodiscard]] double uniform_run(const Terms& terms, double length, double horizon);

/// One purchase at t: the last run, e^(alpha (H - L)) e^(eta t) |[t, t + T] and [H - L, H]|; 0 for H < L.
[[nodiscard]] double single_purchase_run(const Terms& terms, double length, double horizon, double t);

/// Lead of the best single purchase: min(L, T, 1/eta), whatever alpha is. With decay delta, which may be above 0 here if eta is
/// at least 0, 1/eta becomes ln(1 + delta/eta)/delta. An eta below 0, as volatility can leave it, favours the other end of the
/// run: L + T - min(L, T, 1/|eta|), and infinite (buy at once) where alpha does not make up for it: eta + alpha <= 0.
[[nodiscard]] double best_run_lead(const Terms& terms, double length);

/// Horizon below which the best run of front-loaded spend is greater than that of uniform spend [yr], at least L. 0 where it
/// never is: then uniform spend wins as soon as a run can end, at H = L. Infinite where it always is: without price progress,
/// if life is unlimited or alpha is 0. Independent of alpha for T >= H. With a finite life it is the first of what can be
/// several crossings: once even spending loses machines as well, the hare, which is judged by its best run, can lead again.
[[nodiscard]] double best_run_break_even(const Terms& terms, double length);

}  // namespace fleetrace::models::theory
