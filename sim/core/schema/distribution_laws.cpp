// What differs by law: the maker, the quantile, the distribution function and the integral of the quantile.

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/special.hpp"
#include "sim/core/numeric/sum.hpp"
#include "sim/core/random/samplers.hpp"
#include "sim/core/random/samplers_require.hpp"
#include "sim/core/schema/distribution.hpp"

namespace fleetrace::core {
namespace {

// Half the width of the interval that holds `mass` of a standard normal law.
double half_width(double mass) {
  require(mass >= 0.01 && mass < 1, "distribution: the mass must be at least 0.01 and below 1");
  return -inverse_normal_cdf((1 - mass) / 2);
}

void require_ordered(double low, double high) {
  require(std::isfinite(high - low) && low <= high, "distribution: low and high must be finite and low at most high");
}

double triangular_cdf(double x, double low, double mode, double high) {
  if (x <= low) return 0;
  if (x >= high) return 1;
  const double width = high - low;
  if (x <= mode) return (x - low) / width * ((x - low) / (mode - low));
  return 1 - (high - x) / width * ((high - x) / (high - mode));
}

// Integral of the quantile from 0 to u. Beyond the mode it is the mean less the integral from u to 1, by symmetry.
double triangular_integral(double u, double low, double mode, double high) {
  const double width = high - low;
  const auto rise = [width](double v, double leg) { return 2.0 / 3 * v * std::sqrt(v * width) * std::sqrt(leg); };
  if (u * width <= mode - low) return low * u + rise(u, mode - low);
  return (low + mode + high) / 3 - (high * (1 - u) - rise(1 - u, high - mode));
}

// P(value < x), or P(value <= x) with `including`: the inverse of empirical_quantile.
double empirical_cdf(double x, bool including, const std::vector<double>& sorted) {
  const auto next = including ? std::upper_bound(sorted.begin(), sorted.end(), x)
                              : std::lower_bound(sorted.begin(), sorted.end(), x);
  if (next == sorted.begin()) return 0;
  if (next == sorted.end()) return 1;
  const double below = *(next - 1);
  const double steps = static_cast<double>(next - sorted.begin() - 1) + (x - below) / (*next - below);
  return steps / static_cast<double>(sorted.size() - 1);
}

double empirical_integral(double u, const std::vector<double>& sorted) {
  if (sorted.size() == 1) return sorted.front() * u;
  const auto steps = static_cast<double>(sorted.size() - 1);
  const double position = u * steps;
  Sum sum;
  for (std::size_t i = 0; i + 1 < sorted.size(); ++i) {
    const double share = std::clamp(position - static_cast<double>(i), 0.0, 1.0);
    sum.add(share * (sorted[i] + 0.5 * share * (sorted[i + 1] - sorted[i])));
  }
  return sum.value() / steps;
}

double weighted_mean(const std::vector<double>& values, const std::vector<double>& weights) {
  double all = 0;
  for (const double weight : weights) all += weight;
  Sum sum;
  for (std::size_t i = 0; i < values.size(); ++i) sum.add(weights[i] / all * values[i]);
  return sum.value();
}

}  // namespace

Distribution Distribution::normal(double mean, double sd) {
  require(std::isfinite(mean), "normal: the mean must be finite");
  require(not_negative(sd), "normal: the standard deviation must be finite and at least 0");
  if (sd == 0) return choice({mean});
  return {Law::normal, {mean, sd}};
}

Distribution Distribution::lognormal(double median, double sigma) {
  require(positive(median), "lognormal: the median must be finite and above 0");
  require(sigma >= 0 && sigma <= 20, "lognormal: sigma must be at least 0 and at most 20");
  if (sigma == 0) return choice({median});
  return {Law::lognormal, {median, sigma}};
}

Distribution Distribution::normal_interval(double low, double high, double mass) {
  require_ordered(low, high);
  return normal(low + 0.5 * (high - low), 0.5 * (high - low) / half_width(mass));
}

Distribution Distribution::lognormal_interval(double low, double high, double mass) {
  require_ordered(low, high);
  require(low > 0, "lognormal: low must be above 0");
  // An interval of a single point keeps that very number, which the root of its square might miss by rounding.
  const double median = low == high ? low : std::sqrt(low) * std::sqrt(high);
  return lognormal(median, 0.5 * (log(high) - log(low)) / half_width(mass));
}

Distribution Distribution::uniform(double low, double high) {
  require_ordered(low, high);
  if (low == high) return choice({low});
  return {Law::uniform, {low, high}};
}

Distribution Distribution::triangular(double low, double mode, double high) {
  require_ordered(low, high);
  require(low <= mode && mode <= high, "triangular: low, mode and high must be in that order");
  if (low == high) return choice({low});
  return {Law::triangular, {low, mode, high}};
}

Distribution Distribution::choice(std::vector<double> values, std::vector<double> weights) {
  if (weights.empty()) weights.assign(values.size(), 1.0);
  require(values.size() == weights.size(), "choice: there must be as many weights as values");
  require(std::all_of(values.begin(), values.end(), [](double x) { return std::isfinite(x); }),
          "choice: values must be finite");
  static_cast<void>(choice_quantile(0.5, weights));  // throws for weights without a law
  Distribution made(Law::choice, {});
  made.values_ = std::move(values);
  made.weights_ = std::move(weights);
  return made;
}

Distribution Distribution::empirical(std::vector<double> values) {
  require(!values.empty(), "empirical: there must be a value");
  require(std::all_of(values.begin(), values.end(), [](double x) { return std::isfinite(x); }),
          "empirical: values must be finite");
  std::sort(values.begin(), values.end());
  Distribution made(Law::empirical, {});
  made.values_ = std::move(values);
  return made;
}

double Distribution::whole_quantile(double u) const {
  const auto [a, b, c] = parameters_;
  switch (law_) {
    case Law::normal: return core::normal_quantile(u, a, b);
    case Law::lognormal: return core::lognormal_quantile(u, a, b);
    case Law::uniform: return core::uniform_quantile(u, a, b);
    case Law::triangular: return core::triangular_quantile(u, a, b, c);
    case Law::choice: return values_[core::choice_quantile(u, weights_)];
    case Law::empirical: break;
  }
  return core::empirical_quantile(u, values_);
}

double Distribution::whole_cdf(double x, bool including) const {
  const auto [a, b, c] = parameters_;
  switch (law_) {
    case Law::normal: return normal_cdf((x - a) / b);
    case Law::lognormal: return x > 0 ? normal_cdf(log(x / a) / b) : 0;
    case Law::uniform: return std::clamp((x - a) / (b - a), 0.0, 1.0);
    case Law::triangular: return triangular_cdf(x, a, b, c);
    case Law::choice: return 0;  // values have no order; truncation drops some of them instead
    case Law::empirical: break;
  }
  return empirical_cdf(x, including, values_);
}

double Distribution::whole_integral(double u) const {
  const auto [a, b, c] = parameters_;
  switch (law_) {
    case Law::normal: return a * u - b * normal_density(inverse_normal_cdf(u));
    case Law::lognormal: return a * exp(0.5 * b * b) * normal_cdf(inverse_normal_cdf(u) - b);
    case Law::uniform: return u * (a + 0.5 * u * (b - a));
    case Law::triangular: return triangular_integral(u, a, b, c);
    case Law::choice: return weighted_mean(values_, weights_);
    case Law::empirical: break;
  }
  return empirical_integral(u, values_);
}

}  // namespace fleetrace::core
