#pragma once

namespace fleetrace::models::theory {

/// The option to invest I once in a project whose value V is a geometric Brownian motion is worth keeping until V/I reaches a
/// threshold above 1.                                        Dixit and Pindyck 1994, Investment under Uncertainty, chapter 5
///   beta = 1/2 - (r - d)/s^2 + sqrt(((r - d)/s^2 - 1/2)^2 + 2 r/s^2),   V*/I = beta/(beta - 1)
/// All rates are continuous and risk-neutral; values out of range throw std::invalid_argument. For r = d = .04, s = .2:
/// beta = 2, V* = 2 I.
struct Option {
  double interest = 0;    ///< r [1/yr], > 0
  double payout = 0;      ///< d, earnings of a project that exists over its value [1/yr], > 0
  double volatility = 0;  ///< s [1/sqrt(yr)], >= 0
};

/// beta > 1. In the limit s = 0 it is r/(r - d), or infinite for r <= d.
[[nodiscard]] double option_exponent(const Option& option);
/// V*/I >= 1. In the limit s = 0 it is max(1, r/d), the threshold for a value that grows without randomness.
[[nodiscard]] double option_threshold(const Option& option);

}  // namespace fleetrace::models::theory
