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
constexpr std::size_t kLongestName = 22;
constexpr std::size_t kLongestUnder = 24;

class Frame {
 public:
  explicit Frame(const RowsChart& chart) : chart_(&chart) {
    std::size_t longest = 0;
    for (const std::string& row : chart.rows) longest = std::max(longest, core::characters(row));
    for (const std::string& under : chart.under) longest = std::max(longest, core::characters(under) * 6 / 7);
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

double row_height(const RowsChart& chart) { return chart.under.empty() ? kRow : kRowOfTwo; }

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
    const double y = frame.y(row) + (chart.under.empty() ? 4 : -2);
    text += drawing::text_at(frame.left() - 6, y, "end", drawing::shortened(chart.rows[row], kLongestName));
    if (!chart.under.empty())
      text += drawing::text_at(frame.left() - 6, y + 14, "end mark",
                               drawing::path_end(chart.under[row], kLongestUnder));
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
