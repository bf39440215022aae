#include "sim/study/fit/logistic.hpp"

#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/student.hpp"
#include "sim/study/fit/least_squares.hpp"

namespace fleetrace::study {
namespace {

constexpr double kReach = 40;  ///< logarithms beyond which nothing is bounded

/// ln y from the constants ln level, ln rate, ln(ceiling - 1).
double log_value(std::span<const double> constants, double since) {
  const double above = core::exp(constants[2]);
  const double rate = core::exp(constants[1]);
  return constants[0] + core::log1p(above) - core::log1p(above * core::exp(-rate * since));
}

/// Residuals of ln y, whose level is that at a time.
Residuals residuals_of(std::span<const double> t, std::vector<double> logs, double at) {
  return [t, logs = std::move(logs), at](std::span<const double> constants, std::span<double> out) {
    for (std::size_t i = 0; i < t.size(); ++i) out[i] = log_value(constants, t[i] - at) - logs[i];
  };
}

std::vector<double> logs_of(std::span<const double> y) {
  std::vector<double> logs;
  for (const double each : y) logs.push_back(core::log(each));
  return logs;
}

}  // namespace

double LogisticFit::value(double t) const {
  return level.value * ceiling.value / (1 + (ceiling.value - 1) * core::exp(-rate.value * (t - at)));
}

LogisticFit fit_logistic(std::span<const double> t, std::span<const double> y, double at, double confidence) {
  const std::vector<double> logs = logs_of(y);
  const Residuals residuals = residuals_of(t, logs, at);
  const Line line = fit_line(t, logs);
  const double pace = std::max(std::fabs(line.slope), 1e-3);
  std::optional<LeastSquares> best;
  // From ceilings near and far and from slow and fast growth, since the sum of squares has several minima.
  for (const double above : {0.1, 1.0, 10.0, 1000.0}) {
    for (const double hurry : {1.0, 2.0, 4.0}) {
      const LeastSquares found = least_squares(residuals, t.size(),
                                               {line.at(at), core::log(pace * hurry), core::log(above)});
      if (found.converged && (!best || found.sum < best->sum * (1 - 1e-9))) best = found;
    }
  }
  LogisticFit fit;
  fit.at = at;
  if (!best) return fit;
  fit.converged = true;
  const std::size_t freedom = t.size() - 3;
  fit.scatter = std::sqrt(best->sum / static_cast<double>(freedom));
  const auto ends_of = [&](std::size_t constant) {
    return profile_interval(residuals, t.size(), *best, constant, freedom, confidence, kReach);
  };
  const auto estimated = [&](std::size_t constant, double beyond) {
    const Interval ends = ends_of(constant);
    return Estimated{beyond + core::exp(best->constants[constant]),
                     {beyond + core::exp(ends.low), beyond + core::exp(ends.high)}};
  };
  fit.level = estimated(0, 0);
  fit.rate = estimated(1, 0);
  fit.ceiling = estimated(2, 1);
  return fit;
}

Interval logistic_prediction(std::span<const double> t, std::span<const double> y, const LogisticFit& fit, double when,
                             double confidence) {
  const std::size_t freedom = t.size() - 3;
  // The same curve with its level at another time.
  LeastSquares best;
  best.constants = {core::log(fit.value(when)), core::log(fit.rate.value),
                    core::log(fit.ceiling.value - 1) - fit.rate.value * (when - fit.at)};
  best.sum = fit.scatter * fit.scatter * static_cast<double>(freedom);
  best.converged = true;
  const Interval ends = profile_interval(residuals_of(t, logs_of(y), when), t.size(), best, 0, freedom, confidence,
                                         kReach);
  const double more = core::student_two_sided(freedom, confidence) * fit.scatter;
  const double middle = best.constants[0];
  const double below = middle - ends.low;
  const double above = ends.high - middle;
  return {core::exp(middle - std::sqrt(below * below + more * more)),
          core::exp(middle + std::sqrt(above * above + more * more))};
}

}  // namespace fleetrace::study
