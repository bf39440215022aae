#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/fit/fit.hpp"
#include "sim/output/fit/fit_tables.hpp"
#include "sim/output/json/document.hpp"
#include "sim/output/table/workbook.hpp"
#include "sim/output/table/writers.hpp"

namespace fleetrace::output {
namespace {

void write_place(core::JsonWriter& json, const std::optional<core::Time>& date, double x) {
  if (date) json.text("date", core::to_date(*date));
  json.real("x", x);
}

/// Constants and predictions, a row each.
Table rows_of(const Fit& fit) {
  Table table(
      {{.name = "kind"}, {.name = "name"}, {.name = "value"}, {.name = "low"}, {.name = "high"}, {.name = "unit"}});
  const auto number = [](const std::optional<double>& value) { return value ? Cell::real(*value) : Cell(); };
  for (const FitConstant& each : fit.constants)
    table.add_row({"constant", each.name, number(each.value), number(each.low), number(each.high), each.unit});
  for (const FitPlace& each : fit.predictions) {
    table.add_row({"prediction", each.date ? core::to_date(*each.date) : std::string(), number(each.value),
                   number(each.low), number(each.high), ""});
  }
  return table;
}

}  // namespace

std::string fit_json(const Fit& fit) {
  core::JsonWriter json(core::JsonWriter::Layout::indented);
  json.begin_object();
  write_version(json);
  json.begin_object("fit");
  json.text("model", fit.model);
  if (!fit.law.empty()) json.text("law", fit.law);
  json.text("data", fit.file);
  json.text("sha256", fit.sha256);
  json.integer("rows", fit.rows);
  json.real("confidence", fit.confidence);
  json.text("method", fit.method);
  json.text("x", fit.x_name);
  json.text("y", fit.y_name);
  json.boolean("residuals_of_logarithms", fit.is_log);
  json.real("scatter", fit.scatter);
  json.end_object();
  json.objects("constants", fit.constants, [&](const FitConstant& each) {
    json.text("name", each.name);
    json.text("meaning", each.meaning);
    json.text("unit", each.unit);
    json.real("value", each.value);
    json.real("low", each.low);
    json.real("high", each.high);
  });
  json.objects("inputs", fit.inputs, [&](const FitInput& each) {
    json.text("path", each.path);
    json.text("value", each.value);
  });
  json.text("yaml", fit.yaml);
  const auto place = [&](const FitPlace& each) {
    write_place(json, each.date, each.x);
    json.real("value", each.value);
    json.real("low", each.low);
    json.real("high", each.high);
  };
  json.flat_objects("predictions", fit.predictions, place);
  if (!fit.scenario.empty()) json.text("scenario", fit.scenario);
  json.flat_objects("effects", fit.effects, [&](const FitEffect& each) {
    json.text("strategy", each.strategy);
    json.real("relative_loss_before", each.before);
    json.real("relative_loss_after", each.after);
  });
  json.flat_objects("points", fit.points, [&](const FitPoint& each) {
    json.integer("line", each.line);
    write_place(json, each.date, each.x);
    json.real("observed", each.observed);
    json.real("fitted", each.fitted);
    json.real("residual", each.residual);
  });
  json.flat_objects("curve", fit.curve, place);
  write_texts(json, "notes", fit.notes);
  json.end_object();
  return std::move(json).finish();
}

std::string fit_csv(const Fit& fit) { return write_csv(rows_of(fit)); }

std::string fit_xlsx(const Fit& fit) {
  return write_xlsx({{"results", rows_of(fit)}, {"points", fit_points(fit)}, {"inputs", fit_inputs(fit)}});
}

}  // namespace fleetrace::output
