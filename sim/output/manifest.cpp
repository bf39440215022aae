#include "manifest.hpp"

#include <nlohmann/json.hpp>

#include "fleetrace/core/version.hpp"
#include "fleetrace/output/folder.hpp"
#include "fleetrace/output/json_writer.hpp"
#include "fleetrace/output/resolved.hpp"
#include "fleetrace/output/text.hpp"

namespace fleetrace::output {
namespace {

constexpr int kFormat = 1;

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

Manifest manifest_of(const fleet::Scenario& scenario, fleet::Draw draw, std::vector<std::string> arguments) {
  Manifest manifest;
  manifest.scenario_name = scenario.name();
  manifest.scenario_sha256 = scenario.sha256;
  manifest.resolved_scenario = to_yaml(scenario);
  manifest.draw = draw;
  if (!arguments.empty()) manifest.question = arguments.front();
  manifest.arguments = std::move(arguments);
  return manifest;
}

std::string to_json(const Manifest& manifest) {
  JsonWriter json(JsonWriter::Layout::indented);
  const auto text = [&json](std::string_view key, std::string_view value) { json.key(key), json.text(value); };
  json.begin_object();
  text("fleetrace", core::version());
  json.key("format");
  json.integer(kFormat);
  text("git_hash", core::git_hash());
  text("question", manifest.question);
  json.key("scenario");
  json.begin_flat_object();
  text("name", manifest.scenario_name);
  text("sha256", manifest.scenario_sha256);
  json.end_object();
  json.key("seed");
  json.integer(manifest.draw.seed);
  json.key("replication");
  json.integer(manifest.draw.replication);
  text("inputs", inputs_of(manifest.draw));
  text("target", manifest.target);
  text("settings", manifest.settings);
  json.key("arguments");
  json.begin_flat_array();
  for (const std::string& argument : manifest.arguments) json.text(argument);
  json.end_array();
  text("status", to_string(manifest.status));
  json.key("message");
  manifest.message.empty() ? json.null() : json.text(manifest.message);
  text("resolved_scenario", manifest.resolved_scenario);
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
  const bool same = is("fleetrace", core::version()) && is("question", valid_utf8(wanted.question)) &&
                    is("seed", wanted.draw.seed) && is("replication", wanted.draw.replication) &&
                    is("inputs", inputs_of(wanted.draw)) && is("target", wanted.target) &&
                    found["scenario"].value("sha256", "") == wanted.scenario_sha256 &&
                    is("resolved_scenario", valid_utf8(wanted.resolved_scenario));
  if (!same) return FoundRun::other;
  return is("status", "finished") && is("settings", valid_utf8(wanted.settings)) ? FoundRun::same_finished
                                                                                 : FoundRun::same_unfinished;
}

}  // namespace fleetrace::output
