#pragma once

#include <span>

#include "sim/study/fit/lives.hpp"

/// Growth that saturates.
namespace fleetrace::study {

/// y(t) = level ceiling / (1 + (ceiling - 1) e^(-rate (t - at))), with errors of ln y that are normal with one deviation.
struct LogisticFit {
  double at = 0;      ///< a time of one's choice
  Estimated level;    ///< y at that time
  Estimated rate;     ///< of growth far below the ceiling, per unit of time
  Estimated ceiling;  ///< the limit over the level, above 1
  double scatter = 0;
  bool converged = false;

  [[nodiscard]] double value(double t) const;
};
/// Of at least 5 points with y above 0. Intervals by profiles: a ceiling that the data do not bound has no upper end.
[[nodiscard]] LogisticFit fit_logistic(std::span<const double> t, std::span<const double> y, double at,
                                       double confidence);

/// The interval of one more observation there: the profile of the curve's value widened by the scatter, each side by itself as
/// the root of the sum of squares. An end that the data do not bound is infinite, or 0.
[[nodiscard]] Interval logistic_prediction(std::span<const double> t, std::span<const double> y, const LogisticFit& fit,
                                           double when, double confidence);

}  // namespace fleetrace::study
