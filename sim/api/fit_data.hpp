#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/fit.hpp"
#include "sim/reader/csv/data_table.hpp"

/// The data of a fit, and what may be wrong with them.
namespace fleetrace {

/// The columns that a model reads, in its order; names are those of the request where it has others for the first two.
class FitData {
 public:
  /// Reads the columns from CSV text. Throws InvalidScenario.
  FitData(const FitRequest& request, std::string_view csv, const std::string& file,
          const std::vector<core::Parameter>& columns);

  [[nodiscard]] std::size_t rows() const { return table_.lines.size(); }
  [[nodiscard]] std::size_t line(std::size_t row) const { return table_.lines[row]; }
  /// Whether the file has the column.
  [[nodiscard]] bool has(std::size_t column) const { return !table_.columns[column].empty(); }
  /// Its numbers by row, NaN where an optional cell is empty; empty where the file does not have it.
  [[nodiscard]] const std::vector<double>& of(std::size_t column) const { return table_.columns[column]; }
  [[nodiscard]] const std::string& name(std::size_t column) const { return names_[column]; }

  /// What is wrong with a cell.
  void add(std::size_t row, std::size_t column, core::QuantityProblem problem);
  /// What is wrong with the data as a whole.
  void add(core::QuantityProblem problem);
  /// Adds that there are too few rows, where there are.
  void require_rows(std::size_t least, std::string_view why);
  /// Adds that all rows have the same value there, where they do: then nothing says how the model depends on it.
  void require_spread(std::size_t column, std::string_view why);
  /// Throws InvalidScenario with all that was added.
  void throw_if_any();

 private:
  std::string file_;
  std::string_view bytes_;
  std::deque<std::string> names_;  ///< parameters look at them
  reader::DataTable table_;
  core::Diagnostics found_;
};

/// A column of numbers above 0.
[[nodiscard]] core::Parameter positive_column(std::string_view name, std::string_view summary,
                                              core::Dimension dimension = core::Dimension::number);
[[nodiscard]] core::Parameter date_column(std::string_view name, std::string_view summary);
/// The same column where the file may do without it.
[[nodiscard]] core::Parameter optional_column(core::Parameter column);

/// [ms] in a year.
inline constexpr double kYearMilliseconds = 31'557'600'000;

}  // namespace fleetrace
