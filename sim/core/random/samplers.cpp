#include "sim/core/random/samplers.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/numeric/logarithm.hpp"
#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/special.hpp"
#include "sim/core/random/samplers_require.hpp"

namespace fleetrace::core {
namespace {

void require_probability(double u) { require(u >= 0 && u <= 1, "quantile: u must be between 0 and 1"); }

double total(std::span<const double> weights) {
  double sum = 0;
  for (const double weight : weights) {
    require(not_negative(weight), "choice: weights must be finite and at least 0");
    sum += weight;
  }
  require(positive(sum), "choice: the sum of the weights must be finite and above 0");
  return sum;
}

/// -ln(1 - u), u in [0, 1].
double unit_exponential(double u) {
  const double rest = 1 - u;
  const bool is_exact = 1 - rest == u && rest > 0;  // holds for every uniform that a stream draws
  return is_exact ? 0 - log_of_uniform(rest) : -log1p(-u);
}

}  // namespace

void detail::throw_exponential_mean() { require(false, "exponential: the mean must be finite and at least 0"); }

double uniform_quantile(double u, double low, double high) {
  require_probability(u);
  const double width = high - low;
  require(width >= 0 && std::isfinite(width), "uniform: low and high must be finite and low at most high");
  return std::min(low + u * width, high);  // rounding may exceed `high` by an ulp
}

double exponential_quantile(double u, double mean) {
  require_probability(u);
  if (!not_negative(mean)) detail::throw_exponential_mean();
  return mean == 0 ? 0 : mean * unit_exponential(u);
}

double weibull_quantile(double u, double shape, double scale) {
  require_probability(u);
  require(positive(shape), "weibull: the shape must be finite and above 0");
  require(not_negative(scale), "weibull: the scale must be finite and at least 0");
  return scale == 0 ? 0 : scale * pow(unit_exponential(u), 1 / shape);
}

double normal_quantile(double u, double mean, double sd) {
  require_probability(u);
  require(std::isfinite(mean), "normal: the mean must be finite");
  require(not_negative(sd), "normal: the standard deviation must be finite and at least 0");
  return sd == 0 ? mean : mean + sd * inverse_normal_cdf(u);
}

double lognormal_quantile(double u, double median, double sigma) {
  require_probability(u);
  require(positive(median), "lognormal: the median must be finite and above 0");
  require(not_negative(sigma), "lognormal: sigma must be finite and at least 0");
  return sigma == 0 ? median : median * exp(sigma * inverse_normal_cdf(u));
}

double triangular_quantile(double u, double low, double mode, double high) {
  require_probability(u);
  const double width = high - low;
  require(std::isfinite(width) && low <= mode && mode <= high,
          "triangular: low, mode and high must be finite and in that order");
  if (width == 0) return low;
  // The two halves meet up to rounding. Clamping both to the mode keeps the whole from falling as u rises.
  if (u * width <= mode - low) return std::min(low + std::sqrt(u * width) * std::sqrt(mode - low), mode);
  return std::max(high - std::sqrt((1 - u) * width) * std::sqrt(high - mode), mode);
}

double gamma_quantile(double u, double shape, double scale) {
  require_probability(u);
  require(shape >= 1e-3 && shape <= 1e7, "gamma by inversion: the shape must be at least 1e-3 and at most 1e7");
  require(not_negative(scale), "gamma: the scale must be finite and at least 0");
  return scale == 0 ? 0 : scale * inverse_gamma_p(shape, u);
}

std::size_t choice_quantile(double u, std::span<const double> weights) {
  require_probability(u);
  const double target = u * total(weights);
  double sum = 0;
  std::size_t last = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] == 0) continue;
    sum += weights[i];
    last = i;
    if (sum >= target) break;
  }
  return last;
}

double empirical_quantile(double u, std::span<const double> sorted) {
  require_probability(u);
  require(!sorted.empty(), "empirical: there must be a value");
  const double position = u * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  if (below + 1 >= sorted.size()) return sorted.back();
  const double share = position - static_cast<double>(below);
  return std::min(sorted[below] + share * (sorted[below + 1] - sorted[below]), sorted[below + 1]);
}

double uniform(Stream& stream, double low, double high) { return uniform_quantile(stream.uniform(), low, high); }
double weibull(Stream& stream, double shape, double scale) { return weibull_quantile(stream.uniform(), shape, scale); }
double normal(Stream& stream, double mean, double sd) { return normal_quantile(stream.uniform(), mean, sd); }
double lognormal(Stream& stream, double median, double sigma) {
  return lognormal_quantile(stream.uniform(), median, sigma);
}
double triangular(Stream& stream, double low, double mode, double high) {
  return triangular_quantile(stream.uniform(), low, mode, high);
}
double gamma_by_inversion(Stream& stream, double shape, double scale) {
  return gamma_quantile(stream.uniform(), shape, scale);
}
std::size_t choice(Stream& stream, std::span<const double> weights) {
  return choice_quantile(stream.uniform(), weights);
}
double empirical(Stream& stream, std::span<const double> sorted) {
  return empirical_quantile(stream.uniform(), sorted);
}

}  // namespace fleetrace::core
