#pragma once

#include <limits>

/// Closed forms of front-loaded against incremental buying. One small group of formulas a header; MODELS.md names the
/// section that each comes from. Rates are continuous [1/yr], times are years from the start of the horizon.
namespace fleetrace::models::theory {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// What a dollar buys when, and for how long.                                                            MODELS.md section 8
///   g(t) = g0 e^(eta t)    FLOP/s per USD bought at t
///   A(t) = e^(alpha t)     algorithmic multiplier of all installed hardware (disembodied)
///   hardware serves until the age `lifetime`, and of it a share e^(-decay age)
/// Decay is the same as eta -> eta + decay, alpha -> alpha - decay in every formula that is built on the kernel w (kernel.hpp),
/// with any lifetime: e^((eta + alpha) t) keeps its exponent and the integral its integrand.
struct Terms {
  double eta = 0;               ///< growth of FLOP/s per USD [1/yr]
  double alpha = 0;             ///< growth of what a FLOP achieves [1/yr]
  double lifetime = kInfinity;  ///< [yr], above 0
  double decay = 0;             ///< [1/yr], at least 0
};

/// Unspent money earns `interest` r >= 0 [1/yr]: eta -> eta + r.                                         MODELS.md section 6
/// Exact for every plan whose budget is a present value; uniform spend is then uniform in present value.
[[nodiscard]] Terms with_interest(Terms terms, double interest);

/// Price-performance is a geometric Brownian motion with E g = g0 e^(eta t) and `volatility` sigma >= 0 [1/sqrt(yr)]; the
/// expected loss C^-kappa is minimised: eta -> eta - (1 + kappa) sigma^2 / 2, which may fall below 0.  MODELS.md section 8.2
/// Exact for one purchase under a pure power law (C far above C0), because C is then lognormal. Not for spread spending, whose
/// compute is a sum over the price path.
[[nodiscard]] Terms with_volatility(Terms terms, double volatility, double kappa);

}  // namespace fleetrace::models::theory
