#include <algorithm>
#include <array>

#include "comparison_columns.hpp"
#include "fleetrace/core/quantity.hpp"
#include "fleetrace/output/comparison.hpp"
#include "fleetrace/output/csv_text.hpp"
#include "fleetrace/output/json_writer.hpp"
#include "json_parts.hpp"

namespace fleetrace::output {
namespace {

using study::Comparison;
using study::StrategyStanding;

void write_ending(JsonWriter& json, const ComparisonReport& report) {
  static constexpr std::string_view kRules[] = {"fixed", "half_width", "select"};
  const study::Ending& ending = report.ending;
  json.begin_flat_object();
  text(json, "rule", kRules[static_cast<std::size_t>(ending.rule.kind)]);
  json.key("size");
  ending.rule.kind == study::EndRule::Kind::fixed ? json.null() : json.real(ending.rule.size);
  json.key("met");
  json.boolean(ending.met);
  json.key("selected");
  ending.selected ? json.text(report.plan.strategies[*ending.selected]) : json.null();
  json.end_object();
}

void write_inputs(JsonWriter& json, const ComparisonReport& report) {
  json.key("inputs");
  json.begin_array();
  for (const fleet::UncertainInput& input : report.plan.inputs.all()) {
    json.begin_flat_object();
    text(json, "path", input.path);
    text(json, "distribution", input.written);
    json.end_object();
  }
  json.end_array();
}

void write_pairs(JsonWriter& json, const Comparison& comparison) {
  json.key("pairs");
  json.begin_array();
  for (const study::PairStanding& pair : comparison.pairs) {
    json.begin_flat_object();
    text(json, "a", comparison.strategies[pair.a].name);
    text(json, "b", comparison.strategies[pair.b].name);
    real(json, "mean_difference", pair.difference.mean);
    real(json, "ci_low", pair.mean.low);
    real(json, "ci_high", pair.mean.high);
    real(json, "sd", pair.difference.sd);
    real(json, "pairing_gain", pair.pairing_gain);
    json.end_object();
  }
  json.end_array();
}

/// Loss over time, in the order of the strategies.
void write_bands(JsonWriter& json, const ComparisonReport& report) {
  static constexpr std::array<std::string_view, 5> kNames = {"quantile_05", "quantile_25", "median", "quantile_75",
                                                             "quantile_95"};
  const study::LossBands& bands = report.bands;
  json.key("loss_over_time");
  json.begin_object();
  json.key("replications");
  json.integer(static_cast<std::int64_t>(bands.replications));
  json.key("time");
  json.begin_flat_array();
  for (const core::Time time : bands.times) json.time(time);
  json.end_array();
  json.key("strategies");
  json.begin_array();
  for (std::size_t i = 0; i < bands.strategies.size(); ++i) {
    json.begin_object();
    text(json, "name", report.plan.strategies[i]);
    for (std::size_t k = 0; k < kNames.size(); ++k) {
      json.key(kNames[k]);
      json.begin_flat_array();
      for (const auto& at : bands.strategies[i]) json.real(at[k]);
      json.end_array();
    }
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace

std::string comparison_json(const ComparisonReport& report) {
  const Comparison& comparison = report.comparison;
  const fleet::MeasureInfo& info = fleet::info(comparison.objective);
  JsonWriter json(JsonWriter::Layout::indented);
  json.begin_object();
  write_identity(json, report.scenario.name(), report.scenario.sha256, report.plan.seed);
  text(json, "objective", info.name);
  text(json, "unit", info.unit);
  json.key("lower_is_better");
  json.boolean(info.lower_is_better);
  json.key("target");
  report.plan.target ? json.real(*report.plan.target) : json.null();
  real(json, "confidence", comparison.confidence);
  json.key("replications");
  json.integer(static_cast<std::int64_t>(comparison.replications));
  json.key("ending");
  write_ending(json, report);
  json.key("best");
  comparison.best ? json.text(comparison.strategies[*comparison.best].name) : json.null();
  text(json, "leader", comparison.strategies[comparison.leader].name);
  json.key("rival");
  comparison.rival ? json.text(comparison.strategies[*comparison.rival].name) : json.null();
  json.key("replications_needed");
  comparison.rival ? json.real(comparison.replications_needed) : json.null();
  write_inputs(json, report);
  json.key("strategies");
  json.begin_array();
  for (const StrategyStanding& each : comparison.strategies) {
    json.begin_object();
    text(json, "name", each.name);
    for (const StandingColumn& column : standing_columns()) real(json, column.name, column.value(each));
    json.key("pareto_spend");
    json.boolean(each.pareto_spend);
    json.key("pareto_energy");
    json.boolean(each.pareto_energy);
    json.end_object();
  }
  json.end_array();
  write_pairs(json, comparison);
  write_bands(json, report);
  json.end_object();
  return std::move(json).finish();
}

std::string comparison_csv(const ComparisonReport& report) {
  std::string csv = "strategy,objective,replications";
  for (const StandingColumn& column : standing_columns()) csv += ',' + std::string(column.name);
  csv += '\n';
  for (const StrategyStanding& each : report.comparison.strategies) {
    csv += csv_text(each.name) + ',' + std::string(fleet::info(report.comparison.objective).name) + ',' +
           std::to_string(report.comparison.replications);
    for (const StandingColumn& column : standing_columns()) {
      const std::string number = core::format_real(column.value(each));
      csv += ',' + (number.find('n') == std::string::npos ? number : "");  // an interval that says nothing
    }
    csv += '\n';
  }
  return csv;
}

std::string comparison_jsonl(const ComparisonReport& report) {
  std::string lines;
  const study::Plan& plan = report.plan;
  for (std::size_t r = 0; r < report.results.replications(); ++r) {
    const fleet::Draw draw{plan.seed, static_cast<std::uint32_t>(r), fleet::InputDraw::drawn};
    const std::vector<double> inputs = plan.inputs.values(plan.inputs.uniforms(draw));
    for (std::size_t i = 0; i < plan.strategies.size(); ++i) {
      JsonWriter json(JsonWriter::Layout::compact);
      json.begin_object();
      json.key("replication");
      json.integer(static_cast<std::int64_t>(r));
      text(json, "strategy", plan.strategies[i]);
      const fleet::Measures measures = report.results.at(r, i);
      for (std::size_t k = 0; k < fleet::kMeasures; ++k)
        real(json, fleet::info(static_cast<fleet::Measure>(k)).name, measures[k]);
      json.key("inputs");
      json.begin_object();
      for (std::size_t k = 0; k < inputs.size(); ++k) real(json, plan.inputs.all()[k].path, inputs[k]);
      json.end_object();
      json.end_object();
      lines += std::move(json).finish();
    }
  }
  return lines;
}

}  // namespace fleetrace::output
