#include "sim/output/json/document.hpp"
#include "sim/output/json/warnings_json.hpp"
#include "sim/output/studies/study_json.hpp"
#include "sim/output/studies/sweep.hpp"

namespace fleetrace::output {
namespace {

using study::Comparison;
using study::StrategyStanding;

void write_axes(core::JsonWriter& json, const std::vector<study::Axis>& axes) {
  json.objects("axes", axes, [&](const study::Axis& axis) {
    json.text("path", axis.path);
    write_texts(json, "values", axis.values);
  });
}

std::vector<study::Axis> read_axes(const JsonValue& from) {
  std::vector<study::Axis> axes;
  for (const JsonValue& axis : from.at("axes"))
    axes.push_back({read_text(axis, "path"), axis.at("values").get<std::vector<std::string>>()});
  return axes;
}

/// A point. Its values follow from its place in the grid, so that nobody reads them back.
void write_point(core::JsonWriter& json, const SweepReport& report, std::size_t point) {
  const Comparison& comparison = report.points[point];
  const std::vector<std::size_t> position = study::grid_position(report.axes, point);
  json.begin_object();
  json.begin_flat_array("values");
  for (std::size_t i = 0; i < position.size(); ++i) json.text(report.axes[i].values[position[i]]);
  json.end_array();
  json.integer("replications", comparison.replications);
  write_leaders(json, comparison);
  json.flat_objects("strategies", comparison.strategies,
                    [&](const StrategyStanding& each) { write_standing(json, each, Standing::of_sweep); });
  json.end_object();
}

Comparison read_point(const JsonValue& from, const SweepReport& report) {
  Comparison point;
  point.objective = report.objective;
  point.confidence = report.confidence;
  point.replications = read_count(from, "replications");
  for (const JsonValue& strategy : from.at("strategies"))
    point.strategies.push_back(read_standing(strategy, Standing::of_sweep));
  read_leaders(from, point);
  return point;
}

}  // namespace

std::string sweep_json(const SweepReport& report) {
  core::JsonWriter json(core::JsonWriter::Layout::indented);
  json.begin_object();
  write_identity(json, report.name, report.sha256, report.seed, report.money);
  write_objective(json, report.objective);
  json.real("confidence", report.confidence);
  json.boolean("has_chance", report.has_chance);
  json.key("reference_compute_flop");
  report.reference ? json.real(*report.reference) : json.null();
  write_warnings(json, report.warnings);
  write_axes(json, report.axes);
  json.begin_array("points");
  for (std::size_t point = 0; point < report.points.size(); ++point) write_point(json, report, point);
  json.end_array();
  json.end_object();
  return std::move(json).finish();
}

SweepReport read_sweep(const std::string& text) {
  return read_document(text, [](const JsonValue& from) {
    SweepReport report;
    report.name = read_text(from.at("scenario"), "name");
    report.sha256 = read_text(from.at("scenario"), "sha256");
    report.seed = from.at("seed").get<std::uint32_t>();
    if (from.contains("money")) report.money = read_text(from, "money");
    report.objective = read_objective(from);
    report.confidence = read_confidence(from);
    report.has_chance = from.at("has_chance").get<bool>();
    if (const JsonValue& reference = from.at("reference_compute_flop"); !reference.is_null())
      report.reference = reference.get<double>();
    report.warnings = read_warnings(from);
    report.axes = read_axes(from);
    for (const JsonValue& each : from.at("points")) report.points.push_back(read_point(each, report));
    if (report.axes.empty() || report.points.size() != study::grid_size(report.axes))
      throw BadResults("has not as many points as its axes make");
    return report;
  });
}

}  // namespace fleetrace::output
