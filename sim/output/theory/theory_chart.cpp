#include "sim/output/theory/theory_chart.hpp"

#include <algorithm>
#include <limits>
#include <string_view>

#include "sim/output/page/page_style.hpp"

namespace fleetrace::output {

std::pair<double, double> extent(const std::vector<Line>& lines) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  std::pair found{kInfinity, -kInfinity};
  for (const Line& line : lines) {
    for (const Point& point : line.points) found = {std::min(found.first, point.y), std::max(found.second, point.y)};
  }
  return found;
}

Axis years_axis(double horizon) {
  Axis axis = linear_axis(0, horizon, 8);
  axis.high = horizon;
  while (!axis.ticks.empty() && axis.ticks.back().at > horizon) axis.ticks.pop_back();
  if (!axis.ticks.empty()) axis.ticks.back().label += " yr";
  return axis;
}

std::string svg_file(const Chart& chart) {
  std::string text = svg(chart);
  text.insert(text.find('>') + 1, "<style>" + std::string(page::style()) + "svg{background:var(--page)}</style>");
  return text.insert(std::string_view("<svg").size(), " xmlns=\"http://www.w3.org/2000/svg\"");
}

}  // namespace fleetrace::output
