#pragma once

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
};

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

/// Loads a scenario from bytes; `file` names them in messages, and is where relative CSV files are looked for.
[[nodiscard]] fleet::Scenario load_bytes(std::string_view bytes, const std::string& file,
                                         const std::vector<Override>& overrides = {});

/// Names of the embedded scenarios, sorted.
[[nodiscard]] std::vector<std::string_view> scenario_names();
/// The YAML text of an embedded scenario; empty where there is none of that name.
[[nodiscard]] std::string_view scenario_text(std::string_view name);

/// The embedded catalog of accelerators. Each file is read when it is first asked for.
[[nodiscard]] std::shared_ptr<const models::AcceleratorCatalog> embedded_catalog();

}  // namespace fleetrace::scenario
