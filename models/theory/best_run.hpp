#pragma once

#include "models/theory/growth_rates.hpp"

/// The compute of the best training run of length L that has ended by the horizon H, with the algorithm frozen at its start;
/// in units of B g0 x 1 yr.                                                                      docs/derivations.md 11
/// Valid: eta, alpha >= 0, decay = 0, lifetime, length and horizon above 0; else std::invalid_argument.
namespace fleetrace::models::theory {

/// The best run when all money is spent at the start: max over starts x in [0, H - L] of e^(alpha x) min(L, T - x), at
///   x = min(H - L, max(0, T - L, T - 1/alpha));  0 where no run ends by H.
/// For T >= H the best run is the last one, e^(alpha (H - L)) L.
[[nodiscard]] double front_loaded_run(const GrowthRates& growth_rates, double length, double horizon);

/// The best run when money is spread evenly, which is the last one:
///   e^(alpha (H - L)) / H int_0^H e^(eta s) |[s, s + T] and [H - L, H]| ds;  0 for H < L.
/// For T >= H the integral is L (e^(eta (H - L)) - 1)/eta + int_(H-L)^H e^(eta s) (H - s) ds.
[[nodiscard]] double uniform_run(const GrowthRates& growth_rates, double length, double horizon);

/// The last run after one purchase at t: e^(alpha (H - L)) e^(eta t) |[t, t + T] and [H - L, H]|; 0 for H < L.
[[nodiscard]] double single_purchase_run(const GrowthRates& growth_rates, double length, double horizon, double t);

/// Lead of the best single purchase over the horizon [yr]: min(L, T, 1/eta), whatever alpha is. Decay delta may be
/// above 0 here if eta is at least 0; then 1/eta becomes ln(1 + delta/eta)/delta. For an eta below 0, which volatility
/// can cause, the lead is L + T - min(L, T, 1/|eta|), or infinite (buy at once) where eta + alpha <= 0.
[[nodiscard]] double best_run_lead(const GrowthRates& growth_rates, double length);

/// The dates within a horizon H of at least L from the first to the last of which a single purchase gives the same best run [yr].
/// They differ where eta and delta are 0. With algorithmic progress the machine has to serve in the last run for as long as it
/// can, from max(0, H - max(L, T)) to H - min(L, T). Without it any run is as good as the last, and the first date is 0.
struct PurchaseDates {
  double first = 0;
  double last = 0;
};
[[nodiscard]] PurchaseDates best_run_purchases(const GrowthRates& growth_rates, double length, double horizon);

/// Horizon below which the best run of front-loaded spend is greater than that of uniform spend [yr], at least L. It is
/// 0 where uniform spend wins as soon as a run can end, at H = L. It is infinite where front-loaded spend always wins:
/// without price progress, if life is unlimited or alpha is 0. It is independent of alpha for T >= H. With a finite
/// life there can be several crossings, of which it is the first: once uniform spend loses machines as well,
/// front-loaded spend, which is judged by its best run, can lead again.
[[nodiscard]] double best_run_break_even(const GrowthRates& growth_rates, double length);

}  // namespace fleetrace::models::theory
