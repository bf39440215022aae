#pragma once

#include "models/theory/growth_rates.hpp"

/// The time integral of relative loss, J = int_0^H (1 + nu C(t))^-kappa dt, C in units of B g0 x 1 yr.  docs/derivations.md 8.3a
/// Quadrature to about 1e-13 where there is no closed form. Valid: eta, alpha, decay >= 0, lifetime and horizon above 0,
/// 0 < kappa <= 1, nu > 0; else std::invalid_argument.
namespace fleetrace::models::theory {

/// The loss law, R = (1 + nu C)^-kappa for a compute C in units of B g0 x 1 yr.
struct LossScale {
  double kappa = 0.05;  ///< exponent of the loss law
  double nu = 1;        ///< B g0 / C0 [1/yr]: reference computes a year that the whole budget buys at the start
};

/// R for a compute in units of B g0 x 1 yr.
[[nodiscard]] double relative_loss_at(const LossScale& scale, double compute);

/// J when all money is spent at the start [yr]. For alpha = decay = 0 and T >= H it is
/// ((1 + nu H)^(1-kappa) - 1) / ((1 - kappa) nu).
[[nodiscard]] double front_loaded_loss(const GrowthRates& growth_rates, const LossScale& scale, double horizon);

/// J when money is spent evenly over the horizon [yr].
[[nodiscard]] double uniform_loss(const GrowthRates& growth_rates, const LossScale& scale, double horizon);

/// J when all money is spent at t in [0, H] [yr].
[[nodiscard]] double single_purchase_loss(const GrowthRates& growth_rates, const LossScale& scale, double horizon,
                                          double t);

/// The single purchase with the lowest J.
struct SinglePurchase {
  double at = 0;    ///< time of the purchase [yr]
  double loss = 0;  ///< J [yr]
};
[[nodiscard]] SinglePurchase best_single_purchase(const GrowthRates& growth_rates, const LossScale& scale,
                                                  double horizon);

/// The shortest horizon at which uniform spend has the lower mean loss [yr], at least final_break_even. Infinite where
/// there is none up to kBreakEvenSearch times final_break_even. With alpha > 0 and unlimited life, front-loaded spend
/// can win again on much longer horizons, because uniform spend starts ever more slowly: there J of front-loaded spend
/// is bounded, and J of uniform spend grows as ln H / (eta + alpha).
[[nodiscard]] double mean_loss_break_even(const GrowthRates& growth_rates, const LossScale& scale);
inline constexpr double kBreakEvenSearch = 1e4;

}  // namespace fleetrace::models::theory
