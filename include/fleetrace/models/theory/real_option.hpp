#pragma once

namespace fleetrace::models::theory {

/// The option to invest I once in a project whose value V is a geometric Brownian motion is worth keeping until V/I reaches a
/// threshold above 1.                                        Dixit and Pindyck 1994, Investment under Uncertainty, chapter 5
///   beta = 1/2 - (r - d)/s^2 + sqrt(((r - d)/s^2 - 1/2)^2 + 2 r/s^2),   V*/I = beta/(beta - 1)
/// `interest` r > 0, `payout` d > 0 what a project that exists earns over its value [1/yr], volatility s >= 0 [1/sqrt(yr)], all
/// continuous and risk-neutral; else std::invalid_argument. r = d = .04, s = .2: beta = 2, V* = 2 I.
struct Option {
  double interest = 0;
  double payout = 0;
  double volatility = 0;
};

/// beta > 1. In the limit s = 0: r/(r - d), and infinite for r <= d.
[[nodiscard]] double option_exponent(const Option& option);
/// V*/I >= 1. In the limit s = 0: max(1, r/d), the date at which waiting stops paying without any chance.
[[nodiscard]] double option_threshold(const Option& option);

}  // namespace fleetrace::models::theory
