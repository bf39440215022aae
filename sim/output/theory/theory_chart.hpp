#pragma once

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "sim/output/page/svg.hpp"

/// Parts of charts of closed forms; private to their folder.
namespace fleetrace::output {

/// Intervals of a curve.
inline constexpr int kCurveSteps = 240;

/// y over kCurveSteps + 1 values of x from `from` to `to`, without those that are no numbers.
template <class Function>
[[nodiscard]] std::vector<Point> curve(double from, double to, Function y) {
  std::vector<Point> points;
  for (int i = 0; i <= kCurveSteps; ++i) {
    const double x = from + (to - from) * i / kCurveSteps;
    const double value = y(x);
    if (std::isfinite(value)) points.push_back({x, value});
  }
  return points;
}

/// The lowest and the highest y of all lines.
[[nodiscard]] std::pair<double, double> extent(const std::vector<Line>& lines);
/// An axis of years from 0 to `horizon`.
[[nodiscard]] Axis years_axis(double horizon);
/// A chart as an SVG file of its own, with its style sheet.
[[nodiscard]] std::string svg_file(const Chart& chart);

}  // namespace fleetrace::output
