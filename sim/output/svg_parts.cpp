#include "svg_parts.hpp"

#include <algorithm>

#include "fleetrace/output/human.hpp"
#include "fleetrace/output/text.hpp"
#include "html.hpp"

namespace fleetrace::output::svg_parts {

std::string attribute(std::string_view name, double value) {
  return ' ' + std::string(name) + "=\"" + fixed(value, 1) + '"';
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
  const auto at = [](double x, double y) { return fixed(x, 1) + ' ' + fixed(y, 1); };
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
    const double half = kCharacter * static_cast<double>(characters(tick.label)) / 2;
    text += text_at(std::clamp(x, half, kWidth - half), y + 18, "middle", tick.label);
  }
  return text + line_at(left, y, right, y, "axis");
}

std::string shortened(const std::string& text, std::size_t most) {
  if (characters(text) <= most) return text;
  std::size_t count = 0;
  std::size_t end = 0;
  // Up to the first byte of the character that is too much.
  for (; end < text.size(); ++end) {
    if ((static_cast<unsigned char>(text[end]) & 0xc0U) != 0x80U && count++ == most - 1) break;
  }
  return text.substr(0, end) + "\xe2\x80\xa6";
}

std::string path_end(const std::string& text, std::size_t most) {
  std::size_t over = characters(text);
  if (over <= most) return text;
  over -= most - 1;
  std::size_t begin = 0;
  for (std::size_t seen = 0; begin < text.size(); ++begin) {
    if ((static_cast<unsigned char>(text[begin]) & 0xc0U) != 0x80U && seen++ == over) break;
  }
  return "\xe2\x80\xa6" + text.substr(begin);
}

}  // namespace fleetrace::output::svg_parts
