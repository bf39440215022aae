#pragma once

#include <limits>

/// Closed forms of front-loaded against incremental buying. One small group of formulas a header, each derived in
/// docs/derivations.md. Rates are continuous [1/yr], times are years from the start of the horizon.
namespace fleetrace::models::theory {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// What a dollar buys when, and for how long.                                                    docs/derivations.md 8a
///   g(t) = g0 e^(eta t)    FLOP/s per USD bought at t
///   A(t) = e^(alpha t)     algorithmic multiplier of all installed hardware (disembodied)
///   a share e^(-decay age) of hardware is in service until the age `lifetime`, then nothing
/// In every formula that is built on the kernel w (kernel.hpp), decay delta acts as eta -> eta + delta,
/// alpha -> alpha - delta, with any lifetime: this keeps the factor e^((eta + alpha) t) of w and changes its integrand
/// to e^((alpha - delta) u).
struct GrowthRates {
  double eta = 0;               ///< growth of FLOP/s per USD [1/yr]
  double alpha = 0;             ///< growth of what a FLOP achieves [1/yr]
  double lifetime = kInfinity;  ///< T, age at which hardware retires [yr], above 0
  double decay = 0;             ///< rate at which hardware fails for good before that [1/yr], at least 0
};

/// Unspent money earns `interest` r >= 0 [1/yr]: eta -> eta + r.                                         docs/derivations.md 6d
/// Exact for every plan whose budget is a present value; uniform spend is then one that is uniform in present value.
[[nodiscard]] GrowthRates with_interest(GrowthRates growth_rates, double interest);

/// Price-performance is a geometric Brownian motion with E g = g0 e^(eta t) and `volatility` sigma >= 0 [1/sqrt(yr)]; the
/// expected loss C^-kappa is minimised: eta -> eta - (1 + kappa) sigma^2 / 2, which may fall below 0.  docs/derivations.md 8.2a
/// Exact for one purchase under a pure power law (C far above C0), because C is then lognormal. Not for spread spending, whose
/// compute is a sum over the price path.
[[nodiscard]] GrowthRates with_volatility(GrowthRates growth_rates, double volatility, double kappa);

}  // namespace fleetrace::models::theory
