#include <filesystem>

#include "sim/reader/catalog/embedded.hpp"
#include "sim/reader/load.hpp"
#include "sim/reader/yaml/node.hpp"

namespace fleetrace::reader {
namespace {

constexpr std::string_view kFolder = "scenarios/";
constexpr std::string_view kEnding = ".yaml";

/// "hare-and-turtle" for "scenarios/hare-and-turtle.yaml"; empty for catalog files.
std::string_view scenario_name(const EmbeddedFile& file) {
  const std::string_view name = file.path.substr(kFolder.size());
  if (name.find('/') != std::string_view::npos) return {};
  return name.substr(0, name.size() - kEnding.size());
}

/// The embedded scenario that is meant by a file that is not there: "gpt3" by "gpt3.yaml" or "scenarios/gpt3.yaml". Empty where
/// none is.
std::string_view embedded_name(std::string_view file) {
  if (file.substr(0, kFolder.size()) == kFolder) file.remove_prefix(kFolder.size());
  if (file.size() <= kEnding.size() || file.substr(file.size() - kEnding.size()) != kEnding) return {};
  file.remove_suffix(kEnding.size());
  return scenario_text(file).empty() ? std::string_view{} : file;
}

[[noreturn]] void refuse_unknown(const std::string& name) {
  const std::string suggestion = core::suggest(name, scenario_names());
  throw core::InputError({{{name, 0, 0},
                           "",
                           "there is no such file or embedded scenario",
                           "neither is found under that name",
                           suggestion}});
}

}  // namespace

std::vector<std::string_view> scenario_names() {
  std::vector<std::string_view> names;
  for (const EmbeddedFile& file : embedded_files()) {
    if (const std::string_view name = scenario_name(file); !name.empty()) names.push_back(name);
  }
  return names;
}

std::string_view scenario_text(std::string_view name) {
  for (const EmbeddedFile& file : embedded_files()) {
    if (!name.empty() && scenario_name(file) == name) return file.bytes;
  }
  return {};
}

std::string scenario_description(std::string_view name) {
  core::Diagnostics diagnostics;
  const Node root = parse_yaml(scenario_text(name), std::string(name), diagnostics);
  diagnostics.throw_if_any();
  const Node* node = root.find("description");
  return node == nullptr ? std::string() : node->scalar;
}

Source read_source(const std::string& file_or_name) {
  std::error_code ignored;
  const bool is_file = file_or_name == "-" || std::filesystem::exists(file_or_name, ignored);
  if (!is_file) {
    if (const std::string_view text = scenario_text(file_or_name); !text.empty())
      return {std::string(text), std::string(kFolder) + file_or_name + std::string(kEnding)};
    if (file_or_name.find_first_of("./") == std::string::npos) refuse_unknown(file_or_name);
    if (const std::string_view meant = embedded_name(file_or_name); !meant.empty()) {
      const std::string suggestion = "The scenario inside the program is named " + std::string(meant) +
                                     ", without .yaml.";
      throw core::InputError({{{file_or_name, 0, 0}, "", "no such file", "", suggestion}});
    }
  }
  return {read_input(file_or_name), file_or_name, file_or_name != "-"};
}

}  // namespace fleetrace::reader
