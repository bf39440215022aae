#include "sim/study/fit/logistic.hpp"

#include <cmath>
#include <optional>
#include <vector>

#include "sim/core/numeric/math.hpp"
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

}  // namespace

double LogisticFit::value(double t) const {
  return level.value * ceiling.value / (1 + (ceiling.value - 1) * core::exp(-rate.value * (t - at)));
}

LogisticFit fit_logistic(std::span<const double> t, std::span<const double> y, double at, double confidence) {
  std::vector<double> logs;
  for (const double each : y) logs.push_back(core::log(each));
  const Residuals residuals = [&](std::span<const double> constants, std::span<double> out) {
    for (std::size_t i = 0; i < t.size(); ++i) out[i] = log_value(constants, t[i] - at) - logs[i];
  };
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
  const auto logs_of = [&](std::size_t constant) {
    return profile_interval(residuals, t.size(), *best, constant, freedom, confidence, kReach);
  };
  const auto estimated = [&](std::size_t constant, double beyond) {
    const Interval ends = logs_of(constant);
    return Estimated{beyond + core::exp(best->constants[constant]),
                     {beyond + core::exp(ends.low), beyond + core::exp(ends.high)}};
  };
  fit.level = estimated(0, 0);
  fit.rate = estimated(1, 0);
  fit.ceiling = estimated(2, 1);
  return fit;
}

}  // namespace fleetrace::study
