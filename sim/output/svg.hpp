#pragma once

#include <string>
#include <vector>

#include "axis.hpp"

/// Charts as inline SVG, drawn by nothing but the page's style sheet: colours and dashes are classes.
namespace fleetrace::output {

struct Point {
  double x = 0;
  double y = 0;
};

/// Which colour and dash a strategy or a generation has throughout a page.
inline constexpr std::size_t kColours = 8;
inline constexpr std::size_t kDashes = 4;
/// "c0 d0", "c1 d1", ...: no two of the first 32 alike, and the first four differ in both.
[[nodiscard]] std::string line_class(std::size_t index);
/// "g0" ... "g7"; those beyond begin again.
[[nodiscard]] std::string area_class(std::size_t index);

struct Line {
  std::string css_class;
  std::vector<Point> points;  ///< by x
  std::string name;           ///< stands at its end where there is one
};

/// Between two lines over the same x.
struct Area {
  std::string css_class;
  std::vector<Point> low;
  std::vector<Point> high;
  std::string name;
};

/// A level that is marked over the whole width.
struct Level {
  double y = 0;
  std::string label;
};

struct Chart {
  std::string id;           ///< letters, digits and hyphens; once a page
  std::string title;        ///< what it shows
  std::string description;  ///< what there is to see, for those who do not
  Axis x;
  Axis y;
  std::string y_title;
  std::vector<Area> areas;
  std::vector<Level> levels;
  std::vector<Line> lines;
};

/// Where names stand at the ends of their lines, in units of the axis and by line: as near as they can without touching.
[[nodiscard]] std::vector<double> label_heights(const Chart& chart);

/// The whole <svg> element, role img, with title and description. Points are thinned to what a screen can show.
[[nodiscard]] std::string svg(const Chart& chart);

/// A piece of a line for legends, or a filled square; hidden from screen readers, since text stands beside it.
[[nodiscard]] std::string line_key(const std::string& css_class);
[[nodiscard]] std::string area_key(const std::string& css_class);

}  // namespace fleetrace::output
