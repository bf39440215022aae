#include "sim/output/json/document.hpp"
#include "sim/output/json/warnings_json.hpp"
#include "sim/output/studies/optimum.hpp"
#include "sim/output/studies/uncertain_optimum.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::output {
namespace {

/// Null where nothing proves it.
void write_mean(core::JsonWriter& json, const char* key, const study::SampledMean& value, bool is_proved = true) {
  if (!is_proved) return json.null(key);
  json.begin_object(key);
  json.real("mean", value.mean);
  json.real("ci_low", value.low);
  json.real("ci_high", value.high);
  json.end_object();
}

}  // namespace

std::string uncertain_optimum_json(const UncertainOptimumReport& report) {
  const study::UncertainOptimum& optimum = report.optimum;
  core::JsonWriter json(core::JsonWriter::Layout::indented);
  json.begin_object();
  write_identity(json, report.name, report.sha256, report.seed, scenario::money_note(report.plan.root()));
  json.text("strategy", optimum.strategy);
  json.text("objective", fleet::info(optimum.objective).name);
  json.text("risk", optimum.tail_level ? "cvar" : "mean");
  json.real("level", optimum.tail_level);
  json.integer("replications", optimum.draws);
  json.integer("batches", optimum.batches);
  if (optimum.is_stopped) json.boolean("stopped", true);
  json.real("confidence", optimum.confidence);
  write_mean(json, "value", optimum.value);
  json.real("in_sample", optimum.in_sample);
  const bool is_proved = optimum.without_bound.empty();
  write_mean(json, "bound", optimum.bound, is_proved);
  write_mean(json, "gap", optimum.gap, is_proved);
  json.real("most_gap", is_proved ? std::optional(optimum.most_gap) : std::nullopt);
  write_texts(json, "without_bound", optimum.without_bound);
  write_mean(json, "perfect_information", optimum.perfect_information, is_proved);
  write_mean(json, "stochastic_solution", optimum.stochastic_solution);
  json.money("budget_usd", optimum.budget);
  json.money("spend_usd", optimum.spend);
  json.real("audit", optimum.audit);
  write_schedule(json, "schedule", optimum.schedule);
  write_schedule(json, "schedule_at_medians", optimum.at_medians);
  json.flat_objects("versus", optimum.versus, [&](const study::UncertainRival& each) {
    json.text("name", each.name);
    json.real("value", each.value);
    json.boolean("same_limits", !each.is_changed);
  });
  write_texts(json, "notes", optimum.notes);
  write_warnings(json, report.plan.warnings);
  json.end_object();
  return std::move(json).finish();
}

std::string uncertain_optimum_csv(const UncertainOptimumReport& report) {
  OptimumReport orders;
  orders.optimum.schedule = report.optimum.schedule;
  return optimum_csv(orders);
}

}  // namespace fleetrace::output
