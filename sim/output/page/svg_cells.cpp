#include "sim/output/page/svg_cells.hpp"

#include <algorithm>

#include "sim/core/text/utf8.hpp"
#include "sim/output/page/svg_parts.hpp"

namespace fleetrace::output {
namespace {

constexpr double kTop = 24;
constexpr double kTallest = 38;
constexpr double kLowest = 16;
constexpr double kOfTwoLines = 34;
constexpr double kRoom = 320;  ///< that rows share
constexpr std::size_t kLongestValue = 12;

}  // namespace

PlotArea plot_area(const CellsChart& chart) {
  std::size_t longest = 0;
  for (const std::string& value : chart.y) longest = std::max(longest, core::characters(value));
  const auto rows = static_cast<double>(chart.y.size());
  return {drawing::left_margin(longest, kLongestValue), kTop, drawing::kWidth - drawing::kRight,
          kTop + rows * std::clamp(kRoom / rows, kLowest, kTallest)};
}

std::string svg(const CellsChart& chart) {
  const auto [left, top, right, bottom] = plot_area(chart);
  const double width = (right - left) / static_cast<double>(chart.x.size());
  const double height = (bottom - top) / static_cast<double>(chart.y.size());
  std::string text = drawing::opened(chart.id, chart.title, chart.description, bottom + 42);
  text += drawing::text_at(2, 13, "unit", chart.y_title);
  for (const MapCell& cell : chart.cells) {
    const double x = left + width * static_cast<double>(cell.x);
    const double y = kTop + height * static_cast<double>(cell.y);
    text += drawing::rect_at(x, y, x + width, y + height, "area cell " + cell.css_class);
    const auto has_room = [width](const std::string& words) {
      return !words.empty() && drawing::kCharacter * static_cast<double>(core::characters(words)) < width - 4;
    };
    const bool has_margin = height >= kOfTwoLines && has_room(cell.name) && has_room(cell.margin);
    if (has_room(cell.name))
      text += drawing::text_at(x + width / 2, y + height / 2 + (has_margin ? -2 : 4), "middle", cell.name);
    if (has_margin) text += drawing::text_at(x + width / 2, y + height / 2 + 13, "middle margin", cell.margin);
  }
  for (std::size_t i = 0; i < chart.y.size(); ++i)
    text += drawing::text_at(left - 6, kTop + height * (static_cast<double>(i) + 0.5) + 4, "end",
                             drawing::shortened(chart.y[i], kLongestValue));
  // As many values as have room; the map of all is in the table.
  std::size_t widest = 1;
  for (const std::string& value : chart.x) widest = std::max(widest, std::min(core::characters(value), kLongestValue));
  const auto step = static_cast<std::size_t>(drawing::kCharacter * static_cast<double>(widest + 1) / width) + 1;
  for (std::size_t i = 0; i < chart.x.size(); i += step)
    text += drawing::text_at(left + width * (static_cast<double>(i) + 0.5), bottom + 16, "middle",
                             drawing::shortened(chart.x[i], kLongestValue));
  text += drawing::text_at((left + right) / 2, bottom + 36, "middle unit", chart.x_title);
  return text + "</svg>\n";
}

}  // namespace fleetrace::output
