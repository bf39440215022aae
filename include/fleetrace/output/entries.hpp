#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// What `fleetrace list` shows: scenarios, accelerators, the sections of a scenario file and the models that one can name
/// in it. All of it comes from what the program itself reads and checks by: the embedded files and the entries reachable
/// from fleet::scenario_entry(). A new model, section or family shows up here without a line.
namespace fleetrace::output {

enum class ListFormat { table, json, markdown, csv };

/// Thrown for a family or an entry that does not exist. what() says so and suggests the nearest, or lists those there are.
class UnknownEntry : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// The families in the order in which they are shown: scenarios, accelerators, scenario (the sections of a scenario
/// file), then the model families in the order in which a scenario meets them.
[[nodiscard]] std::vector<std::string> family_names();

/// The entries of a family, in its order. Throws UnknownEntry.
[[nodiscard]] std::vector<std::string> entry_names(std::string_view family);

/// All families: name, summary, number of entries. A table is at most 100 columns wide here and below.
[[nodiscard]] std::string list_families(ListFormat format);

/// The entries of one family: name and summary; of accelerators the main numbers; for "format" see list_format. Throws
/// UnknownEntry.
[[nodiscard]] std::string list_family(std::string_view family, ListFormat format);

/// Everything about one entry: its keys with type, units, range, default and source, its scope and limitations; of an
/// accelerator every number with range, source and whether it was read there; of a scenario its text. Throws UnknownEntry.
[[nodiscard]] std::string list_entry(std::string_view family, std::string_view name, ListFormat format);

/// Every key of every section and model that a scenario file takes: as markdown the reference in scenarios/README.md.
[[nodiscard]] std::string list_format(ListFormat format);

}  // namespace fleetrace::output
