#include "sim/output/json/document.hpp"
#include "sim/output/json/warnings_json.hpp"
#include "sim/output/run/json_parts.hpp"
#include "sim/output/run/writers.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::output {
namespace {

void write_identity(core::JsonWriter& json, const Run& run) {
  output::write_identity(json, run.scenario.name(), run.scenario.sha256, run.draw.seed,
                         scenario::money_note(run.scenario.root()));
  json.integer("replication", run.draw.replication);
}

void write_inputs(core::JsonWriter& json, const Run& run) {
  json.flat_objects("inputs", input_values(run), [&](const InputValue& each) {
    json.text("path", each.input.path);
    json.text("distribution", each.input.source_text);
    json.text("taken", run.draw.inputs == fleet::InputDraw::drawn ? "drawn" : "median");
    json.key("value");
    json.number(each.input.number_text(each.value));
    json.text("unit", each.input.unit);
  });
}

void write_overtakes(core::JsonWriter& json, const Run& run) {
  json.key("overtakes");
  if (!is_cumulative(run)) return json.null();
  json.begin_array();
  for (const Overtake& each : overtakes(run)) {
    json.begin_flat_object();
    json.time("time", each.time);
    json.text("leader", run.outcomes[each.leader].strategy);
    json.text("behind", run.outcomes[each.behind].strategy);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::string to_json(const Run& run) {
  core::JsonWriter json(core::JsonWriter::Layout::indented);
  json.begin_object();
  write_identity(json, run);
  json.text("accounting", is_cumulative(run) ? "cumulative" : "best_run");
  json.begin_array("unverified_inputs");
  for (const std::string& input : unverified_inputs(run)) json.text(input);
  json.end_array();
  write_warnings(json, run.scenario.warnings);
  write_inputs(json, run);
  json.begin_array("strategies");
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    json.begin_object();
    write_strategy(json, run.outcomes[i], run.setups[i]);
    json.end_object();
  }
  json.end_array();
  write_overtakes(json, run);
  json.end_object();
  return std::move(json).finish();
}

std::string to_jsonl(const Run& run) {
  std::string lines;
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    core::JsonWriter json(core::JsonWriter::Layout::compact);
    json.begin_object();
    write_identity(json, run);
    write_strategy(json, run.outcomes[i], run.setups[i]);
    json.end_object();
    lines += std::move(json).finish();
  }
  return lines;
}

}  // namespace fleetrace::output
