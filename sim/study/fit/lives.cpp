#include "sim/study/fit/lives.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/special.hpp"
#include "sim/core/numeric/sum.hpp"
#include "sim/study/fit/scalar_search.hpp"

namespace fleetrace::study {
namespace {

constexpr double kLeastShape = 0.05;
constexpr double kMostShape = 50;

/// A Weibull likelihood of ages over the greatest age, so that no power of them overflows.
class WeibullLikelihood {
 public:
  explicit WeibullLikelihood(std::vector<WatchedLives> lives) : lives_(std::move(lives)) {
    for (WatchedLives& each : lives_) unit_ = std::max(unit_, each.to);
    for (WatchedLives& each : lives_) {
      each.from /= unit_;
      each.to /= unit_;
      each.time /= unit_;
      deaths_ += each.deaths;
    }
  }

  [[nodiscard]] double unit() const { return unit_; }

  /// H at scale 1, the sum that the cumulative hazard is in proportion to.
  [[nodiscard]] double cumulative(double shape) const {
    core::Sum sum;
    for (const WatchedLives& each : lives_)
      sum.add(each.time * (core::pow(each.to, shape) - start_of(each, shape)) / (each.to - each.from));
    return sum.value();
  }
  /// The scale that is likeliest at a shape.
  [[nodiscard]] double best_scale(double shape) const { return core::pow(cumulative(shape) / deaths_, 1 / shape); }
  [[nodiscard]] double value(double shape, double scale) const {
    core::Sum sum;
    for (const WatchedLives& each : lives_) {
      if (each.deaths == 0) continue;
      const double hazard = each.is_table ? (core::pow(each.to, shape) - start_of(each, shape)) / (each.to - each.from)
                                          : shape * core::pow(each.to, shape - 1);
      sum.add(each.deaths * core::log(hazard));
    }
    return sum.value() - deaths_ * shape * core::log(scale) - cumulative(shape) * core::pow(scale, -shape);
  }
  [[nodiscard]] double profile(double shape) const { return value(shape, best_scale(shape)); }

 private:
  static double start_of(const WatchedLives& each, double shape) {
    return each.from > 0 ? core::pow(each.from, shape) : 0;
  }

  std::vector<WatchedLives> lives_;
  double unit_ = 0;
  double deaths_ = 0;
};

/// How far a log-likelihood falls at the ends of an interval: half the quantile of chi-squared with one degree of freedom.
double drop_of(double confidence) {
  const double z = core::inverse_normal_cdf(0.5 + confidence / 2);
  return z * z / 2;
}

double mean_over_scale(double shape) { return core::exp(core::log_gamma(1 + 1 / shape)); }

/// -h_ab / sqrt(h_aa h_bb) of the second derivatives of f at (a, b), which is the correlation of the errors of a and b.
template <class Function>
double error_correlation(const Function& f, double a, double b) {
  constexpr double kStep = 1e-3;
  const double middle = f(a, b);
  const double aa = f(a + kStep, b) - 2 * middle + f(a - kStep, b);
  const double bb = f(a, b + kStep) - 2 * middle + f(a, b - kStep);
  const double ab = (f(a + kStep, b + kStep) - f(a + kStep, b - kStep) - f(a - kStep, b + kStep) +
                     f(a - kStep, b - kStep)) /
                    4;
  const double scale = std::sqrt(aa * bb);
  return scale > 0 ? std::clamp(ab / scale, -0.999, 0.999) : 0;
}

}  // namespace

Estimated failure_rate(double deaths, double time, double confidence) {
  const double tail = (1 - confidence) / 2;
  const double low = deaths > 0 ? core::inverse_gamma_p(deaths, tail) : 0;
  return {deaths / time, {low / time, core::inverse_gamma_p(deaths + 1, 1 - tail) / time}};
}

WeibullFit fit_weibull(const std::vector<WatchedLives>& lives, double confidence) {
  const WeibullLikelihood likelihood(lives);
  const double low = core::log(kLeastShape);
  const double high = core::log(kMostShape);
  const auto profile = [&](double log_shape) { return likelihood.profile(core::exp(log_shape)); };
  const double best = maximum_place(profile, low, high);
  const double drop = drop_of(confidence);
  const auto ends = [](const Interval& logs) { return Interval{core::exp(logs.low), core::exp(logs.high)}; };
  WeibullFit fit;
  fit.shape.value = core::exp(best);
  fit.has_maximum = fit.shape.value > kLeastShape * 1.001 && fit.shape.value < kMostShape * 0.999;
  fit.log_likelihood = profile(best);
  fit.shape.interval = ends(likelihood_interval(profile, best, drop, low, high));
  // The scale and the mean are searched over seven decades on either side of the greatest age.
  constexpr double kReach = 16;
  const auto of_scale = [&](double log_scale, bool is_mean) {
    const auto at_shape = [&](double log_shape) {
      const double shape = core::exp(log_shape);
      return likelihood.value(shape, core::exp(log_scale) / (is_mean ? mean_over_scale(shape) : 1));
    };
    return at_shape(maximum_place(at_shape, low, high, 18));
  };
  const double log_scale = core::log(likelihood.best_scale(fit.shape.value));
  const double log_mean = log_scale + core::log(mean_over_scale(fit.shape.value));
  const auto interval = [&](double center, bool is_mean) {
    const auto f = [&](double place) { return of_scale(place, is_mean); };
    const Interval logs = ends(likelihood_interval(f, center, drop, center - kReach, center + kReach));
    return Interval{logs.low * likelihood.unit(), logs.high * likelihood.unit()};
  };
  fit.scale = {core::exp(log_scale) * likelihood.unit(), interval(log_scale, false)};
  fit.mean = {core::exp(log_mean) * likelihood.unit(), interval(log_mean, true)};
  const auto of_both = [&](double log_shape, double place) {
    const double shape = core::exp(log_shape);
    return likelihood.value(shape, core::exp(place) / mean_over_scale(shape));
  };
  fit.correlation = error_correlation(of_both, best, log_mean);
  return fit;
}

std::vector<HazardStep> fit_steps(const std::vector<WatchedLives>& lives, const std::vector<double>& edges,
                                  double confidence) {
  std::vector<HazardStep> steps(edges.size());
  for (std::size_t i = 0; i < edges.size(); ++i) {
    HazardStep& step = steps[i];
    const bool is_last = i + 1 == edges.size();
    step.from = edges[i];
    step.to = is_last ? std::numeric_limits<double>::infinity() : edges[i + 1];
    core::Sum time;
    for (const WatchedLives& each : lives) {
      const double overlap = std::min(each.to, step.to) - std::max(each.from, step.from);
      if (overlap > 0) time.add(each.time * overlap / (each.to - each.from));
      const double death = each.is_table ? (each.from + each.to) / 2 : each.to;
      // A life that ends on an edge ends in the step before it.
      const bool is_here = each.is_table ? death >= step.from && death < step.to
                                         : death > step.from && death <= step.to;
      if (is_here) step.deaths += each.deaths;
    }
    step.time = time.value();
    if (step.time > 0) step.rate = failure_rate(step.deaths, step.time, confidence);
  }
  return steps;
}

}  // namespace fleetrace::study
