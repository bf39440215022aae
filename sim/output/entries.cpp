#include "fleetrace/output/entries.hpp"

#include <algorithm>

#include "entries_data.hpp"
#include "entries_page.hpp"
#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/scenario/load.hpp"

namespace fleetrace::output {
namespace {

using grid::cell;
using grid::Grid;
using grid::Json;
using listing::Chapter;

/// Stands for everything about scenario files, in the place of a family.
constexpr std::string_view kWholeFormat = "format";

/// A family in the list of all.
struct Row {
  std::string name;
  std::string summary;
  std::vector<std::string> entries;
};

std::vector<std::string> strings(const std::vector<std::string_view>& views) { return {views.begin(), views.end()}; }

/// The list of all families, in its one place.
std::vector<Row> rows() {
  std::vector<Row> all{{std::string(listing::kScenarios), "Scenarios inside the program: run them by name.",
                        strings(scenario::scenario_names())},
                       {std::string(listing::kAccelerators), "Accelerators that a scenario can buy, with sourced data.",
                        strings(scenario::embedded_catalog()->names())}};
  for (Chapter& chapter : listing::chapters()) {
    all.push_back({std::move(chapter.name), std::move(chapter.summary), std::move(chapter.names)});
  }
  return all;
}

[[noreturn]] void refuse(const std::string& what, std::string_view name, const std::vector<std::string>& known) {
  throw UnknownEntry("there is no " + what + " \"" + core::printable(name) + "\". " +
                     core::suggest(name, {known.begin(), known.end()}));
}

Row find(std::string_view family) {
  std::vector<std::string> names;
  for (Row& row : rows()) {
    if (row.name == family) return std::move(row);
    names.push_back(row.name);
  }
  names.emplace_back(kWholeFormat);
  refuse("family", family, names);
}

Chapter find_chapter(std::string_view family) {
  std::vector<Chapter> all = listing::chapters();
  return *std::find_if(all.begin(), all.end(), [family](const Chapter& chapter) { return chapter.name == family; });
}

Grid family_grid(const Row& row) {
  if (row.name == listing::kScenarios) return listing::scenario_grid();
  if (row.name == listing::kAccelerators) return listing::accelerator_grid();
  const Chapter chapter = find_chapter(row.name);
  Grid grid;
  grid.columns = {{"name", chapter.selector.empty() ? "section" : chapter.selector}, {"summary", "what it is"}};
  for (std::size_t i = 0; i < chapter.entries.size(); ++i) {
    grid.rows.push_back({cell(chapter.names[i]), cell(std::string(chapter.entries[i]->summary))});
  }
  return grid;
}

}  // namespace

std::vector<std::string> family_names() {
  std::vector<std::string> names;
  for (Row& row : rows()) names.push_back(std::move(row.name));
  return names;
}

std::vector<std::string> entry_names(std::string_view family) { return find(family).entries; }

std::string list_families(ListFormat format) {
  Grid grid;
  grid.columns = {{"name", "family"}, {"entries", "entries", true}, {"summary", "what it is"}};
  for (const Row& row : rows()) {
    const std::size_t count = row.entries.size();
    grid.rows.push_back({cell(row.name), {std::to_string(count), count}, cell(row.summary)});
  }
  if (format == ListFormat::csv) return grid::csv(grid);
  if (format == ListFormat::markdown) return grid::markdown(grid);
  if (format == ListFormat::json) {
    Json json = grid::header();
    json["families"] = grid::json(grid);
    return grid::dump(json);
  }
  return grid::table(grid) +
         "\nfleetrace list FAMILY         its entries\n"
         "fleetrace list FAMILY NAME    everything about one of them\n"
         "fleetrace list format         every key of a scenario file\n";
}

std::string list_family(std::string_view family, ListFormat format) {
  if (family == kWholeFormat) return list_format(format);
  const Row row = find(family);
  const Grid grid = family_grid(row);
  if (format == ListFormat::csv) return grid::csv(grid);
  if (format == ListFormat::markdown) return grid::markdown(grid);
  if (format == ListFormat::table) return row.summary + "\n\n" + grid::table(grid);
  Json json = grid::header();
  json["family"] = row.name;
  json["summary"] = row.summary;
  json["entries"] = grid::json(grid);
  return grid::dump(json);
}

std::string list_entry(std::string_view family, std::string_view name, ListFormat format) {
  const Row row = find(family);
  const auto place = std::find(row.entries.begin(), row.entries.end(), name);
  if (place == row.entries.end()) refuse(row.name + " entry", name, row.entries);
  if (row.name == listing::kScenarios) return listing::show_scenario(*place, format);
  if (row.name == listing::kAccelerators) return listing::show_accelerator(*place, format);
  const Chapter chapter = find_chapter(row.name);
  const auto index = static_cast<std::size_t>(place - row.entries.begin());
  if (format == ListFormat::table) return listing::page(chapter, index);
  if (format == ListFormat::markdown) return listing::markdown_page(chapter, index, 2);
  if (format == ListFormat::csv) return grid::csv(listing::key_grid(listing::keys(chapter, index)));
  Json json = grid::header();
  json["family"] = row.name;
  json.update(listing::json_page(chapter, index));
  return grid::dump(json);
}

std::string list_format(ListFormat format) { return listing::reference(listing::chapters(), format); }

}  // namespace fleetrace::output
