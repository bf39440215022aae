#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/output/table/table.hpp"

/// Spreadsheets: files of Office Open XML (.xlsx), with a sheet for each table.
namespace fleetrace::output {

/// A sheet of a workbook. It has the columns that programs read, under the same names as in CSV, which end in their unit.
struct Sheet {
  std::string name;  ///< At most 28 characters, without []:*?/\ and quotes.
  Table table;
};

/// What the results are of, a row for each property: the sheet with which a workbook ends.
[[nodiscard]] Sheet about_sheet(std::string_view scenario, std::string_view sha256, std::uint32_t seed,
                                std::string_view money);

/// Writes the sheets and returns the bytes of the file. Numbers are numbers, dates and instants are dates, and texts are texts
/// whatever they begin with, so that none is taken for a formula. The headings stay in place when a sheet scrolls. Rows beyond
/// those that a sheet can hold go on in another one. The same sheets give the same bytes. Throws std::runtime_error where the
/// system has no room for temporary files.
[[nodiscard]] std::string write_xlsx(const std::vector<Sheet>& sheets);

/// A workbook of one table, on the sheet "results".
[[nodiscard]] inline std::string write_xlsx(Table table) {
  std::vector<Sheet> sheets;
  sheets.push_back({"results", std::move(table)});
  return write_xlsx(sheets);
}

}  // namespace fleetrace::output
