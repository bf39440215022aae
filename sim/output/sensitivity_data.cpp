#include <cmath>

#include "fleetrace/core/quantity.hpp"
#include "fleetrace/output/csv_text.hpp"
#include "fleetrace/output/json_writer.hpp"
#include "fleetrace/output/sensitivity.hpp"
#include "input_values.hpp"
#include "json_parts.hpp"

namespace fleetrace::output {
namespace {

using study::InputEffect;
using study::Sensitivity;
using study::SobolIndex;

constexpr int kDigits = 12;

void write_index(JsonWriter& json, std::string_view key, const SobolIndex& index) {
  json.key(key);
  json.begin_flat_object();
  real(json, "value", index.value);
  real(json, "ci_low", index.low);
  real(json, "ci_high", index.high);
  json.end_object();
}

void write_end(JsonWriter& json, std::string_view key, const fleet::UncertainInput& input, double quantile,
               double result) {
  json.key(key);
  json.begin_flat_object();
  real(json, "quantile", quantile);
  text(json, "value", value_at(input, quantile, kDigits));
  real(json, "result", result);
  json.end_object();
}

void write_input(JsonWriter& json, const SensitivityReport& report, const InputEffect& effect) {
  const fleet::UncertainInput& input = input_named(report.plan, effect.input);
  json.begin_object();
  text(json, "name", report.plan.inputs.names()[effect.input]);
  text(json, "distribution", input.written);
  write_index(json, "total", effect.total);
  write_index(json, "first", effect.first);
  text(json, "median", value_at(input, 0.5, kDigits));
  write_end(json, "low", input, 0.05, effect.at_low);
  write_end(json, "high", input, 0.95, effect.at_high);
  json.key("break_evens");
  json.begin_array();
  for (const double quantile : effect.break_evens) {
    json.begin_flat_object();
    real(json, "quantile", quantile);
    text(json, "value", value_at(input, quantile, kDigits));
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace

std::string sensitivity_json(const SensitivityReport& report) {
  const Sensitivity& found = report.sensitivity;
  const fleet::MeasureInfo& info = fleet::info(found.objective);
  JsonWriter json(JsonWriter::Layout::indented);
  json.begin_object();
  write_identity(json, report.scenario.name(), report.scenario.sha256, report.plan.seed);
  text(json, "objective", info.name);
  text(json, "unit", info.unit);
  json.key("lower_is_better");
  json.boolean(info.lower_is_better);
  text(json, "strategy", report.plan.strategies[found.strategy]);
  json.key("minus");
  found.against ? json.text(report.plan.strategies[*found.against]) : json.null();
  real(json, "confidence", report.effort.confidence);
  json.key("points");
  json.integer(static_cast<std::int64_t>(report.effort.points));
  json.key("replicates");
  json.integer(static_cast<std::int64_t>(report.effort.replicates));
  json.key("runs");
  json.integer(static_cast<std::int64_t>(found.runs));
  json.key("has_other_chance");
  json.boolean(report.has_other_chance);
  real(json, "mean", found.mean);
  real(json, "sd", std::sqrt(found.variance));
  real(json, "at_medians", found.at_medians);
  json.key("inputs");
  json.begin_array();
  for (const InputEffect& effect : found.inputs) write_input(json, report, effect);
  json.end_array();
  json.end_object();
  return std::move(json).finish();
}

std::string sensitivity_csv(const SensitivityReport& report) {
  const Sensitivity& found = report.sensitivity;
  std::string csv =
      "input,objective,strategy,minus,total,total_low,total_high,first,first_low,first_high,value_05,median,value_95,"
      "result_05,result_median,result_95,break_even,break_even_quantile\n";
  for (const InputEffect& effect : found.inputs) {
    const fleet::UncertainInput& input = input_named(report.plan, effect.input);
    const auto number = [&csv](double value) { csv += ',' + core::format_real(value); };
    csv += csv_text(report.plan.inputs.names()[effect.input]) + ',' + std::string(fleet::info(found.objective).name) +
           ',' + csv_text(report.plan.strategies[found.strategy]) + ',' +
           (found.against ? csv_text(report.plan.strategies[*found.against]) : "");
    for (const SobolIndex& index : {effect.total, effect.first}) {
      number(index.value);
      number(index.low);
      number(index.high);
    }
    for (const double quantile : {0.05, 0.5, 0.95}) csv += ',' + value_at(input, quantile, kDigits);
    for (const double result : {effect.at_low, found.at_medians, effect.at_high}) number(result);
    const auto break_even = nearest_break_even(effect);
    csv += ',' + (break_even ? value_at(input, *break_even, kDigits) : "") + ',' +
           (break_even ? core::format_real(*break_even) : "") + '\n';
  }
  return csv;
}

}  // namespace fleetrace::output
