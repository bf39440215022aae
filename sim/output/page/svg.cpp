#include "sim/output/page/svg.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/core/text/utf8.hpp"
#include "sim/output/page/html.hpp"
#include "sim/output/page/svg_parts.hpp"

namespace fleetrace::output {
namespace {

constexpr double kTop = 30;
constexpr double kFoot = 262;   ///< where the horizontal axis lies
constexpr double kBelow = 28;   ///< room for the labels of that axis
constexpr double kXTitle = 16;  ///< and for its name
constexpr double kBetweenLabels = 16;
constexpr std::size_t kLongestName = 14;

/// Whether a line's name stands at its end.
bool is_named(const Line& line) { return !line.name.empty() && !line.points.empty() && line.css_class != "rest"; }

/// Where values lie in the drawing.
class Frame {
 public:
  explicit Frame(const Chart& chart) : chart_(&chart) {
    std::size_t longest = 0;
    for (const Tick& tick : chart.y.ticks) longest = std::max(longest, core::characters(tick.label));
    left_ = drawing::left_margin(longest, 12);
    std::size_t name = 0;
    for (const Line& line : chart.lines) {
      if (is_named(line)) name = std::max(name, std::min(core::characters(line.name), kLongestName));
    }
    // Names are bold.
    right_ = drawing::kWidth -
             (name == 0 ? drawing::kRight : 10 + 1.1 * drawing::kCharacter * static_cast<double>(name));
  }

  [[nodiscard]] double left() const { return left_; }
  [[nodiscard]] double right() const { return right_; }
  [[nodiscard]] static double bottom() { return kFoot; }
  [[nodiscard]] double x(double value) const { return left_ + chart_->x.position(value) * (right() - left_); }
  [[nodiscard]] double y(double value) const { return bottom() - chart_->y.position(value) * (bottom() - kTop); }
  [[nodiscard]] Point at(const Point& value) const { return {x(value.x), y(value.y)}; }

 private:
  const Chart* chart_;
  double left_ = 0;
  double right_ = 0;
};

std::string point_text(const Point& point) { return drawing::coordinate(point.x) + ' ' + drawing::coordinate(point.y); }

/// Of all points within one unit of the drawing only the first, the lowest, the highest and the last.
std::vector<Point> thinned(const Frame& frame, const std::vector<Point>& points) {
  static constexpr double kHairline = 1;
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

/// The corners of steps: each value goes on until the next point.
std::vector<Point> stepped(const std::vector<Point>& points) {
  std::vector<Point> corners;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i > 0 && points[i].y != points[i - 1].y) corners.push_back({points[i].x, points[i - 1].y});
    if (i == 0 || i + 1 == points.size() || points[i].y != points[i - 1].y) corners.push_back(points[i]);
  }
  return corners;
}

/// What is drawn of a series.
std::vector<Point> outline_of(const Chart& chart, const Frame& frame, const std::vector<Point>& points) {
  return thinned(frame, chart.is_stepped ? stepped(points) : points);
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

/// Where the name of each named line stands, from 0 at the bottom to 1 at the top: as near to the line's end as it can without
/// touching another name. Upwards from the lowest, and back down where that leaves the drawing.
std::vector<double> name_places(const Chart& chart) {
  std::vector<std::size_t> order;
  std::vector<double> places;
  for (std::size_t i = 0; i < chart.lines.size(); ++i) {
    const Line& line = chart.lines[i];
    places.push_back(line.points.empty() ? 0 : chart.y.position(line.points.back().y));
    if (is_named(line)) order.push_back(i);
  }
  constexpr double kRoom = kFoot - kTop;
  const double gap = std::min(kBetweenLabels, kRoom / std::max<double>(1, static_cast<double>(order.size()))) / kRoom;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return places[a] < places[b]; });
  for (std::size_t i = 1; i < order.size(); ++i)
    places[order[i]] = std::max(places[order[i]], places[order[i - 1]] + gap);
  double ceiling = 1;
  for (auto i = order.rbegin(); i != order.rend(); ++i, ceiling -= gap) places[*i] = std::min(places[*i], ceiling);
  return places;
}

/// The class of a text on an area of the class "g3": "on3".
std::string on_class(const std::string& area) {
  return area.size() == 2 && area.front() == 'g' ? "on" + area.substr(1) : std::string();
}

