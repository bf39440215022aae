#include <cmath>

#include "sim/core/numeric/student.hpp"
#include "sim/core/numeric/sum.hpp"
#include "sim/study/fit/least_squares.hpp"

namespace fleetrace::study {

double Line::slope_error() const { return scatter / std::sqrt(spread); }

double Line::error_at(double x) const {
  const double off = x - center;
  return scatter * std::sqrt(1 / static_cast<double>(count) + off * off / spread);
}

Interval Line::slope_interval(double confidence, double widening) const {
  const double half = core::student_two_sided(freedom(), confidence) * widening * slope_error();
  return {slope - half, slope + half};
}

Interval Line::interval_at(double x, double confidence) const {
  const double half = core::student_two_sided(freedom(), confidence) * error_at(x);
  return {at(x) - half, at(x) + half};
}

Interval Line::prediction_at(double x, double confidence, double widening) const {
  const double error = error_at(x);
  const double more = (widening * widening - 1) * slope_error() * slope_error() * (x - center) * (x - center);
  const double half = core::student_two_sided(freedom(), confidence) *
                      std::sqrt(error * error + scatter * scatter + more);
  return {at(x) - half, at(x) + half};
}

double Line::correlation_at(double x) const {
  const double off = (x - center) / std::sqrt(spread);
  return off / std::sqrt(1 / static_cast<double>(count) + off * off);
}

Line fit_line(std::span<const double> x, std::span<const double> y) {
  Line line;
  line.count = x.size();
  const auto n = static_cast<double>(line.count);
  core::Sum sum_x;
  core::Sum sum_y;
  for (std::size_t i = 0; i < x.size(); ++i) {
    sum_x.add(x[i]);
    sum_y.add(y[i]);
  }
  line.center = sum_x.value() / n;
  line.intercept = sum_y.value() / n;
  core::Sum spread;
  core::Sum product;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double off = x[i] - line.center;
    spread.add(off * off);
    product.add(off * (y[i] - line.intercept));
  }
  line.spread = spread.value();
  line.slope = product.value() / line.spread;
  core::Sum squares;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double residual = y[i] - line.at(x[i]);
    squares.add(residual * residual);
  }
  line.scatter = std::sqrt(squares.value() / (n - 2));
  return line;
}

}  // namespace fleetrace::study
