#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/output/page/axis.hpp"

/// Pieces from which all charts are drawn; private to them. Lengths are in units of the drawing, about a pixel of a screen on a
/// desk.
namespace fleetrace::output::drawing {

/// A coordinate with at most one decimal. Rounding before that leaves no half to the last digits of a value, so that a value that was
/// written with 12 digits and read back lies where it lay.
[[nodiscard]] std::string coordinate(double value);

inline constexpr double kWidth = 440;  ///< Width of every drawing.
inline constexpr double kRight = 20;   ///< Margin at the right.
inline constexpr double kCharacter =
    8.4;  ///< Width of a label's character at most, in the larger letters of small screens.

/// Where a chart begins at the right of its labels, of which the longest has so many characters; longer ones than `most` are cut.
[[nodiscard]] double left_margin(std::size_t longest, std::size_t most);

[[nodiscard]] std::string attribute(std::string_view name, double value);
[[nodiscard]] std::string text_at(double x, double y, std::string_view css_class, std::string_view text);
[[nodiscard]] std::string line_at(double x1, double y1, double x2, double y2, std::string_view css_class);
[[nodiscard]] std::string rect_at(double x1, double y1, double x2, double y2, std::string_view css_class);

/// The beginning of an <svg> element, with title and description. Its caller closes it.
[[nodiscard]] std::string opened(const std::string& id, const std::string& title, const std::string& description,
                                 double height);

/// A horizontal axis from `left` to `right` at height `y`, with ticks and labels. Labels stay within the drawing.
[[nodiscard]] std::string horizontal_axis(const Axis& axis, double left, double right, double y);

/// The beginning of a text, of at most so many characters: "a long na…".
[[nodiscard]] std::string shortened(const std::string& text, std::size_t most);
/// The end of a text, which says most of a path: "…doubling".
[[nodiscard]] std::string path_end(const std::string& text, std::size_t most);

}  // namespace fleetrace::output::drawing
