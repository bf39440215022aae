#include "sim/output/folder/manifest.hpp"

#include <nlohmann/json.hpp>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/version.hpp"
#include "sim/api/resolved.hpp"
#include "sim/core/random/scheme.hpp"
#include "sim/core/text/utf8.hpp"
#include "sim/output/folder/folder.hpp"
#include "sim/output/json/document.hpp"
#include "sim/output/json/warnings_json.hpp"
#include "sim/output/parts/request_json.hpp"
#include "sim/reader/load.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::output {
namespace {

std::string_view to_string(Status status) {
  switch (status) {
    case Status::running: return "running";
    case Status::interrupted: return "interrupted";
    case Status::finished: return "finished";
    case Status::failed: return "failed";
  }
  return "";
}

std::string_view inputs_of(const fleet::Draw& draw) {
  return draw.inputs == fleet::InputDraw::drawn ? "drawn" : "medians";
}

using nlohmann::json;

constexpr const char* kLayoutKey = "folder_format";
constexpr const char* kFilesKey = "files";
constexpr const char* kKeptKey = "kept_replications";
/// With what an indented document ends.
constexpr std::string_view kEnd = "\n}\n";

/// The last member of a manifest, behind which it ends: the digest of the document without it.
std::string own_digest(std::string_view text) {
  return ",\n  \"manifest_sha256\": \"" + reader::sha256(text) + '"' + std::string(kEnd);
}

/// A text of the manifest as it can be shown.
std::string text_of(const json& manifest, const char* key) {
  const json value = manifest.value(key, json());
  return value.is_string() ? core::printable(value.get<std::string>()) : "unknown";
}

}  // namespace

Manifest manifest_of(const scenario::Scenario& scenario, fleet::Draw draw, std::vector<std::string> arguments) {
  Manifest manifest;
  manifest.scenario_name = scenario.name();
  manifest.scenario_sha256 = scenario.sha256;
  manifest.money = scenario::money_note(scenario.root());
  manifest.resolved_scenario = to_yaml(scenario);
  manifest.draw = draw;
  manifest.warnings = scenario.warnings;
  if (!arguments.empty()) manifest.question = arguments.front();
  manifest.arguments = std::move(arguments);
  return manifest;
}

std::string identity_of(const Manifest& manifest) {
  // Each part with its length before it, so that no two lists of parts are one text.
  std::string text = "fleetrace study";
  const auto add = [&text](std::string_view part) {
    text += '\n' + std::to_string(part.size()) + ' ' + std::string(part);
  };
  add(core::version());
  add(core::git_hash());
  add(std::to_string(core::kRandomScheme));
  add(core::valid_utf8(manifest.question));
  add(manifest.scenario_sha256);
  // The scenario's hash does not cover files that it names, its resolved form does.
  add(core::valid_utf8(manifest.resolved_scenario));
  add(std::to_string(manifest.draw.seed));
  add(std::to_string(manifest.draw.replication));
  add(inputs_of(manifest.draw));
  add(manifest.target);
  return reader::sha256(text);
}

std::string to_json(const Manifest& manifest, const Digests& digests) {
  core::JsonWriter json(core::JsonWriter::Layout::indented);
  json.begin_object();
  write_version(json);
  json.integer(kLayoutKey, kFolderFormat);
  json.text("git_hash", core::git_hash());
  json.integer("random_scheme", core::kRandomScheme);
  json.text("study", identity_of(manifest));
  json.text("question", manifest.question);
  json.begin_flat_object("scenario");
  json.text("name", manifest.scenario_name);
  json.text("sha256", manifest.scenario_sha256);
  json.end_object();
  json.integer("seed", manifest.draw.seed);
  if (!manifest.money.empty()) json.text("money", manifest.money);
  json.integer("replication", manifest.draw.replication);
  json.text("inputs", inputs_of(manifest.draw));
  json.text("target", manifest.target);
  json.text("settings", manifest.settings);
  write_texts(json, "arguments", manifest.arguments);
  if (manifest.request) {
    json.key(kRequestKey);
    write_request(json, *manifest.request);
  }
  write_warnings(json, manifest.warnings);
  json.text("status", to_string(manifest.status));
  json.key("message");
  manifest.message.empty() ? json.null() : json.text(manifest.message);
  if (manifest.kept) json.integer(kKeptKey, static_cast<std::int64_t>(*manifest.kept));
  json.begin_object(kFilesKey);
  for (const auto& [name, digest] : digests) json.text(name, digest);
  json.end_object();
  json.text("resolved_scenario", manifest.resolved_scenario);
  json.end_object();
  const std::string text = std::move(json).finish();
  return text.substr(0, text.size() - kEnd.size()) + own_digest(text);
}

