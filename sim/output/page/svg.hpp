#pragma once

#include <string>
#include <vector>

#include "sim/output/page/axis.hpp"

/// Charts as inline SVG, drawn by nothing but the page's style sheet: colours and dashes are classes.
namespace fleetrace::output {

/// A point in the units of a chart's axes.
struct Point {
  double x = 0;
  double y = 0;
};

/// How many colours and dashes there are. A strategy or a generation keeps its own throughout a page.
inline constexpr std::size_t kColours = 8;
inline constexpr std::size_t kDashes = 4;
/// The classes of a line: "c0 d0", "c1 d1", ... No two of the first 32 are alike, and the first four differ in colour and dash.
[[nodiscard]] std::string line_class(std::size_t index);
/// The class of an area: "g0" to "g7", and from there on again.
[[nodiscard]] std::string area_class(std::size_t index);

/// A line of a chart.
struct Line {
  std::string css_class;
  std::vector<Point> points;  ///< The points, in ascending order of x.
  std::string name;           ///< The name that stands at the line's end; may be empty.
};

/// The area between two lines, whose points have the same x.
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

/// A chart of lines and areas.
struct Chart {
  std::string id;           ///< Letters, digits and hyphens; unique on its page.
  std::string title;        ///< What the chart shows.
  std::string description;  ///< What there is to see, for people who do not see it.
  Axis x;
  Axis y;
  std::string y_title;
  std::vector<Area> areas;
  std::vector<Level> levels;
  std::vector<Line> lines;
};

/// Where the name of each line stands, in units of the y axis: as near to the line's end as it can without touching another name.
[[nodiscard]] std::vector<double> label_heights(const Chart& chart);

/// The whole <svg> element. Its role is img, and it has a title and a description. Points are thinned to what a screen can show.
[[nodiscard]] std::string svg(const Chart& chart);

/// What stands for a line or an area in a legend: a piece of the line, or a filled square. It is hidden from screen readers, since
/// text stands beside it.
[[nodiscard]] std::string line_key(const std::string& css_class);
[[nodiscard]] std::string area_key(const std::string& css_class);

}  // namespace fleetrace::output
