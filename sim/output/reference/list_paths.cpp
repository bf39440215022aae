#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/reference/entries.hpp"
#include "sim/output/table/workbook.hpp"
#include "sim/output/table/writers.hpp"
#include "sim/scenario/reference/paths.hpp"

namespace fleetrace::output {
namespace {

/// For programs a quantity is a number and its unit; everything else stands as it was written.
Table rows_of(const std::vector<scenario::Path>& paths) {
  Table table({{.name = "path"}, {.name = "words"}, {.name = "value"}, {.name = "unit"}});
  for (const scenario::Path& each : paths) {
    const std::string value = each.unit.empty() ? each.value
                                                : each.value.substr(0, each.value.size() - each.unit.size() - 1);
    table.add_row(
        {each.path, Cell(std::vector<std::string>(each.words.begin(), each.words.end()), ""), value, each.unit});
  }
  return table;
}

}  // namespace

Listing list_paths(const scenario::Scenario& scenario) {
  Table table({text_column("path", "path"),
               {.name = "words"},
               {.heading = "value", .align = Align::left, .name = "value", .wraps = true}});
  const std::vector<scenario::Path> paths = scenario::paths(scenario);
  for (const scenario::Path& each : paths) {
    table.add_row({core::printable(each.path), Cell(std::vector<std::string>(each.words.begin(), each.words.end()), ""),
                   Cell(each.value.empty() ? Cell::Value() : Cell::Value(each.value), core::printable(each.value))});
  }
  Listing listing = table_listing(std::move(table), "paths",
                                  [name = scenario.name()](core::JsonWriter& json) { json.text("scenario", name); });
  listing.csv = [rows = rows_of(paths)] { return write_csv(rows); };
  listing.xlsx = [rows = rows_of(paths)] { return write_xlsx(rows); };
  return listing;
}

}  // namespace fleetrace::output
