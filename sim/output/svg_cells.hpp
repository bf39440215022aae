#pragma once

#include <cstddef>
#include <string>
#include <vector>

/// A map over two inputs, as inline SVG: who is where.
namespace fleetrace::output {

struct MapCell {
  std::size_t x = 0;
  std::size_t y = 0;
  std::string name;       ///< what it is coloured by, and says where there is room
  std::string css_class;  ///< "c0" ..., or "none" where nothing is known
  std::string tip;
};

struct CellsChart {
  std::string id;
  std::string title;
  std::string description;
  std::string x_title;
  std::string y_title;
  std::vector<std::string> x;  ///< values, from the left
  std::vector<std::string> y;  ///< from the top
  std::vector<MapCell> cells;
};

[[nodiscard]] std::string svg(const CellsChart& chart);

}  // namespace fleetrace::output
