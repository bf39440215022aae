#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "sim/core/numeric/logarithm.hpp"
#include "sim/core/random/random.hpp"

/// Random variates with the same bits on every CPU and from every compiler, which the standard distributions do not give.
///
/// Samplers by inversion take exactly one draw a variate, and their variate never falls as the uniform rises, so that two
/// runs with common random numbers stay in step. Their quantile functions stand beside them for designs that bring their
/// own uniforms. The samplers gamma, poisson and binomial take as many draws as they need.
///
/// A parameter outside the stated range, or one that is not finite, throws std::invalid_argument naming it. Uniforms are
/// odd multiples of 2^-53, so nothing rarer than that is ever drawn.
namespace fleetrace::core {

namespace detail {
void throw_exponential_mean();
}

// Samplers by inversion. Their quantile functions take u in [0, 1].

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

/// mean + sd z(u), with z the standard normal quantile (AS 241, see special.hpp); sd >= 0.
[[nodiscard]] double normal_quantile(double u, double mean, double sd);
[[nodiscard]] double normal(Stream& stream, double mean, double sd);

/// median e^(sigma z(u)); median > 0, sigma >= 0, the standard deviation of the logarithm.
[[nodiscard]] double lognormal_quantile(double u, double median, double sigma);
[[nodiscard]] double lognormal(Stream& stream, double median, double sigma);

/// low + sqrt(u (high - low) (mode - low)) up to the mode, and the mirror image of that above it; low <= mode <= high.
[[nodiscard]] double triangular_quantile(double u, double low, double mode, double high);
[[nodiscard]] double triangular(Stream& stream, double low, double mode, double high);

/// The gamma law by its inverse distribution function, at about twenty times the cost of `gamma`, which has the same
/// parameters; shape in [1e-3, 1e7].
[[nodiscard]] double gamma_quantile(double u, double shape, double scale);
[[nodiscard]] double gamma_by_inversion(Stream& stream, double shape, double scale);

/// The first index at which the cumulated share of the weights, in the order given, reaches u; never one of weight 0.
/// Weights are >= 0 with a sum above 0.
[[nodiscard]] std::size_t choice_quantile(double u, std::span<const double> weights);
[[nodiscard]] std::size_t choice(Stream& stream, std::span<const double> weights);

/// Linear between the order statistics: the value at position u (n - 1), counted from 0 (Hyndman and Fan 1996, type 7).
/// `sorted` must be in ascending order, which is not checked, and not empty.
[[nodiscard]] double empirical_quantile(double u, std::span<const double> sorted);
[[nodiscard]] double empirical(Stream& stream, std::span<const double> sorted);

// Samplers by rejection. They are exact up to the rounding of the density that they compare with: 1e-13, for gamma also
// 4e-16 times its shape, for binomial 4e-15 times its standard deviation.

/// Variate with a density proportional to x^(shape - 1) e^(-x / scale); shape in (0, 1e7], scale >= 0. The mean is
/// shape scale.
/// Marsaglia and Tsang 2000, "A simple method for generating gamma variables"; for shapes below 1 as
/// Gamma(shape + 1) u^(1 / shape).
[[nodiscard]] double gamma(Stream& stream, double shape, double scale);

/// Number of events of a Poisson law, 0 <= mean <= 1e15, at a cost that does not grow with the mean.
/// Inversion for means below 10 (one draw), else Hörmann 1993, "The transformed rejection method for generating Poisson
/// random variables", algorithm PTRS.
[[nodiscard]] std::int64_t poisson(Stream& stream, double mean);

/// Number of successes in n trials of chance p, 0 <= n <= 1e15, 0 <= p <= 1, at a cost that does not grow with n.
/// Inversion where n min(p, 1 - p) < 10 (one draw), else Hörmann 1993, "The generation of binomial random variates",
/// algorithm BTRS.
[[nodiscard]] std::int64_t binomial(Stream& stream, std::int64_t n, double p);

}  // namespace fleetrace::core
