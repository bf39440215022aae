#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/core/parameter.hpp"

/// Data of one's own: columns of numbers, dates and flags.
namespace fleetrace::reader {

struct DataTable {
  /// By parameter: numbers in base units, dates in ms since 1970, flags as 1 and 0. NaN where an optional cell is empty. A column that
  /// the file does not have is empty.
  std::vector<std::vector<double>> columns;
  std::vector<std::size_t> lines;        ///< of the file, by row
  std::vector<std::vector<int>> places;  ///< columns of the cells in their lines [characters], by parameter and row
};

/// Reads the columns that `parameters` name, as read_csv() names them, from CSV text; `file` names it in messages. Columns that are
/// none of these are left aside. Throws core::InputError with everything that is wrong.
[[nodiscard]] DataTable read_data(std::string_view bytes, const std::string& file,
                                  std::vector<core::Parameter> parameters);

}  // namespace fleetrace::reader
