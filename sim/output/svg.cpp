#include "svg.hpp"

#include <algorithm>
#include <cmath>

#include "fleetrace/output/human.hpp"
#include "fleetrace/output/text.hpp"
#include "html.hpp"

namespace fleetrace::output {
namespace {

// Units of the drawing, about those of the screen where a page is read on a desk.
constexpr double kWidth = 440;
constexpr double kHeight = 290;
constexpr double kTop = 30;
constexpr double kBottom = 28;
constexpr double kRight = 16;
constexpr double kCharacter = 7.4;  ///< of a label, at most, in the larger letters of small screens

std::string coordinate(double value) { return fixed(value, 1); }

std::string attribute(std::string_view name, double value) {
  return ' ' + std::string(name) + "=\"" + coordinate(value) + '"';
}

/// Where values lie in the drawing.
class Frame {
 public:
  explicit Frame(const Chart& chart) : chart_(&chart) {
    std::size_t longest = 0;
    for (const Tick& tick : chart.y.ticks) longest = std::max(longest, characters(tick.label));
    left_ = 12 + kCharacter * static_cast<double>(std::clamp<std::size_t>(longest, 2, 12));
  }

  [[nodiscard]] double left() const { return left_; }
  [[nodiscard]] static double right() { return kWidth - kRight; }
  [[nodiscard]] static double bottom() { return kHeight - kBottom; }
  [[nodiscard]] double x(double value) const { return left_ + chart_->x.position(value) * (right() - left_); }
  [[nodiscard]] double y(double value) const { return bottom() - chart_->y.position(value) * (bottom() - kTop); }
  [[nodiscard]] Point at(const Point& value) const { return {x(value.x), y(value.y)}; }

 private:
  const Chart* chart_;
  double left_ = 0;
};

std::string point_text(const Point& point) { return coordinate(point.x) + ' ' + coordinate(point.y); }

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

std::string text_at(double x, double y, std::string_view css_class, std::string_view text) {
  return "<text class=\"" + std::string(css_class) + '"' + attribute("x", x) + attribute("y", y) + '>' +
         html_text(text) + "</text>";
}

std::string line_at(double x1, double y1, double x2, double y2, std::string_view css_class) {
  return "<line class=\"" + std::string(css_class) + '"' + attribute("x1", x1) + attribute("y1", y1) +
         attribute("x2", x2) + attribute("y2", y2) + "/>";
}

std::string grid(const Chart& chart, const Frame& frame) {
  std::string text;
  for (const Tick& tick : chart.y.ticks) {
    const double y = frame.y(tick.at);
    text += line_at(frame.left(), y, Frame::right(), y, "grid");
  }
  return text;
}

std::string axes(const Chart& chart, const Frame& frame) {
  std::string text = text_at(2, 13, "unit", chart.y_title);
  for (const Tick& tick : chart.y.ticks) text += text_at(frame.left() - 5, frame.y(tick.at) + 4, "end", tick.label);
  for (const Tick& tick : chart.x.ticks) {
    const double x = frame.x(tick.at);
    text += line_at(x, Frame::bottom(), x, Frame::bottom() + 4, "tick");
    // Labels stay within the drawing.
    const double half = kCharacter * static_cast<double>(characters(tick.label)) / 2;
    const double centre = std::clamp(x, half, kWidth - half);
    text += text_at(centre, Frame::bottom() + 18, "middle", tick.label);
  }
  return text + line_at(frame.left(), Frame::bottom(), Frame::right(), Frame::bottom(), "axis");
}

std::string level(const Level& level, const Frame& frame) {
  const double y = frame.y(level.y);
  return line_at(frame.left(), y, Frame::right(), y, "level") + text_at(Frame::right(), y - 4, "end mark", level.label);
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

std::string svg(const Chart& chart) {
  const Frame frame(chart);
  std::string text = "<svg class=\"chart\" role=\"img\" viewBox=\"0 0 " + fixed(kWidth, 0) + ' ' + fixed(kHeight, 0) +
                     "\" aria-labelledby=\"" + chart.id + "-title " + chart.id + "-desc\">";
  text += html_element("title", chart.title, "id=\"" + chart.id + "-title\"");
  text += html_element("desc", chart.description, "id=\"" + chart.id + "-desc\"");
  text += grid(chart, frame);
  for (const Area& each : chart.areas) text += area(each, frame);
  text += axes(chart, frame);
  for (const Line& each : chart.lines) {
    const std::string drawn = path(thinned(frame, each.points));
    if (!drawn.empty()) text += "<path class=\"line " + each.css_class + "\" d=\"" + drawn + "\"/>";
  }
  for (const Level& each : chart.levels) text += level(each, frame);
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
