#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "sim/output/table/cell.hpp"

/// The one table of the program: columns and rows of typed cells, which the writers of sim/output/table/writers.hpp turn into
/// plain text, markdown, HTML, CSV or JSON.
namespace fleetrace::output {

/// Where the texts of a column stand: words at its left, numbers at its right.
enum class Align { left, right };

/// One column of a table. A column without a name is for people alone; a column with a name but no heading is for programs
/// alone.
struct Column {
  std::string heading = {};    ///< Above the column, for people. A newline breaks it into two lines.
  Align align = Align::right;  ///< Side of the column at which its texts stand.
  std::string unit = {};       ///< Unit of the column's numbers, on a line of its own below the heading.
  std::string name = {};       ///< Key of the column in CSV and JSON.
  bool starts_group = false;   ///< A table that is too wide is cut before such a column rather than before others.
  bool wraps = false;          ///< For the last column: long texts are broken into lines and widen nothing.
  bool has_lines = false;      ///< Its texts are documents, whose lines CSV keeps.
  bool names_row = false;      ///< Behind the first column: says with it which row is meant, wherever a table is cut.

  [[nodiscard]] bool is_for_people() const { return !heading.empty() || name.empty(); }
  [[nodiscard]] bool is_for_programs() const { return !name.empty(); }
};

/// A column of words, which stand at its left.
[[nodiscard]] inline Column text_column(std::string heading, std::string name = {}) {
  return {.heading = std::move(heading), .align = Align::left, .name = std::move(name)};
}

/// A column of words behind the first, without which nobody would know which row is meant.
[[nodiscard]] inline Column naming_column(std::string heading) {
  return {.heading = std::move(heading), .align = Align::left, .names_row = true};
}

class Table {
 public:
  using Row = std::vector<Cell>;

  Table() = default;
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  void add_column(Column column) { columns_.push_back(std::move(column)); }
  /// Adds a row of one cell for each column. Texts must be safe for terminals (core::printable).
  void add_row(Row row) { rows_.push_back(std::move(row)); }

  [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
  /// Whether there is no row; a table may then be left out of its report.
  [[nodiscard]] bool empty() const { return rows_.empty(); }

 private:
  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

}  // namespace fleetrace::output
