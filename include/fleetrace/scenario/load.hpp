#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/fleet/scenario.hpp"

/// YAML to Scenario: a mere reader.
namespace fleetrace::scenario {

/// A value that replaces or adds one of the file's: `path` as in fleet::find, `text` in YAML.
struct Override {
  std::string path;
  std::string text;
  std::string option = "--set";  ///< where it comes from, for messages
  core::Location where = {};     ///< in a file, where it stands there
};

/// A change written as path=value; nullopt where the equals sign or the path is missing.
[[nodiscard]] std::optional<Override> parse_override(std::string_view text);

/// Loads a scenario: a file, `-` for standard input, or the name of an embedded scenario. Parses, validates and checks that
/// every strategy can be resolved. Throws core::InputError with everything that is wrong.
[[nodiscard]] fleet::Scenario load(const std::string& file_or_name, const std::vector<Override>& overrides = {});

/// What a scenario is read from.
struct Source {
  std::string bytes;
  std::string file;  ///< names it in messages
};
/// The bytes of a file, of standard input for `-`, or of an embedded scenario. Throws core::InputError.
[[nodiscard]] Source read_source(const std::string& file_or_name);

/// SHA-256 of bytes with the overrides that are laid over them, hexadecimal: Scenario::sha256.
[[nodiscard]] std::string sha256(std::string_view bytes, const std::vector<Override>& overrides = {});

/// Loads a scenario from bytes, and its named cases to see whether they load; `file` names them in messages, and is where relative CSV files are looked for.
[[nodiscard]] fleet::Scenario load_bytes(std::string_view bytes, const std::string& file,
                                         const std::vector<Override>& overrides = {});

/// A changed future that a scenario names.
struct NamedCase {
  std::string name;
  std::string summary;  ///< may be empty
  std::vector<Override> changes;
};
/// In their order. Each loads: load_bytes has tried them.
[[nodiscard]] std::vector<NamedCase> named_cases(const fleet::Scenario& scenario);

/// Names of the embedded scenarios, sorted.
[[nodiscard]] std::vector<std::string_view> scenario_names();
/// The YAML text of an embedded scenario; empty where there is none of that name.
[[nodiscard]] std::string_view scenario_text(std::string_view name);

/// The embedded catalog of accelerators. Each file is read when it is first asked for.
[[nodiscard]] std::shared_ptr<const models::AcceleratorCatalog> embedded_catalog();

}  // namespace fleetrace::scenario
