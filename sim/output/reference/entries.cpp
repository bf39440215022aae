#include "sim/output/reference/entries.hpp"

#include <algorithm>
#include <memory>
#include <optional>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/reference/entries_data.hpp"
#include "sim/output/reference/entries_page.hpp"
#include "sim/output/table/workbook.hpp"
#include "sim/output/table/writers.hpp"
#include "sim/reader/load.hpp"
#include "sim/scenario/reference/entries_words.hpp"
#include "sim/scenario/scenario.hpp"

namespace fleetrace::output {
namespace {

using scenario::Chapter;
using scenario::Section;

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
                        strings(reader::scenario_names())},
                       {std::string(listing::kAccelerators), "Accelerators that a scenario can buy, with sourced data.",
                        strings(reader::embedded_catalog()->names())}};
  for (Chapter& chapter : scenario::chapters()) {
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
  for (Section& section : scenario::sections()) {
    if (std::find(names.begin(), names.end(), section.name) == names.end()) names.push_back(std::move(section.name));
  }
  names.emplace_back(kWholeFormat);
  refuse("family", family, names);
}

/// The section of that name, where the name is that of no family, too.
std::optional<Section> plain_section(std::string_view name) {
  for (const Row& row : rows()) {
    if (row.name == name) return std::nullopt;
  }
  for (Section& section : scenario::sections()) {
    if (section.name == name) return std::move(section);
  }
  return std::nullopt;
}

/// The models that can be named in a section.
std::vector<std::string> model_names(const Section& section) {
  std::vector<std::string> names;
  for (const Chapter& chapter : section.chapters) {
    if (chapter.selector.empty()) continue;
    for (const std::string& name : chapter.names) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  return names;
}

/// The entries of that name alone, wherever in the section they can be named.
std::vector<Chapter> only(const Section& section, std::string_view name) {
  std::vector<Chapter> found;
  for (const Chapter& chapter : section.chapters) {
    for (std::size_t i = 0; i < chapter.names.size(); ++i) {
      if (chapter.selector.empty() || chapter.names[i] != name) continue;
      Chapter one = chapter;
      one.entries = {chapter.entries[i]};
      one.names = {chapter.names[i]};
      found.push_back(std::move(one));
    }
  }
  return found;
}

Chapter find_chapter(std::string_view family) {
  std::vector<Chapter> all = scenario::chapters();
  return *std::find_if(all.begin(), all.end(), [family](const Chapter& chapter) { return chapter.name == family; });
}

Table family_table(const Row& row) {
  if (row.name == listing::kScenarios) return listing::scenarios_table();
  if (row.name == listing::kAccelerators) return listing::accelerators_table();
  const Chapter chapter = find_chapter(row.name);
  Table table({text_column(chapter.selector.empty() ? "section" : chapter.selector, "name"),
               {.heading = "what it is", .align = Align::left, .name = "summary", .wraps = true}});
  for (std::size_t i = 0; i < chapter.entries.size(); ++i)
    table.add_row({chapter.names[i], chapter.entries[i]->summary});
  return table;
}

}  // namespace

std::vector<std::string> family_names() {
  std::vector<std::string> names;
  for (Row& row : rows()) names.push_back(std::move(row.name));
  return names;
}

std::vector<std::string> section_names() {
  std::vector<std::string> names;
  for (Section& section : scenario::sections()) names.push_back(std::move(section.name));
  return names;
}

std::vector<std::string> list_words() {
  std::vector<std::string> words = family_names();
  for (std::string& section : section_names()) {
    if (std::find(words.begin(), words.end(), section) == words.end()) words.push_back(std::move(section));
  }
  words.emplace_back(kWholeFormat);
  return words;
}

std::vector<std::string> entry_names(std::string_view word) {
  if (word == kWholeFormat) return section_names();
  if (const auto section = plain_section(word)) return model_names(*section);
  return find(word).entries;
}

Listing list_families() {
  Table table({text_column("family", "name"),
               {.heading = "entries", .name = "entries"},
               {.heading = "what it is", .align = Align::left, .name = "summary", .wraps = true}});
  for (const Row& row : rows())
    table.add_row({row.name, Cell::integer(static_cast<std::int64_t>(row.entries.size())), row.summary});
  return table_listing(
      std::move(table), "families", [](core::JsonWriter&) {}, "",
      "\nfleetrace list FAMILY         its entries\n"
      "fleetrace list FAMILY NAME    everything about one of them\n"
      "fleetrace list SECTION        every key of a section: horizon, supply, operations, sites, ...\n"
      "fleetrace list format         every key of a scenario file\n");
}

Listing list_family(std::string_view word) {
  if (word == kWholeFormat) return list_format();
  if (const auto section = plain_section(word)) return listing::reference(section->chapters);
  const Row row = find(word);
  const auto head = [name = row.name, summary = row.summary](core::JsonWriter& json) {
    json.text("family", name);
    json.text("summary", summary);
  };
  return table_listing(family_table(row), "entries", head, row.summary + "\n\n");
}

Listing list_entry(std::string_view word, std::string_view name) {
  if (word == kWholeFormat) return list_section(name);
  if (const auto section = plain_section(word)) {
    const std::vector<Chapter> chapters = only(*section, name);
    const std::vector<std::string> known = model_names(*section);
    if (known.empty())
      throw UnknownEntry("the section " + section->name + " has no models: \"" + core::printable(name) +
                         "\" is one too many.");
    if (chapters.empty()) refuse(section->name + " entry", name, known);
    return listing::reference(chapters);
  }
  const Row row = find(word);
  const auto place = std::find(row.entries.begin(), row.entries.end(), name);
  if (place == row.entries.end()) refuse(row.name + " entry", name, row.entries);
  if (row.name == listing::kScenarios) return listing::show_scenario(*place);
  if (row.name == listing::kAccelerators) return listing::show_accelerator(*place);
  const auto chapter = std::make_shared<const Chapter>(find_chapter(row.name));
  const auto index = static_cast<std::size_t>(place - row.entries.begin());
  const auto write_members = [chapter, index](core::JsonWriter& json) {
    json.text("family", chapter->name);
    listing::write_members(json, *chapter, index);
  };
  return {
      .text = [chapter, index](const TableStyle&) { return listing::page(*chapter, index); },
      .csv = [chapter, index] { return write_csv(listing::keys_table(scenario::keys(*chapter, index))); },
      .json = [write_members] { return json_document(write_members); },
      .markdown = [chapter, index] { return listing::markdown_page(*chapter, index, 2); },
      .xlsx = [chapter, index] { return write_xlsx(listing::keys_table(scenario::keys(*chapter, index))); },
  };
}

Listing list_section(std::string_view section) {
  for (const Section& each : scenario::sections()) {
    if (each.name == section) return listing::reference(each.chapters);
  }
  refuse("section", section, section_names());
}

Listing list_format() { return listing::reference(scenario::chapters()); }

std::string reference_index() {
  const std::string top(scenario::scenario_entry().name);
  return listing::section_table(scenario::sections()) + '\n' + list_entry(top, top).markdown();
}

}  // namespace fleetrace::output
