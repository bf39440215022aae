#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "sim/output/reference/listing.hpp"
#include "sim/scenario/scenario.hpp"

/// What `fleetrace list` shows: scenarios, accelerators, the sections of a scenario file and the models that one can name
/// in it. All of it comes from what the program itself reads and checks by: the embedded files and the entries reachable
/// from scenario::scenario_entry(). A new model, section or family shows up here without a line.
namespace fleetrace::output {

/// Thrown for a family or an entry that does not exist. what() says so and suggests the nearest, or lists those there are.
class UnknownEntry : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// The families in the order in which they are shown: scenarios, accelerators, scenario (the sections of a scenario
/// file), then the model families in the order in which a scenario meets them.
[[nodiscard]] std::vector<std::string> family_names();

/// The sections of a scenario file in their order, then "distribution". Each is a page of docs/reference.
[[nodiscard]] std::vector<std::string> section_names();

/// Every word that list_family takes: the families, the sections that are no family, and "format".
[[nodiscard]] std::vector<std::string> list_words();

/// Every name that list_entry takes behind a word of list_words, in order: the entries of a family, the models that can be
/// named in a section, the sections behind "format". Throws UnknownEntry.
[[nodiscard]] std::vector<std::string> entry_names(std::string_view word);

/// All families: name, summary, number of entries. A table is at most 100 columns wide here and below.
[[nodiscard]] Listing list_families();

/// The entries of one family: name and summary; of accelerators the main numbers. Of a section that is no family the
/// whole reference, as list_section; for "format" see list_format. Throws UnknownEntry.
[[nodiscard]] Listing list_family(std::string_view word);

/// Everything about one entry: its keys with type, units, range, default and source, its scope and limitations; of an
/// accelerator every number with range, source and whether it was read there; of a scenario its text. Behind a section that is
/// no family: the models of that name which can be named in it. Behind "format": see list_section. Throws UnknownEntry.
[[nodiscard]] Listing list_entry(std::string_view word, std::string_view name);

/// Every key of one section and of the models that can be named in it; as markdown what docs/reference/SECTION.md has.
/// Throws UnknownEntry.
[[nodiscard]] Listing list_section(std::string_view section);

/// Every key of every section and model that a scenario file takes.
[[nodiscard]] Listing list_format();

/// What docs/reference/README.md has: the sections with links to their pages, and the keys at the top of a scenario file.
[[nodiscard]] std::string reference_index();

/// What `--set` and `--vary` can change in a scenario: scenario::paths().
[[nodiscard]] Listing list_paths(const scenario::Scenario& scenario);

}  // namespace fleetrace::output
