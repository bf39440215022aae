#include <variant>

#include "fleetrace/core/quantity.hpp"
#include "fleetrace/output/csv_text.hpp"
#include "fleetrace/output/json_writer.hpp"
#include "fleetrace/output/sweep.hpp"
#include "json_parts.hpp"

namespace fleetrace::output {
namespace {

using study::Comparison;
using study::StrategyStanding;

/// The numbers of a strategy at a point, in the order of columns; their names are a promise.
struct Column {
  std::string_view name;
  double (*value)(const StrategyStanding&);
};
constexpr Column kColumns[] = {
    {"mean", [](const StrategyStanding& each) { return each.objective.mean; }},
    {"ci_low", [](const StrategyStanding& each) { return each.mean.low; }},
    {"ci_high", [](const StrategyStanding& each) { return each.mean.high; }},
    {"p_best", [](const StrategyStanding& each) { return each.p_best; }},
    {"regret_mean", [](const StrategyStanding& each) { return each.regret_mean; }},
    {"target_reached", [](const StrategyStanding& each) { return each.target_reached; }},
    {"mean_spend_usd", [](const StrategyStanding& each) { return each.mean_spend; }},
    {"mean_energy_kwh", [](const StrategyStanding& each) { return each.mean_energy; }},
};

bool is_number(const std::string& value) { return std::holds_alternative<double>(core::parse_number(value)); }

/// A bare number stays one, everything else is text.
std::string csv_value(const std::string& value) { return is_number(value) ? value : csv_text(value); }

void write_axes(JsonWriter& json, const std::vector<study::Axis>& axes) {
  json.key("axes");
  json.begin_array();
  for (const study::Axis& axis : axes) {
    json.begin_object();
    text(json, "path", axis.path);
    json.key("values");
    json.begin_flat_array();
    for (const std::string& value : axis.values) json.text(value);
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

void write_point(JsonWriter& json, const SweepReport& report, std::size_t point) {
  const Comparison& comparison = report.points[point];
  const std::vector<std::size_t> position = study::grid_position(report.axes, point);
  json.begin_object();
  json.key("values");
  json.begin_flat_array();
  for (std::size_t i = 0; i < position.size(); ++i) json.text(report.axes[i].values[position[i]]);
  json.end_array();
  json.key("replications");
  json.integer(static_cast<std::int64_t>(comparison.replications));
  json.key("best");
  comparison.best ? json.text(comparison.strategies[*comparison.best].name) : json.null();
  text(json, "leader", comparison.strategies[comparison.leader].name);
  json.key("strategies");
  json.begin_array();
  for (const StrategyStanding& each : comparison.strategies) {
    json.begin_flat_object();
    text(json, "name", each.name);
    for (const Column& column : kColumns) {
      json.key(column.name);
      json.real(column.value(each));
    }
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace

std::string sweep_json(const SweepReport& report) {
  const fleet::MeasureInfo& info = fleet::info(report.objective);
  JsonWriter json(JsonWriter::Layout::indented);
  json.begin_object();
  write_identity(json, report.name, report.sha256, report.seed);
  text(json, "objective", info.name);
  text(json, "unit", info.unit);
  json.key("lower_is_better");
  json.boolean(info.lower_is_better);
  json.key("confidence");
  json.real(report.confidence);
  json.key("has_chance");
  json.boolean(report.has_chance);
  write_axes(json, report.axes);
  json.key("points");
  json.begin_array();
  for (std::size_t point = 0; point < report.points.size(); ++point) write_point(json, report, point);
  json.end_array();
  json.end_object();
  return std::move(json).finish();
}

std::string sweep_csv(const SweepReport& report) {
  std::string csv;
  for (const study::Axis& axis : report.axes) csv += csv_text(axis.path) + ',';
  csv += "strategy,objective,replications,best";
  for (const Column& column : kColumns) csv += ',' + std::string(column.name);
  csv += '\n';
  for (std::size_t point = 0; point < report.points.size(); ++point) {
    const Comparison& comparison = report.points[point];
    const std::vector<std::size_t> position = study::grid_position(report.axes, point);
    for (std::size_t i = 0; i < comparison.strategies.size(); ++i) {
      for (std::size_t k = 0; k < position.size(); ++k) csv += csv_value(report.axes[k].values[position[k]]) + ',';
      csv += csv_text(comparison.strategies[i].name) + ',' + std::string(fleet::info(report.objective).name) + ',' +
             std::to_string(comparison.replications) + ',' + (comparison.best == i ? '1' : '0');
      for (const Column& column : kColumns) {
        const std::string number = core::format_real(column.value(comparison.strategies[i]));
        csv += ',' + (number.find('n') == std::string::npos ? number : "");  // an interval that says nothing
      }
      csv += '\n';
    }
  }
  return csv;
}

}  // namespace fleetrace::output
