#include "sim/output/page/svg.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/core/numeric/math.hpp"
#include "sim/core/text/utf8.hpp"
#include "sim/output/page/html.hpp"
#include "sim/output/page/svg_parts.hpp"

namespace fleetrace::output {
namespace {

constexpr double kHeight = 290;
constexpr double kTop = 30;
constexpr double kBottom = 28;
constexpr double kBetweenLabels = 13;
constexpr std::size_t kLongestName = 14;

/// Where values lie in the drawing.
class Frame {
 public:
  explicit Frame(const Chart& chart) : chart_(&chart) {
    std::size_t longest = 0;
    for (const Tick& tick : chart.y.ticks) longest = std::max(longest, core::characters(tick.label));
    left_ = drawing::left_margin(longest, 12);
    std::size_t name = 0;
    for (const Line& line : chart.lines) name = std::max(name, std::min(core::characters(line.name), kLongestName));
    // Names are bold.
    right_ = drawing::kWidth -
             (name == 0 ? drawing::kRight : 10 + 1.1 * drawing::kCharacter * static_cast<double>(name));
  }

  [[nodiscard]] double left() const { return left_; }
  [[nodiscard]] double right() const { return right_; }
  [[nodiscard]] static double bottom() { return kHeight - kBottom; }
  [[nodiscard]] double x(double value) const { return left_ + chart_->x.position(value) * (right() - left_); }
  [[nodiscard]] double y(double value) const { return bottom() - chart_->y.position(value) * (bottom() - kTop); }
  [[nodiscard]] Point at(const Point& value) const { return {x(value.x), y(value.y)}; }

 private:
  const Chart* chart_;
  double left_ = 0;
  double right_ = 0;
};

std::string point_text(const Point& point) { return drawing::coordinate(point.x) + ' ' + drawing::coordinate(point.y); }

/// Of all points on one hairline only the first, the lowest, the highest and the last.
std::vector<Point> thinned(const Frame& frame, const std::vector<Point>& points) {
  static constexpr double kHairline = 0.5;
  std::vector<Point> result;
  for (std::size_t i = 0; i < points.size();) {
    std::vector<Point> column;
    const double edge = std::floor(frame.at(points[i]).x / kHairline);
    while (i < points.size() && std::floor(frame.at(points[i]).x / kHairline) == edge)
      column.push_back(frame.at(points[i++]));
    if (column.size() <= 4) {
      result.insert(result.end(), column.begin(), column.end());
      continue;
    }
    const auto lower = [](const Point& a, const Point& b) { return a.y < b.y; };
    auto [low, high] = std::minmax_element(column.begin(), column.end(), lower);
    if (high < low) std::swap(low, high);
    for (const Point& point : {column.front(), *low, *high, column.back()}) result.push_back(point);
  }
  return result;
}

/// "M1 2L3 4", each place once.
std::string path(const std::vector<Point>& points) {
  std::string text;
  std::string last;
  for (const Point& point : points) {
    const std::string next = point_text(point);
    if (next == last) continue;
    text += (text.empty() ? 'M' : 'L') + next;
    last = next;
  }
  return text;
}

std::string grid(const Chart& chart, const Frame& frame) {
  std::string text;
  for (const Tick& tick : chart.y.ticks) {
    const double y = frame.y(tick.at);
    text += drawing::line_at(frame.left(), y, frame.right(), y, "grid");
  }
  return text;
}

std::string axes(const Chart& chart, const Frame& frame) {
  std::string text = drawing::text_at(2, 13, "unit", chart.y_title);
  for (const Tick& tick : chart.y.ticks)
    text += drawing::text_at(frame.left() - 5, frame.y(tick.at) + 4, "end", tick.label);
  return text + drawing::horizontal_axis(chart.x, frame.left(), frame.right(), Frame::bottom());
}

std::string level(const Level& level, const Frame& frame) {
  const double y = frame.y(level.y);
  return drawing::line_at(frame.left(), y, frame.right(), y, "level") +
         drawing::text_at(frame.right() - 2, y - 4, "end mark", level.label);
}

std::string area(const Area& area, const Frame& frame) {
  std::vector<Point> outline = thinned(frame, area.high);
  std::vector<Point> below = thinned(frame, area.low);
  outline.insert(outline.end(), below.rbegin(), below.rend());
  return "<path class=\"area " + area.css_class + "\" d=\"" + path(outline) + "Z\"/>";
}

}  // namespace

std::string line_class(std::size_t index) {
  return 'c' + std::to_string(index % kColours) + " d" + std::to_string((index + index / kColours) % kDashes);
}

std::string area_class(std::size_t index) { return 'g' + std::to_string(index % kColours); }

std::vector<double> label_heights(const Chart& chart) {
  const double room = kHeight - kBottom - kTop;
  const double gap = std::min(kBetweenLabels, room / std::max<double>(1, static_cast<double>(chart.lines.size()))) /
                     room;
  std::vector<std::size_t> order(chart.lines.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<double> places;
  for (const Line& line : chart.lines)
    places.push_back(line.points.empty() ? 0 : chart.y.position(line.points.back().y));
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return places[a] < places[b]; });
  // Upwards from the lowest, and back down where that leaves the drawing.
  for (std::size_t i = 1; i < order.size(); ++i)
    places[order[i]] = std::max(places[order[i]], places[order[i - 1]] + gap);
  double ceiling = 1;
  for (auto i = order.rbegin(); i != order.rend(); ++i, ceiling -= gap) places[*i] = std::min(places[*i], ceiling);
  for (double& place : places) {
    const bool is_log = chart.y.kind == Axis::Kind::logarithmic;
    place = is_log ? chart.y.low * core::exp(place * core::log(chart.y.high / chart.y.low))
                   : chart.y.low + place * (chart.y.high - chart.y.low);
  }
  return places;
}

std::string svg(const Chart& chart) {
  const Frame frame(chart);
  std::string text = drawing::opened(chart.id, chart.title, chart.description, kHeight);
  text += grid(chart, frame);
  for (const Area& each : chart.areas) text += area(each, frame);
  text += axes(chart, frame);
  for (const Line& each : chart.lines) {
    const std::string drawn = path(thinned(frame, each.points));
    if (!drawn.empty()) text += "<path class=\"line " + each.css_class + "\" d=\"" + drawn + "\"/>";
  }
  for (const Level& each : chart.levels) text += level(each, frame);
  const std::vector<double> heights = label_heights(chart);
  for (std::size_t i = 0; i < chart.lines.size(); ++i) {
    const Line& line = chart.lines[i];
    if (!line.name.empty() && !line.points.empty())
      text += drawing::text_at(frame.right() + 5, frame.y(heights[i]) + 4, "name " + line.css_class,
                               drawing::shortened(line.name, kLongestName));
  }
  return text + "</svg>\n";
}

std::string line_key(const std::string& css_class) {
  return R"(<svg class="key" viewBox="0 0 34 10" aria-hidden="true"><path class="line )" + css_class +
         "\" d=\"M1 5L33 5\"/></svg>";
}

std::string area_key(const std::string& css_class) {
  return R"(<svg class="square" viewBox="0 0 10 10" aria-hidden="true"><path class="area )" + css_class +
         "\" d=\"M0 0L10 0L10 10L0 10Z\"/></svg>";
}

}  // namespace fleetrace::output
