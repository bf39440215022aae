#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/output/table/cell.hpp"
#include "sim/study/sweep/sweep.hpp"

namespace fleetrace::output {

/// An axis of a sweep as one column: its name ends in the unit of the values, and its cells are numbers, dates and words. Values
/// that are whole sections, such as distributions, stand there by their numbers on the axis, from 1.
class AxisColumn {
 public:
  explicit AxisColumn(const study::Axis& axis);

  /// The path with the unit, or with `_number` for sections.
  [[nodiscard]] std::string name() const;
  [[nodiscard]] const std::string& path() const { return path_; }
  /// The unit of the first value that has one; empty where none does.
  [[nodiscard]] const std::string& unit() const { return unit_; }
  /// What stands for the value of that index.
  [[nodiscard]] const Cell& cell(std::size_t index) const { return cells_[index]; }

 private:
  std::string path_;
  std::string unit_;
  bool has_sections_ = false;
  std::vector<Cell> cells_;
};

[[nodiscard]] std::vector<AxisColumn> axis_columns(const std::vector<study::Axis>& axes);

}  // namespace fleetrace::output
