#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/output/page/axis.hpp"
#include "sim/output/page/svg.hpp"

/// Charts with a named row for each thing, as inline SVG: intervals, shares, tornados, what happened when.
namespace fleetrace::output {

/// A bar of a row, from one value to another.
struct Bar {
  std::size_t row = 0;
  double from = 0;
  double to = 0;
  std::string css_class;  ///< Its colour, "c0" to "c7"; "thin" makes it a whisker.
  std::string tip;        ///< What the bar says, in words.
};

/// A diamond of a row, at a value.
struct Dot {
  std::size_t row = 0;
  double at = 0;
  std::string css_class;
  std::string tip;
};

/// A text in a row, at a value.
struct RowText {
  std::size_t row = 0;
  double at = 0;
  bool left = false;  ///< The text ends at the value instead of beginning there.
  std::string text;
};

/// A chart with rows.
struct RowsChart {
  std::string id;
  std::string title;
  std::string description;
  std::vector<std::string> rows;   ///< Names of the rows, from the top.
  std::vector<std::string> under;  ///< Smaller texts below the names, such as paths; one for each row, or none at all.
  Axis x;
  bool is_dates = false;  ///< Whether values are milliseconds since the epoch.
  std::string x_title;
  std::vector<Bar> bars;
  std::vector<Dot> dots;
  std::vector<RowText> texts;
  std::vector<double> rules;  ///< Values that are marked by lines from top to bottom.
};

/// The whole <svg> element.
[[nodiscard]] std::string svg(const RowsChart& chart);

/// Where rows are drawn, and how high each is.
[[nodiscard]] PlotArea plot_area(const RowsChart& chart);
[[nodiscard]] double row_height(const RowsChart& chart);

}  // namespace fleetrace::output
