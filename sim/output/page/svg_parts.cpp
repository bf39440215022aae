#include "sim/output/page/svg_parts.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/text/utf8.hpp"
#include "sim/output/page/html.hpp"
#include "sim/output/table/format_unit.hpp"

namespace fleetrace::output::drawing {

double left_margin(std::size_t longest, std::size_t most) {
  constexpr std::size_t kLeast = 2;
  return 12 + kCharacter * static_cast<double>(std::clamp(longest, kLeast, most));
}

std::string coordinate(double value) {
  constexpr double kFine = 1e6;
  std::string text = fixed(std::round(value * kFine) / kFine, 1);
  if (text.size() > 2 && text.compare(text.size() - 2, 2, ".0") == 0) text.resize(text.size() - 2);
  return text;
}

std::string attribute(std::string_view name, double value) {
  return ' ' + std::string(name) + "=\"" + coordinate(value) + '"';
}

std::string text_at(double x, double y, std::string_view css_class, std::string_view text) {
  return "<text class=\"" + std::string(css_class) + '"' + attribute("x", x) + attribute("y", y) + '>' +
         html_text(text) + "</text>";
}

std::string line_at(double x1, double y1, double x2, double y2, std::string_view css_class) {
  return "<line class=\"" + std::string(css_class) + '"' + attribute("x1", x1) + attribute("y1", y1) +
         attribute("x2", x2) + attribute("y2", y2) + "/>";
}

std::string rect_at(double x1, double y1, double x2, double y2, std::string_view css_class) {
  const auto at = [](double x, double y) { return coordinate(x) + ' ' + coordinate(y); };
  return "<path class=\"" + std::string(css_class) + "\" d=\"M" + at(x1, y1) + 'L' + at(x2, y1) + 'L' + at(x2, y2) +
         'L' + at(x1, y2) + "Z\"/>";
}

std::string opened(const std::string& id, const std::string& title, const std::string& description, double height) {
  return "<svg class=\"chart\" role=\"img\" viewBox=\"0 0 " + fixed(kWidth, 0) + ' ' + fixed(height, 0) +
         "\" aria-labelledby=\"" + id + "-title " + id + "-desc\">" +
         html_element("title", title, "id=\"" + id + "-title\"") +
         html_element("desc", description, "id=\"" + id + "-desc\"");
}

std::string horizontal_axis(const Axis& axis, double left, double right, double y) {
  std::string text;
  for (const Tick& tick : axis.ticks) {
    const double x = left + axis.position(tick.at) * (right - left);
    text += line_at(x, y, x, y + 4, "tick");
    const double half = kCharacter * static_cast<double>(core::characters(tick.label)) / 2;
    text += text_at(std::clamp(x, half, kWidth - half), y + 18, "middle", tick.label);
  }
  return text + line_at(left, y, right, y, "axis");
}

std::string shortened(const std::string& text, std::size_t most) {
  if (core::characters(text) <= most) return text;
  std::size_t count = 0;
  std::size_t end = 0;
  // Up to the first byte of the character that is too much.
  for (; end < text.size(); ++end) {
    if (!core::continues_character(text[end]) && count++ == most - 1) break;
  }
  return text.substr(0, end) + "\xe2\x80\xa6";
}

std::string path_end(const std::string& text, std::size_t most) {
  std::size_t over = core::characters(text);
  if (over <= most) return text;
  over -= most - 1;
  std::size_t begin = 0;
  for (std::size_t seen = 0; begin < text.size(); ++begin) {
    if (!core::continues_character(text[begin]) && seen++ == over) break;
  }
  return "\xe2\x80\xa6" + text.substr(begin);
}

}  // namespace fleetrace::output::drawing
