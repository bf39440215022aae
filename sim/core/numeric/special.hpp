#pragma once

#include <cstdint>

/// Special functions with the same bits on every CPU: built on core's elementary functions and on SLEEF's deterministic
/// erfc and lgamma, never on the C library's. The stated errors are tested against values of 50 digits. Arguments outside
/// the stated range give NaN.
namespace fleetrace::core {

/// Standard normal distribution function. Relative error below 4e-16 (1 + x^2), in both tails.
[[nodiscard]] double normal_cdf(double x);

/// Standard normal density.
[[nodiscard]] double normal_density(double x);

/// Inverse of normal_cdf for p in [0, 1]; -infinity at 0, infinity at 1. Increasing; odd about 1/2 to the last bit where
/// 1 - p is exact. Relative error below 2e-15.     Wichura 1988, Algorithm AS 241 (PPND16), Applied Statistics 37:477
[[nodiscard]] double inverse_normal_cdf(double p);

/// ln Gamma(x) for x > 0. Error below 2e-15 (1 + |value|).
[[nodiscard]] double log_gamma(double x);

/// Regularised incomplete gamma functions P(a, x) and Q = 1 - P, for a in [1e-3, 1e7] and x >= 0. Relative error of the
/// smaller one below 5e-13 while it is above 1e-200. The work grows with the root of a.
///   P by its power series for x < a + 1, Q by Legendre's continued fraction above     DLMF 8.11.4, 8.9.2
[[nodiscard]] double gamma_p(double a, double x);
[[nodiscard]] double gamma_q(double a, double x);

/// The x with P(a, x) = p, for a in [1e-3, 1e7] and p in [0, 1]. Newton's method on the logarithms, which are concave.
/// Increasing in p up to its relative error, below 1e-12. Gives 0 where x would be below 1e-300 (a near 0).
[[nodiscard]] double inverse_gamma_p(double a, double p);

/// Probability of k events of a Poisson law, and of k successes in n trials of chance p; 0 outside the support.
/// Relative error below 2e-14 + 4e-16 |ln of the value|, also for means and n of 1e15; for the binomial law 4e-16 |k - n p|
/// more, since n p is rounded.
/// Loader 2000, "Fast and accurate computation of binomial probabilities".
[[nodiscard]] double poisson_mass(std::int64_t k, double mean);
[[nodiscard]] double binomial_mass(std::int64_t k, std::int64_t n, double p);

}  // namespace fleetrace::core