std::string rule(const Rule& rule, const Frame& frame) {
  const double x = frame.x(rule.x);
  const bool is_right = x > (frame.left() + frame.right()) / 2;
  return drawing::line_at(x, kTop, x, Frame::bottom(), "level") +
         drawing::text_at(x + (is_right ? -4 : 4), kTop - 4, is_right ? "end mark" : "mark", rule.label);
}

std::string area(const Chart& chart, const Area& area, const Frame& frame) {
  std::vector<Point> outline = outline_of(chart, frame, area.high);
  std::vector<Point> below = outline_of(chart, frame, area.low);
  outline.insert(outline.end(), below.rbegin(), below.rend());
  return "<path class=\"area " + area.css_class + "\" d=\"" + path(outline) + "Z\"/>";
}

}  // namespace

std::string line_class(std::size_t index) {
  return 'c' + std::to_string(index % kColours) + " d" + std::to_string((index + index / kColours) % kDashes);
}

std::string area_class(std::size_t index) { return 'g' + std::to_string(index % kColours); }

std::vector<AreaName> area_names(const Chart& chart) {
  static constexpr double kLetters = 14;  // height of a line of text
  static constexpr std::size_t kPlaces = 60;
  const Frame frame(chart);
  std::vector<AreaName> names;
  for (std::size_t i = 0; i < chart.areas.size(); ++i) {
    const Area& each = chart.areas[i];
    if (each.name.empty() || each.high.empty() || each.css_class.find("band") != std::string::npos) continue;
    const double half = drawing::kCharacter * static_cast<double>(core::characters(each.name)) / 2 + 2;
    double most = kLetters;
    AreaName best{i, 0, 0};
    for (std::size_t place = 0; place <= kPlaces; ++place) {
      const double x = frame.left() + (frame.right() - frame.left()) * static_cast<double>(place) / kPlaces;
      if (x - half < frame.x(each.high.front().x) || x + half > frame.right()) continue;
      // What is free over the whole width of the name.
      double above = kTop;
      double below = kFoot;
      for (std::size_t k = 0; k < each.high.size(); ++k) {
        const bool is_last = k + 1 == each.high.size();
        const double from = frame.x(each.high[k].x);
        const double to = is_last ? frame.right() : frame.x(each.high[k + 1].x);
        if (to < x - half || from > x + half) continue;
        above = std::max(above, frame.y(each.high[k].y));
        below = std::min(below, frame.y(each.low[k].y));
      }
      if (below - above <= most) continue;
      most = below - above;
      best.x = x;
      best.y = (above + below) / 2 + 4;
    }
    if (best.x > 0) names.push_back(best);
  }
  return names;
}

PlotArea plot_area(const Chart& chart) {
  const Frame frame(chart);
  return {frame.left(), kTop, frame.right(), Frame::bottom()};
}

std::string svg(const Chart& chart) {
  const Frame frame(chart);
  std::string text = drawing::opened(chart.id, chart.title, chart.description,
                                     kFoot + kBelow + (chart.x_title.empty() ? 0 : kXTitle));
  text += grid(chart, frame);
  for (const Area& each : chart.areas) text += area(chart, each, frame);
  text += axes(chart, frame);
  for (const Line& each : chart.lines) {
    const std::string drawn = path(outline_of(chart, frame, each.points));
    if (!drawn.empty()) text += "<path class=\"line " + each.css_class + "\" d=\"" + drawn + "\"/>";
  }
  for (const Level& each : chart.levels) text += level(each, frame);
  for (const Rule& each : chart.rules) text += rule(each, frame);
  for (const AreaName& each : area_names(chart))
    text += drawing::text_at(each.x, each.y, "middle layer " + on_class(chart.areas[each.area].css_class),
                             chart.areas[each.area].name);
  if (!chart.x_title.empty())
    text += drawing::text_at((frame.left() + frame.right()) / 2, kFoot + kBelow + 8, "middle unit", chart.x_title);
  const std::vector<double> places = name_places(chart);
  for (std::size_t i = 0; i < chart.lines.size(); ++i) {
    const Line& line = chart.lines[i];
    if (is_named(line))
      text += drawing::text_at(frame.right() + 5, kFoot - places[i] * (kFoot - kTop) + 4, "name " + line.css_class,
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
