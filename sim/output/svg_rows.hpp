#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "axis.hpp"

/// Charts with a named row for each thing, as inline SVG: intervals, shares, tornados, what happened when.
namespace fleetrace::output {

struct Bar {
  std::size_t row = 0;
  double from = 0;
  double to = 0;
  std::string css_class;  ///< "c0" ...; "thin" makes it a whisker
  std::string tip;        ///< what it says, in words
};

struct Dot {
  std::size_t row = 0;
  double at = 0;
  std::string css_class;
  std::string tip;
};

/// Beside a row, at a value.
struct RowText {
  std::size_t row = 0;
  double at = 0;
  bool left = false;  ///< ends there instead of beginning
  std::string text;
};

struct RowsChart {
  std::string id;
  std::string title;
  std::string description;
  std::vector<std::string> rows;  ///< from the top
  Axis x;
  bool is_dates = false;
  bool are_paths = false;  ///< rows: shortened at their beginning
  std::string x_title;
  std::vector<Bar> bars;
  std::vector<Dot> dots;
  std::vector<RowText> texts;
  std::vector<double> rules;  ///< values marked from top to bottom
};

[[nodiscard]] std::string svg(const RowsChart& chart);

}  // namespace fleetrace::output
