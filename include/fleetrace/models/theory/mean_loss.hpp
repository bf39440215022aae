#pragma once

#include "fleetrace/models/theory/terms.hpp"

/// The time integral of relative loss, J = int_0^H (1 + nu C(t))^-kappa dt, C in units of B g0 x 1 yr.   MODELS.md section 8.3
/// Quadrature to about 1e-13 where there is no closed form. Valid: eta, alpha, decay >= 0, lifetime and horizon above 0,
/// 0 < kappa <= 1, nu > 0; else std::invalid_argument.
namespace fleetrace::models::theory {

/// What compute buys.
struct LossScale {
  double kappa = 0.05;  ///< R = (C/C0)^-kappa
  double nu = 1;        ///< B g0 / C0 [1/yr]: reference computes a year that the whole budget buys at the start
};

/// (1 + nu C)^-kappa for a compute C in units of B g0 x 1 yr.
[[nodiscard]] double relative_loss_at(const LossScale& scale, double compute);

/// J of buying everything at the start [yr]; ((1 + nu H)^(1-kappa) - 1) / ((1 - kappa) nu) for alpha = decay = 0, T >= H.
[[nodiscard]] double front_loaded_loss(const Terms& terms, const LossScale& scale, double horizon);

/// J of spending evenly over the horizon [yr].
[[nodiscard]] double uniform_loss(const Terms& terms, const LossScale& scale, double horizon);

/// J of one purchase at t in [0, H] [yr].
[[nodiscard]] double single_purchase_loss(const Terms& terms, const LossScale& scale, double horizon, double t);

/// The best single purchase.
struct SinglePurchase {
  double at = 0;    ///< [yr]
  double loss = 0;  ///< J [yr]
};
[[nodiscard]] SinglePurchase best_single_purchase(const Terms& terms, const LossScale& scale, double horizon);

/// The shortest horizon at which uniform spend has the lower mean loss [yr], at least final_break_even. Infinite where there is
/// none up to kBreakEvenSearch times that. With alpha > 0 and unlimited life front-loading can win again on much longer
/// horizons, because uniform spend over H years starts ever more slowly: J of the hare is bounded there, J of the turtle grows
/// as ln H / (eta + alpha).
[[nodiscard]] double mean_loss_break_even(const Terms& terms, const LossScale& scale);
inline constexpr double kBreakEvenSearch = 1e4;

}  // namespace fleetrace::models::theory
