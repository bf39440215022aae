#include "sim/study/fit/positive.hpp"

#include <cmath>
#include <vector>

#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/special.hpp"
#include "sim/core/numeric/student.hpp"
#include "sim/core/numeric/sum.hpp"
#include "sim/study/fit/scalar_search.hpp"

namespace fleetrace::study {
namespace {

constexpr double kLeastShape = 0.01;
constexpr double kMostShape = 1e4;

Interval exponentials(const Interval& logs) { return {core::exp(logs.low), core::exp(logs.high)}; }

/// What a sample says of a Gamma law: ln f is linear in these means.
struct GammaSample {
  double count = 0;
  double mean = 0;
  double mean_log = 0;

  [[nodiscard]] double log_likelihood(double shape, double law_mean) const {
    const double scale = law_mean / shape;
    return count * ((shape - 1) * mean_log - mean / scale - shape * core::log(scale) - core::log_gamma(shape));
  }
};

}  // namespace

LognormalFit fit_lognormal(std::span<const double> values, double confidence) {
  const auto n = static_cast<double>(values.size());
  std::vector<double> logs;
  core::Sum sum;
  for (const double value : values) {
    logs.push_back(core::log(value));
    sum.add(logs.back());
  }
  const double mean = sum.value() / n;
  core::Sum squares;
  for (const double each : logs) squares.add((each - mean) * (each - mean));
  const double variance = squares.value() / (n - 1);
  const double t = core::student_two_sided(values.size() - 1, confidence);
  const double of_median = t * std::sqrt(variance / n);
  const double of_mean = t * std::sqrt(variance / n + variance * variance / (2 * (n - 1)));
  const double tail = (1 - confidence) / 2;
  const auto sigma_at = [&](double p) {
    return std::sqrt(squares.value() / (2 * core::inverse_gamma_p((n - 1) / 2, p)));
  };
  LognormalFit fit;
  fit.median = {core::exp(mean), exponentials({mean - of_median, mean + of_median})};
  fit.sigma = {std::sqrt(variance), {sigma_at(1 - tail), sigma_at(tail)}};
  const double log_mean = mean + variance / 2;
  fit.mean = {core::exp(log_mean), exponentials({log_mean - of_mean, log_mean + of_mean})};
  return fit;
}

GammaFit fit_gamma(std::span<const double> values, double confidence) {
  core::Sum sum;
  core::Sum logs;
  for (const double value : values) {
    sum.add(value);
    logs.add(core::log(value));
  }
  const auto n = static_cast<double>(values.size());
  const GammaSample sample{n, sum.value() / n, logs.value() / n};
  const double low = core::log(kLeastShape);
  const double high = core::log(kMostShape);
  // Whatever the shape, the likeliest mean is that of the sample.
  const auto of_shape = [&](double log_shape) { return sample.log_likelihood(core::exp(log_shape), sample.mean); };
  const double best = maximum_place(of_shape, low, high);
  const double z = core::inverse_normal_cdf(0.5 + confidence / 2);
  const double drop = z * z / 2;
  const auto of_mean = [&](double log_mean) {
    const auto at_shape = [&](double log_shape) {
      return sample.log_likelihood(core::exp(log_shape), core::exp(log_mean));
    };
    return at_shape(maximum_place(at_shape, low, high, 18));
  };
  const double log_mean = core::log(sample.mean);
  constexpr double kReach = 16;  // seven decades
  GammaFit fit;
  fit.shape = {core::exp(best), exponentials(likelihood_interval(of_shape, best, drop, low, high))};
  fit.has_maximum = fit.shape.value < kMostShape * 0.999;
  fit.mean = {sample.mean,
              exponentials(likelihood_interval(of_mean, log_mean, drop, log_mean - kReach, log_mean + kReach))};
  return fit;
}

}  // namespace fleetrace::study
