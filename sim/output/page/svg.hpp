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
/// A line of the class "rest" is thin and grey: it stands for those that are not told apart.
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

/// A place on the horizontal axis that is marked from top to bottom.
struct Rule {
  double x = 0;
  std::string label;
};

/// A chart of lines and areas.
struct Chart {
  std::string id;           ///< Letters, digits and hyphens; unique on its page.
  std::string title;        ///< What the chart shows.
  std::string description;  ///< What there is to see, for people who do not see it.
  Axis x;
  Axis y;
  std::string x_title;  ///< Name of the horizontal axis with its unit; empty where it has dates.
  std::string y_title;
  std::string unit;         ///< Unit of the values for those who read them one by one; y_title where it is empty.
  bool is_dates = true;     ///< Whether x is milliseconds since the epoch.
  bool is_stepped = false;  ///< Whether a value holds until the next point, instead of running towards it.
  std::vector<Area> areas;
  std::vector<Level> levels;
  std::vector<Rule> rules;
  std::vector<Line> lines;
};

/// The name of an area within it.
struct AreaName {
  std::size_t area = 0;  ///< index into the areas
  double x = 0;          ///< its middle, in units of the drawing, like its base line
  double y = 0;
};
/// The names of those areas in which they have room; none of bands.
[[nodiscard]] std::vector<AreaName> area_names(const Chart& chart);

/// Where values are drawn, in units of the drawing.
struct PlotArea {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
};
[[nodiscard]] PlotArea plot_area(const Chart& chart);

/// The whole <svg> element. Its role is img, and it has a title and a description. Points are thinned to what a screen can show.
[[nodiscard]] std::string svg(const Chart& chart);

/// What stands for a line or an area in a legend: a piece of the line, or a filled square. It is hidden from screen readers, since
/// text stands beside it.
[[nodiscard]] std::string line_key(const std::string& css_class);
[[nodiscard]] std::string area_key(const std::string& css_class);

}  // namespace fleetrace::output
