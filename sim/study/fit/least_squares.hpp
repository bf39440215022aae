#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "fleetrace/study/results.hpp"

/// Least squares. All sums run in the order of the data, so that the same data give the same bits.
namespace fleetrace::study {

/// A straight line y = intercept + slope (x - center) by ordinary least squares, whose errors are normal with one deviation.
struct Line {
  double center = 0;     ///< mean of x, at which intercept and slope are uncorrelated
  double intercept = 0;  ///< at the center
  double slope = 0;
  double scatter = 0;     ///< standard deviation of the residuals, with n - 2 degrees of freedom
  double spread = 0;      ///< sum of (x - center)^2
  std::size_t count = 0;  ///< of points, at least 3

  [[nodiscard]] std::size_t freedom() const { return count - 2; }
  [[nodiscard]] double at(double x) const { return intercept + slope * (x - center); }
  [[nodiscard]] double slope_error() const;
  /// Standard error of the line at x.
  [[nodiscard]] double error_at(double x) const;
  /// Student's intervals of the slope, of the line at x, and of one more observation at x.
  [[nodiscard]] Interval slope_interval(double confidence, double widening = 1) const;
  [[nodiscard]] Interval interval_at(double x, double confidence) const;
  /// With the standard error of the slope `widening` times as large.
  [[nodiscard]] Interval prediction_at(double x, double confidence, double widening = 1) const;
  /// Correlation of the errors of the slope and of the line at x.
  [[nodiscard]] double correlation_at(double x) const;
};
/// Of at least 3 points, not all at one x.
[[nodiscard]] Line fit_line(std::span<const double> x, std::span<const double> y);

/// Residuals of a model, one for each datum, as a function of its constants. Values that are not finite are as bad as any.
using Residuals = std::function<void(std::span<const double> constants, std::span<double> residuals)>;

/// What a search for the least sum of squares found.
struct LeastSquares {
  std::vector<double> constants;
  double sum = 0;  ///< of squares
  bool converged = false;
};
/// The least sum of squares from that start on: Levenberg and Marquardt's method of MINPACK (Moré 1978), by Eigen, with derivatives
/// from central differences. Constants are best of the size of 1.
[[nodiscard]] LeastSquares least_squares(const Residuals& residuals, std::size_t count, std::vector<double> start,
                                         std::size_t most_evaluations = 2000);

/// The interval of one constant by its profile: where the least sum of squares over all the others exceeds the least of all by the
/// factor 1 + t^2/freedom (Bates and Watts 1988, Nonlinear Regression Analysis, section 6.1). An end beyond `reach` times the
/// size of the constant's own error is infinite: the data do not bound it.
[[nodiscard]] Interval profile_interval(const Residuals& residuals, std::size_t count, const LeastSquares& best,
                                        std::size_t constant, std::size_t freedom, double confidence, double reach);

}  // namespace fleetrace::study