bool is_whole(const std::string& manifest_json) {
  const std::size_t size = own_digest("").size();
  if (manifest_json.size() < size) return false;
  const std::string text = manifest_json.substr(0, manifest_json.size() - size) + std::string(kEnd);
  return manifest_json.compare(manifest_json.size() - size, size, own_digest(text)) == 0;
}

Digests digests_in(const std::string& manifest_json) {
  Digests digests;
  const json found = json::parse(manifest_json, nullptr, false);
  if (!found.is_object() || !found.contains(kFilesKey) || !found[kFilesKey].is_object()) return digests;
  for (const auto& [name, digest] : found[kFilesKey].items()) {
    if (digest.is_string()) digests[name] = digest.get<std::string>();
  }
  return digests;
}

std::optional<std::size_t> kept_of(const std::string& manifest_json) {
  const json found = json::parse(manifest_json, nullptr, false);
  if (!found.is_object() || !found.contains(kKeptKey) || !found[kKeptKey].is_number_unsigned()) return std::nullopt;
  return found[kKeptKey].get<std::size_t>();
}

Found compare(const std::string& manifest_json, const Manifest& wanted) {
  const json found = json::parse(manifest_json, nullptr, false);
  if (!found.is_object() || !found.contains("fleetrace") || !found.contains("scenario") ||
      !found["scenario"].is_object()) {
    return {FoundRun::unreadable, ""};
  }
  const std::string version = text_of(found, "fleetrace");
  const json layout = found.value(kLayoutKey, json(1));
  if (layout != kFolderFormat) {
    const bool is_later = layout.is_number_integer() && layout > kFolderFormat;
    return {FoundRun::other_layout, std::string(is_later ? "a later" : "an earlier") + " fleetrace (" + version +
                                        "), whose folders this one, " + std::string(core::version()) +
                                        ", does not go on with"};
  }
  std::vector<std::string> differences;
  const auto require = [&](bool same, std::string what) {
    if (!same) differences.push_back(std::move(what));
  };
  const auto is = [&](const char* key, const auto& value) { return found.contains(key) && found[key] == value; };
  require(
      is("fleetrace", core::version()) && is("git_hash", core::git_hash()) && is("random_scheme", core::kRandomScheme),
      "of another build: fleetrace " + version + " of " + text_of(found, "git_hash") + ", and this is " +
          std::string(core::version()) + " of " + std::string(core::git_hash()));
  require(is("question", core::valid_utf8(wanted.question)), "another question");
  const json sha256 = found["scenario"].value("sha256", json());
  require(sha256 == wanted.scenario_sha256 && is("resolved_scenario", core::valid_utf8(wanted.resolved_scenario)),
          "another scenario, or --set");
  require(is("seed", wanted.draw.seed), "another seed");
  require(is("replication", wanted.draw.replication) && is("inputs", inputs_of(wanted.draw)), "another replication");
  require(is("target", wanted.target), "another target");
  const bool whole = is_whole(manifest_json);
  if (differences.empty()) {
    if (!is("study", identity_of(wanted))) return {FoundRun::damaged, ""};
    const bool finished = whole && is("status", "finished") && is("settings", core::valid_utf8(wanted.settings));
    return {finished ? FoundRun::same_finished : FoundRun::same_unfinished, ""};
  }
  if (!whole) return {FoundRun::damaged, ""};
  std::string all;
  for (const std::string& each : differences) all += (all.empty() ? "" : ", ") + each;
  return {FoundRun::other, all};
}

}  // namespace fleetrace::output
