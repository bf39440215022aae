#include <algorithm>
#include <cmath>

#include "sim/output/json/document.hpp"
#include "sim/output/json/warnings_json.hpp"
#include "sim/output/studies/input_values.hpp"
#include "sim/output/studies/sensitivity.hpp"
#include "sim/output/studies/study_json.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::output {
namespace {

using study::InputEffect;
using study::Sensitivity;
using study::SobolIndex;

void write_index(core::JsonWriter& json, std::string_view key, const SobolIndex& index) {
  json.begin_flat_object(key);
  json.real("value", index.value);
  write_interval(json, {index.low, index.high});
  json.end_object();
}

SobolIndex read_index(const JsonValue& from) {
  const study::Interval interval = read_interval(from);
  return {read_number(from, "value"), interval.low, interval.high};
}

void write_value(core::JsonWriter& json, std::string_view key, const scenario::UncertainInput& input, double quantile) {
  json.real(key, input.in_unit(written_quantile(input, quantile)));
}

/// The result with one input at a quantile and all others at their medians. The input's value follows from the quantile, so
/// that nobody reads it back.
void write_end(core::JsonWriter& json, std::string_view key, const scenario::UncertainInput& input, double quantile,
               double result) {
  json.begin_flat_object(key);
  json.real("quantile", quantile);
  write_value(json, "value", input, quantile);
  json.real("result", result);
  json.end_object();
}

void write_input(core::JsonWriter& json, const SensitivityReport& report, const InputEffect& effect) {
  const scenario::UncertainInput& input = input_named(report.design, effect.input);
  json.begin_object();
  json.text("name", report.design.inputs.names()[effect.input]);
  json.text("distribution", input.source_text);
  write_index(json, "total", effect.total);
  write_index(json, "first", effect.first);
  json.text("unit", input.unit);
  write_value(json, "median", input, 0.5);
  write_end(json, "low", input, 0.05, effect.at_low);
  write_end(json, "high", input, 0.95, effect.at_high);
  json.begin_array("break_evens");
  for (const double quantile : effect.break_evens) {
    json.begin_flat_object();
    json.real("quantile", quantile);
    write_value(json, "value", input, quantile);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

InputEffect read_input(const JsonValue& from, const study::StudyDesign& design) {
  const std::vector<std::string>& names = design.inputs.names();
  const auto input = std::find(names.begin(), names.end(), read_text(from, "name"));
  if (input == names.end()) throw BadResults("names an input that is not uncertain in manifest.json");
  InputEffect effect;
  effect.input = static_cast<std::size_t>(input - names.begin());
  effect.first = read_index(from.at("first"));
  effect.total = read_index(from.at("total"));
  effect.at_low = read_number(from.at("low"), "result");
  effect.at_high = read_number(from.at("high"), "result");
  for (const JsonValue& turn : from.at("break_evens")) effect.break_evens.push_back(read_number(turn, "quantile"));
  return effect;
}

std::size_t strategy_named(const study::StudyDesign& design, const std::string& name) {
  const auto found = study::find_strategy(design, name);
  if (!found) throw BadResults("names a strategy that the scenario in manifest.json does not have");
  return *found;
}

}  // namespace

std::string sensitivity_json(const SensitivityReport& report) {
  const Sensitivity& found = report.sensitivity;
  core::JsonWriter json(core::JsonWriter::Layout::indented);
  json.begin_object();
  write_identity(json, report.scenario.name(), report.scenario.sha256, report.design.seed,
                 scenario::money_note(report.scenario.root()));
  write_objective(json, found.objective);
  json.text("strategy", report.design.strategies[found.strategy]);
  json.key("minus");
  found.against ? json.text(report.design.strategies[*found.against]) : json.null();
  json.real("confidence", report.effort.confidence);
  json.integer("points", report.effort.points);
  json.integer("replicates", report.effort.replicates);
  json.integer("runs", found.runs);
  json.boolean("has_other_chance", report.has_other_chance);
  json.real("mean", found.mean);
  json.real("sd", std::sqrt(found.variance));
  json.real("at_medians", found.at_medians);
  json.integer("unreached", found.unreached);
  json.key("leader_at_medians");
  found.order_at_medians.value_or(0) == 0
      ? json.null()
      : json.text(report.design.strategies[*found.order_at_medians < 0 ? found.strategy : *found.against]);
  write_warnings(json, report.scenario.warnings);
  json.begin_array("inputs");
  for (const InputEffect& effect : found.inputs) write_input(json, report, effect);
  json.end_array();
  json.end_object();
  return std::move(json).finish();
}

SensitivityReport read_sensitivity(const std::string& text, const scenario::Scenario& scenario) {
  return read_document(text, [&scenario](const JsonValue& from) {
    study::StudyDesign design = study::StudyDesign::of(scenario, from.at("seed").get<std::uint32_t>(), std::nullopt);
    Sensitivity found;
    found.objective = read_objective(from);
    found.strategy = strategy_named(design, read_text(from, "strategy"));
    if (const auto minus = read_optional_text(from, "minus")) found.against = strategy_named(design, *minus);
    found.mean = read_number(from, "mean");
    const double sd = read_number(from, "sd");
    found.variance = sd * sd;
    found.at_medians = read_number(from, "at_medians");
    found.runs = read_count(from, "runs");
    found.unreached = read_count(from, "unreached");
    if (found.against) {
      const auto leader = read_optional_text(from, "leader_at_medians");
      found.order_at_medians = !leader ? 0 : strategy_named(design, *leader) == found.strategy ? -1 : 1;
    }
    for (const JsonValue& each : from.at("inputs")) found.inputs.push_back(read_input(each, design));
    if (found.inputs.empty()) throw BadResults("has no input");
    study::SensitivityEffort effort;
    effort.points = read_count(from, "points");
    effort.replicates = read_count(from, "replicates");
    effort.confidence = read_confidence(from);
    const bool other_chance = from.at("has_other_chance").get<bool>();
    return SensitivityReport{scenario, std::move(design), effort, {std::move(found), {}}, other_chance};
  });
}

}  // namespace fleetrace::output
