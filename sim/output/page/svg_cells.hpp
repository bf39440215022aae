#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/output/page/svg.hpp"

/// Maps over two inputs as inline SVG: who wins where.
namespace fleetrace::output {

/// A place of a map.
struct MapCell {
  std::size_t x = 0;
  std::size_t y = 0;
  std::string name;       ///< Who wins there; written where there is room.
  std::string css_class;  ///< Its colour, "c0" to "c7", or "none" where the winner is not known.
  std::string tip;        ///< What the place says, in words.
  std::string margin;     ///< By how much it wins; written below the name where there is room.
};

/// A map with a column for each value of one input, and a row for each of the other.
struct CellsChart {
  std::string id;
  std::string title;
  std::string description;
  std::string x_title;
  std::string y_title;
  std::vector<std::string> x;  ///< Values of the columns, from the left.
  std::vector<std::string> y;  ///< Values of the rows, from the top.
  std::vector<MapCell> cells;
};

/// The whole <svg> element.
[[nodiscard]] std::string svg(const CellsChart& chart);

/// Where cells are drawn.
[[nodiscard]] PlotArea plot_area(const CellsChart& chart);

}  // namespace fleetrace::output
