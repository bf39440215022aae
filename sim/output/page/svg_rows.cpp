#include "sim/output/page/svg_rows.hpp"

#include <algorithm>

#include "sim/core/text/utf8.hpp"
#include "sim/output/page/svg_parts.hpp"

namespace fleetrace::output {
namespace {

constexpr double kTop = 8;
constexpr double kRow = 26;
constexpr double kRowOfTwo = 36;  ///< where a smaller text stands below each name
constexpr double kBar = 8;        ///< half of its height
constexpr double kMore = 12;      ///< for its second line
constexpr std::size_t kLongestName = 26;
constexpr std::size_t kLongestUnder = 28;

/// A smaller text in lines: a long path is broken behind its last dot.
std::vector<std::string> lines_of(const std::string& under) {
  const std::size_t dot = under.rfind('.');
  if (core::characters(under) <= kLongestUnder || dot == std::string::npos) return {under};
  return {under.substr(0, dot + 1), under.substr(dot + 1)};
}

class Frame {
 public:
  explicit Frame(const RowsChart& chart) : chart_(&chart) {
    std::size_t longest = 0;
    for (const std::string& row : chart.rows) longest = std::max(longest, core::characters(row));
    for (const std::string& under : chart.under) {
      for (const std::string& line : lines_of(under)) longest = std::max(longest, core::characters(line) * 9 / 10);
    }
    left_ = drawing::left_margin(longest, kLongestName);
  }
  [[nodiscard]] double left() const { return left_; }
  [[nodiscard]] static double right() { return drawing::kWidth - drawing::kRight; }
  [[nodiscard]] double bottom() const { return kTop + row() * static_cast<double>(chart_->rows.size()); }
  [[nodiscard]] double row() const { return row_height(*chart_); }
  [[nodiscard]] double x(double value) const { return left_ + chart_->x.position(value) * (right() - left_); }
  [[nodiscard]] double y(std::size_t row) const { return kTop + this->row() * (static_cast<double>(row) + 0.5); }

 private:
  const RowsChart* chart_;
  double left_ = 0;
};

std::string drawn(const Bar& bar, const Frame& frame) {
  const double y = frame.y(bar.row);
  const double half = bar.css_class.find("thin") == std::string::npos ? kBar : 1.2;
  const double from = frame.x(std::min(bar.from, bar.to));
  // What is there is seen.
  const double to = std::max(frame.x(std::max(bar.from, bar.to)), from + 1);
  return drawing::rect_at(from, y - half, to, y + half, "area bar " + bar.css_class);
}

std::string drawn(const Dot& dot, const Frame& frame) {
  const double y = frame.y(dot.row);
  const double x = frame.x(dot.at);
  return "<path class=\"area bar " + dot.css_class + "\" d=\"M" + drawing::coordinate(x - 5) + ' ' +
         drawing::coordinate(y) + 'L' + drawing::coordinate(x) + ' ' + drawing::coordinate(y - 5) + 'L' +
         drawing::coordinate(x + 5) + ' ' + drawing::coordinate(y) + 'L' + drawing::coordinate(x) + ' ' +
         drawing::coordinate(y + 5) + "Z\"/>";
}

}  // namespace

double row_height(const RowsChart& chart) {
  if (chart.under.empty()) return kRow;
  const bool has_long = std::any_of(chart.under.begin(), chart.under.end(),
                                    [](const std::string& under) { return lines_of(under).size() > 1; });
  return kRowOfTwo + (has_long ? kMore : 0);
}

PlotArea plot_area(const RowsChart& chart) {
  const Frame frame(chart);
  return {frame.left(), kTop, Frame::right(), frame.bottom()};
}

std::string svg(const RowsChart& chart) {
  const Frame frame(chart);
  std::string text = drawing::opened(chart.id, chart.title, chart.description,
                                     frame.bottom() + (chart.x_title.empty() ? 26 : 42));
  for (const Tick& tick : chart.x.ticks)
    text += drawing::line_at(frame.x(tick.at), kTop, frame.x(tick.at), frame.bottom(), "grid");
  for (std::size_t row = 0; row < chart.rows.size(); ++row) {
    const std::vector<std::string> under = chart.under.empty() ? std::vector<std::string>{}
                                                               : lines_of(chart.under[row]);
    double y = frame.y(row) + (under.empty() ? 4 : under.size() == 1 ? -2 : -8);
    text += drawing::text_at(frame.left() - 6, y, "end", drawing::shortened(chart.rows[row], kLongestName));
    for (const std::string& line : under)
      text += drawing::text_at(frame.left() - 6, y += 13, "end mark", drawing::path_end(line, kLongestUnder));
  }
  for (const Bar& bar : chart.bars) text += drawn(bar, frame);
  for (const double rule : chart.rules)
    text += drawing::line_at(frame.x(rule), kTop, frame.x(rule), frame.bottom(), "axis");
  for (const Dot& dot : chart.dots) text += drawn(dot, frame);
  for (const RowText& each : chart.texts)
    text += drawing::text_at(frame.x(each.at) + (each.left ? -4 : 4), frame.y(each.row) + 4,
                             each.left ? "end mark" : "mark", each.text);
  text += drawing::horizontal_axis(chart.x, frame.left(), Frame::right(), frame.bottom());
  if (!chart.x_title.empty())
    text += drawing::text_at((frame.left() + Frame::right()) / 2, frame.bottom() + 36, "middle unit", chart.x_title);
  return text + "</svg>\n";
}

}  // namespace fleetrace::output
