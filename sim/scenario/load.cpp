#include "fleetrace/scenario/load.hpp"

#include <sha256.h>

#include <filesystem>

#include "fleetrace/fleet/case.hpp"
#include "fleetrace/fleet/inputs.hpp"
#include "fleetrace/scenario/embedded.hpp"
#include "fleetrace/scenario/node.hpp"
#include "overrides.hpp"
#include "reader.hpp"

namespace fleetrace::scenario {
namespace {

constexpr std::string_view kFolder = "scenarios/";
constexpr std::string_view kEnding = ".yaml";

/// "hare-and-turtle" for "scenarios/hare-and-turtle.yaml"; empty for catalog files.
std::string_view scenario_name(const EmbeddedFile& file) {
  const std::string_view name = file.path.substr(kFolder.size());
  if (name.find('/') != std::string_view::npos) return {};
  return name.substr(0, name.size() - kEnding.size());
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

std::string sha256(std::string_view bytes, const std::vector<Override>& overrides) {
  SHA2_CTX context;
  SHA256Init(&context);
  const auto add = [&context](std::string_view text) {
    SHA256Update(&context, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  };
  add(bytes);
  for (const Override& change : overrides) {
    add("\n--set ");
    add(change.path);
    add("=");
    add(change.text);
  }
  char hex[SHA256_DIGEST_STRING_LENGTH];
  return SHA256End(&context, hex);
}

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

namespace {

/// What stands in one case, or what is wrong with it.
std::vector<Override> changes_of(const core::Spec& one, core::Diagnostics& diagnostics) {
  std::vector<Override> changes;
  for (const std::string& text : one.texts("set")) {
    const core::Location& where = one.value("set").where;
    if (std::optional<Override> change = parse_override(text)) {
      change->option = "case " + one.name;
      change->where = where;
      changes.push_back(*std::move(change));
    } else {
      diagnostics.add({where, "cases." + one.name + ".set", '"' + text + "\" is no change",
                       "an equals sign separates the path from the value",
                       "Write path=value, such as \"sites.main.power=75 MW\"."});
    }
  }
  return changes;
}

fleet::Scenario load_whole(std::string_view bytes, const std::string& file, const std::vector<Override>& overrides,
                           bool with_cases);

/// Tries every case; findings name it.
void check_cases(const fleet::Scenario& scenario, std::string_view bytes, const std::string& file,
                 const std::vector<Override>& overrides, core::Diagnostics& diagnostics) {
  for (const core::Spec& one : scenario.root.sections("cases")) {
    std::vector<Override> all = overrides;
    const std::vector<Override> own = changes_of(one, diagnostics);
    all.insert(all.end(), own.begin(), own.end());
    try {
      (void)load_whole(bytes, file, all, false);
    } catch (const core::InputError& error) {
      for (core::Diagnostic found : error.diagnostics()) {
        if (found.where.line == 0) found.where = one.value("set").where;
        found.path = "cases." + one.name + (found.path.empty() ? "" : ": " + found.path);
        diagnostics.add(std::move(found));
      }
    }
  }
}

fleet::Scenario load_whole(std::string_view bytes, const std::string& file, const std::vector<Override>& overrides,
                           bool with_cases) {
  core::Diagnostics diagnostics;
  Node root = parse_yaml(bytes, file, diagnostics);
  if (root.kind == Node::Kind::null) {
    diagnostics.quote_lines(file, bytes);
    diagnostics.throw_if_any();
  }
  for (const Override& change : overrides) apply(root, change, diagnostics);
  fleet::Scenario scenario;
  scenario.root = read_scenario(root, diagnostics);
  scenario.sha256 = sha256(bytes, overrides);
  scenario.catalog = embedded_catalog();
  // Combinations make sense only of values that are valid each by itself.
  if (diagnostics.empty()) (void)fleet::resolve(scenario, diagnostics);
  try {
    if (diagnostics.empty()) const fleet::Inputs inputs(scenario);
  } catch (const core::InputError& error) {
    for (const core::Diagnostic& found : error.diagnostics()) diagnostics.add(found);
  }
  if (diagnostics.empty() && with_cases) check_cases(scenario, bytes, file, overrides, diagnostics);
  diagnostics.quote_lines(file, bytes);
  diagnostics.throw_if_any();
  return scenario;
}

}  // namespace

fleet::Scenario load_bytes(std::string_view bytes, const std::string& file, const std::vector<Override>& overrides) {
  return load_whole(bytes, file, overrides, true);
}

std::optional<Override> parse_override(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) return std::nullopt;
  return Override{std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}

std::vector<NamedCase> named_cases(const fleet::Scenario& scenario) {
  std::vector<NamedCase> result;
  core::Diagnostics none;
  for (const core::Spec& one : scenario.root.sections("cases"))
    result.push_back({one.name, one.has("summary") ? one.text("summary") : "", changes_of(one, none)});
  return result;
}

Source read_source(const std::string& file_or_name) {
  std::error_code ignored;
  const bool is_file = file_or_name == "-" || std::filesystem::exists(file_or_name, ignored);
  if (!is_file) {
    if (const std::string_view text = scenario_text(file_or_name); !text.empty())
      return {std::string(text), std::string(kFolder) + file_or_name + std::string(kEnding)};
    if (file_or_name.find_first_of("./") == std::string::npos) refuse_unknown(file_or_name);
  }
  return {read_input(file_or_name), file_or_name};
}

fleet::Scenario load(const std::string& file_or_name, const std::vector<Override>& overrides) {
  const Source source = read_source(file_or_name);
  return load_bytes(source.bytes, source.file, overrides);
}

}  // namespace fleetrace::scenario
