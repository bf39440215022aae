#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "fleetrace/core/logarithm.hpp"
#include "fleetrace/core/random.hpp"

/// Random variates with the same bits on every CPU and from every compiler, which the standard distributions do not give.
///
/// Samplers by inversion take exactly one draw a variate and never fall as the uniform rises, so that two runs with common
/// random numbers stay in step; their quantile functions stand beside them for designs that bring their own uniforms.
/// gamma, poisson and binomial take as many draws as they need.
///
/// A parameter outside the stated range, or one that is not finite, throws std::invalid_argument naming it. Uniforms are
/// odd multiples of 2^-53, so nothing rarer than that is ever drawn.
namespace fleetrace::core {

namespace detail {
void throw_exponential_mean();
}

// By inversion. u in [0, 1].

/// low + u (high - low); low <= high.
[[nodiscard]] double uniform_quantile(double u, double low, double high);
[[nodiscard]] double uniform(Stream& stream, double low, double high);

/// -mean ln(1 - u); mean >= 0, and a mean of 0 always gives 0.
[[nodiscard]] double exponential_quantile(double u, double mean);
[[nodiscard]] inline double exponential(Stream& stream, double mean) {
  if (!(mean >= 0 && mean <= std::numeric_limits<double>::max())) detail::throw_exponential_mean();
  return mean * -log_of_uniform(1 - stream.uniform());
}

/// scale (-ln(1 - u))^(1 / shape); shape > 0, scale >= 0. The mean is scale Gamma(1 + 1 / shape).
[[nodiscard]] double weibull_quantile(double u, double shape, double scale);
[[nodiscard]] double weibull(Stream& stream, double shape, double scale);

/// mean + sd z(u), z of Wichura's AS 241; sd >= 0.
[[nodiscard]] double normal_quantile(double u, double mean, double sd);
[[nodiscard]] double normal(Stream& stream, double mean, double sd);

/// median e^(sigma z(u)); median > 0, sigma >= 0, the standard deviation of the logarithm.
[[nodiscard]] double lognormal_quantile(double u, double median, double sigma);
[[nodiscard]] double lognormal(Stream& stream, double median, double sigma);

/// low + sqrt(u (high - low) (mode - low)) up to the mode, and its mirror image above; low <= mode <= high.
[[nodiscard]] double triangular_quantile(double u, double low, double mode, double high);
[[nodiscard]] double triangular(Stream& stream, double low, double mode, double high);

/// Gamma by its inverse distribution function, about twenty times the cost of `gamma`; same parameters, shape in [1e-3, 1e7].
[[nodiscard]] double gamma_quantile(double u, double shape, double scale);
[[nodiscard]] double gamma_by_inversion(Stream& stream, double shape, double scale);

/// The first index whose cumulated share of the weights reaches u, in the order given, never one of weight 0; weights >= 0,
/// their sum above 0.
[[nodiscard]] std::size_t choice_quantile(double u, std::span<const double> weights);
[[nodiscard]] std::size_t choice(Stream& stream, std::span<const double> weights);

/// Linear between the order statistics: the value at position u (n - 1), counted from 0 (Hyndman and Fan 1996, type 7);
/// `sorted` in ascending order, which is the caller's to see to, and not empty. One value is always drawn.
[[nodiscard]] double empirical_quantile(double u, std::span<const double> sorted);
[[nodiscard]] double empirical(Stream& stream, std::span<const double> sorted);

// By rejection. Exact up to the rounding of the density that they compare with: 1e-13, for gamma shape times 4e-16, for
// binomial its standard deviation times 4e-15.

/// Density x^(shape - 1) e^(-x / scale); shape in (0, 1e7], scale >= 0, mean shape scale.
/// Marsaglia and Tsang 2000, "A simple method for generating gamma variables"; below shape 1 by Gamma(shape + 1) u^(1 / shape).
[[nodiscard]] double gamma(Stream& stream, double shape, double scale);

/// Number of events of that mean, 0 <= mean <= 1e15, at a cost that does not grow with it.
/// Inversion below 10 (one draw), else Hörmann 1993, "The transformed rejection method for generating Poisson random
/// variables", algorithm PTRS.
[[nodiscard]] std::int64_t poisson(Stream& stream, double mean);

/// Number of successes in n trials of chance p, 0 <= n <= 1e15, 0 <= p <= 1, at a cost that does not grow with n.
/// Inversion where n min(p, 1 - p) < 10 (one draw), else Hörmann 1993, "The generation of binomial random variates",
/// algorithm BTRS.
[[nodiscard]] std::int64_t binomial(Stream& stream, std::int64_t n, double p);

}  // namespace fleetrace::core
