#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/scenario.hpp"

/// From the text of a scenario to the scenario.
namespace fleetrace::reader {

/// A change of one value of a scenario file. The path is as in scenario::find(), the text is YAML.
struct Override {
  std::string path;
  std::string text;
  std::string option = "--set";  ///< the option that asked for it, for messages
  core::Location where = {};     ///< place of the change, if it stands in a file
};

/// Reads a change that is written as path=value; nullopt if the equals sign or the path is missing.
[[nodiscard]] std::optional<Override> parse_override(std::string_view text);

/// Loads a scenario: a file, `-` for standard input, or the name of an embedded scenario. Parses, validates and checks that
/// every strategy can be resolved, in its named cases, too. Throws core::InputError with everything that is wrong. To load
/// several changed ones, keep the Document (sim/reader/document.hpp).
[[nodiscard]] scenario::Scenario load(const std::string& file_or_name, const std::vector<Override>& overrides = {});

/// The text that a scenario is read from.
struct Source {
  std::string bytes;
  std::string file;         ///< name of the file in messages; relative CSV files are looked for beside it
  bool reads_files = true;  ///< whether the CSV files that it names are read; else each is an error
};
/// The bytes of a file, of standard input for `-`, or of an embedded scenario. Standard input reads no files. Throws core::InputError.
[[nodiscard]] Source read_source(const std::string& file_or_name);

/// SHA-256 of bytes with the overrides that are laid over them, hexadecimal: Scenario::sha256.
[[nodiscard]] std::string sha256(std::string_view bytes, const std::vector<Override>& overrides = {});

/// Loads a scenario from bytes, as load() does; `file` names them in messages, and is where relative CSV files are looked for.
[[nodiscard]] scenario::Scenario load_bytes(std::string_view bytes, const std::string& file,
                                            const std::vector<Override>& overrides = {});

/// A changed future that a scenario defines under `cases`.
struct NamedCase {
  std::string name;
  std::string summary;  ///< one line about the case; may be empty
  std::vector<Override> changes;
};

/// Names of the embedded scenarios, sorted.
[[nodiscard]] std::vector<std::string_view> scenario_names();
/// The YAML text of an embedded scenario; empty where there is none of that name.
[[nodiscard]] std::string_view scenario_text(std::string_view name);
/// What an embedded scenario says of itself. It is read without being resolved, so that a list does not depend on every
/// scenario's models.
[[nodiscard]] std::string scenario_description(std::string_view name);

/// The embedded catalog of accelerators. Each file is read when it is first asked for.
[[nodiscard]] std::shared_ptr<const models::AcceleratorCatalog> embedded_catalog();

}  // namespace fleetrace::reader
