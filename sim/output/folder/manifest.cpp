#include "sim/output/folder/manifest.hpp"

#include <nlohmann/json.hpp>

#include "fleetrace/core/version.hpp"
#include "sim/api/resolved.hpp"
#include "sim/core/text/utf8.hpp"
#include "sim/output/folder/folder.hpp"
#include "sim/output/json/document.hpp"
#include "sim/output/json/warnings_json.hpp"
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

std::string to_json(const Manifest& manifest) {
  core::JsonWriter json(core::JsonWriter::Layout::indented);
  json.begin_object();
  write_version(json);
  json.text("git_hash", core::git_hash());
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
  write_warnings(json, manifest.warnings);
  json.text("status", to_string(manifest.status));
  json.key("message");
  manifest.message.empty() ? json.null() : json.text(manifest.message);
  json.text("resolved_scenario", manifest.resolved_scenario);
  json.end_object();
  return std::move(json).finish();
}

FoundRun compare(const std::string& manifest_json, const Manifest& wanted) {
  const nlohmann::json found = nlohmann::json::parse(manifest_json, nullptr, false);
  const auto is = [&](const char* key, const auto& value) { return found.contains(key) && found[key] == value; };
  if (!found.is_object() || !found.contains("fleetrace") || !found.contains("scenario") ||
      !found["scenario"].is_object()) {
    return FoundRun::unreadable;
  }
  // The scenario's hash does not cover files that it names, its resolved form does.
  const bool same = is("fleetrace", core::version()) && is("question", core::valid_utf8(wanted.question)) &&
                    is("seed", wanted.draw.seed) && is("replication", wanted.draw.replication) &&
                    is("inputs", inputs_of(wanted.draw)) && is("target", wanted.target) &&
                    found["scenario"].value("sha256", "") == wanted.scenario_sha256 &&
                    is("resolved_scenario", core::valid_utf8(wanted.resolved_scenario));
  if (!same) return FoundRun::other;
  return is("status", "finished") && is("settings", core::valid_utf8(wanted.settings)) ? FoundRun::same_finished
                                                                                       : FoundRun::same_unfinished;
}

}  // namespace fleetrace::output
