#include "sim/output/page/svg_rows.hpp"

#include <algorithm>

#include "sim/core/text/utf8.hpp"
#include "sim/output/page/svg_parts.hpp"

namespace fleetrace::output {
namespace {

constexpr double kTop = 8;
constexpr double kRow = 26;
constexpr double kBar = 8;  ///< half of its height
constexpr std::size_t kLongestName = 22;

class Frame {
 public:
  explicit Frame(const RowsChart& chart) : chart_(&chart) {
    std::size_t longest = 0;
    for (const std::string& row : chart.rows) longest = std::max(longest, core::characters(row));
    left_ = drawing::left_margin(longest, kLongestName);
  }
  [[nodiscard]] double left() const { return left_; }
  [[nodiscard]] static double right() { return drawing::kWidth - drawing::kRight; }
  [[nodiscard]] double bottom() const { return kTop + kRow * static_cast<double>(chart_->rows.size()); }
  [[nodiscard]] double x(double value) const { return left_ + chart_->x.position(value) * (right() - left_); }
  [[nodiscard]] static double y(std::size_t row) { return kTop + kRow * (static_cast<double>(row) + 0.5); }

 private:
  const RowsChart* chart_;
  double left_ = 0;
};

std::string drawn(const Bar& bar, const Frame& frame) {
  const double y = Frame::y(bar.row);
  const double half = bar.css_class.find("thin") == std::string::npos ? kBar : 1.2;
  const double from = frame.x(std::min(bar.from, bar.to));
  // What is there is seen.
  const double to = std::max(frame.x(std::max(bar.from, bar.to)), from + 1);
  return drawing::rect_at(from, y - half, to, y + half, "area bar " + bar.css_class);
}

std::string drawn(const Dot& dot, const Frame& frame) {
  const double y = Frame::y(dot.row);
  const double x = frame.x(dot.at);
  return "<path class=\"area bar " + dot.css_class + "\" d=\"M" + drawing::coordinate(x - 5) + ' ' +
         drawing::coordinate(y) + 'L' + drawing::coordinate(x) + ' ' + drawing::coordinate(y - 5) + 'L' +
         drawing::coordinate(x + 5) + ' ' + drawing::coordinate(y) + 'L' + drawing::coordinate(x) + ' ' +
         drawing::coordinate(y + 5) + "Z\"/>";
}

}  // namespace

std::string svg(const RowsChart& chart) {
  const Frame frame(chart);
  std::string text = drawing::opened(chart.id, chart.title, chart.description,
                                     frame.bottom() + (chart.x_title.empty() ? 26 : 42));
  for (const Tick& tick : chart.x.ticks)
    text += drawing::line_at(frame.x(tick.at), kTop, frame.x(tick.at), frame.bottom(), "grid");
  for (std::size_t row = 0; row < chart.rows.size(); ++row)
    text += drawing::text_at(frame.left() - 6, Frame::y(row) + 4, "end",
                             chart.are_paths ? drawing::path_end(chart.rows[row], kLongestName)
                                             : drawing::shortened(chart.rows[row], kLongestName));
  for (const Bar& bar : chart.bars) text += drawn(bar, frame);
  for (const double rule : chart.rules)
    text += drawing::line_at(frame.x(rule), kTop, frame.x(rule), frame.bottom(), "axis");
  for (const Dot& dot : chart.dots) text += drawn(dot, frame);
  for (const RowText& each : chart.texts)
    text += drawing::text_at(frame.x(each.at) + (each.left ? -4 : 4), Frame::y(each.row) + 4,
                             each.left ? "end mark" : "mark", each.text);
  text += drawing::horizontal_axis(chart.x, frame.left(), Frame::right(), frame.bottom());
  if (!chart.x_title.empty())
    text += drawing::text_at((frame.left() + Frame::right()) / 2, frame.bottom() + 36, "middle unit", chart.x_title);
  return text + "</svg>\n";
}

}  // namespace fleetrace::output
