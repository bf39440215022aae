#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "axis.hpp"

/// Pieces that all charts are drawn from; private to them. Units are those of the drawing, about a pixel of a screen on a desk.
namespace fleetrace::output::svg_parts {

inline constexpr double kWidth = 440;
inline constexpr double kRight = 16;
inline constexpr double kCharacter = 7.4;  ///< of a label, at most, in the larger letters of small screens

[[nodiscard]] std::string attribute(std::string_view name, double value);
[[nodiscard]] std::string text_at(double x, double y, std::string_view css_class, std::string_view text);
[[nodiscard]] std::string line_at(double x1, double y1, double x2, double y2, std::string_view css_class);
[[nodiscard]] std::string rect_at(double x1, double y1, double x2, double y2, std::string_view css_class);

/// <svg> with title and description, to be closed by its caller.
[[nodiscard]] std::string opened(const std::string& id, const std::string& title, const std::string& description,
                                 double height);

/// Ticks and labels of a horizontal axis from `left` to `right` at height `y`; labels stay within the drawing.
[[nodiscard]] std::string horizontal_axis(const Axis& axis, double left, double right, double y);

/// At most so many characters: "a long na…".
[[nodiscard]] std::string shortened(const std::string& text, std::size_t most);
/// The same of a path, whose end says most: "…doubling".
[[nodiscard]] std::string path_end(const std::string& text, std::size_t most);

}  // namespace fleetrace::output::svg_parts
