#include "sim/output/json/document.hpp"
#include "sim/output/json/warnings_json.hpp"
#include "sim/output/studies/optimum.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::output {
namespace {

constexpr double kPfDay = 8.64e19;  // [FLOP]

}  // namespace

void write_schedule(core::JsonWriter& json, const char* key, const std::vector<study::PlannedPurchase>& schedule) {
  json.flat_objects(key, schedule, [&](const study::PlannedPurchase& each) {
    json.time("time", each.at);
    const bool is_of_money = each.accelerator.empty();
    json.key("accelerator");
    is_of_money ? json.null() : json.text(each.accelerator);
    json.key("count");
    is_of_money ? json.null() : json.integer(each.count);
    json.key("site");
    each.site.empty() ? json.null() : json.text(each.site);
    json.money("spend_usd", each.cost);
    if (each.retires < core::Time::latest()) json.time("retire", each.retires);
  });
}

namespace {

void write_retired(core::JsonWriter& json, const std::vector<study::EarlyRetirement>& retired) {
  json.flat_objects("retired", retired, [&](const study::EarlyRetirement& each) {
    json.time("time", each.at);
    json.text("accelerator", each.accelerator);
    json.time("installed", each.installed);
    json.key("site");
    each.site.empty() ? json.null() : json.text(each.site);
    json.integer("count", each.count);
  });
}

}  // namespace

std::string optimum_json(const OptimumReport& report) {
  const study::Optimum& optimum = report.optimum;
  core::JsonWriter json(core::JsonWriter::Layout::indented);
  json.begin_object();
  write_identity(json, report.name, report.sha256, report.seed, scenario::money_note(report.plan.root()));
  json.text("strategy", optimum.strategy);
  json.text("objective", fleet::info(optimum.objective).name);
  json.real("target", optimum.target);
  json.real("value", optimum.value);
  json.real("bound", optimum.bound);
  const double sign = fleet::info(optimum.objective).lower_is_better ? 1 : -1;
  json.real("gap", optimum.bound ? std::optional(sign * (optimum.value - *optimum.bound)) : std::nullopt);
  write_texts(json, "without_bound", optimum.without_bound);
  if (!optimum.relaxed.empty()) write_texts(json, "relaxed", optimum.relaxed);
  if (optimum.is_stopped) json.boolean("stopped", true);
  json.real("final_loss", optimum.final_loss);
  json.real("mean_loss", optimum.mean_loss);
  json.money("budget_usd", optimum.budget);
  json.money("spend_usd", optimum.spend);
  json.integer("dates", optimum.dates);
  json.integer("columns", optimum.columns);
  json.real("audit", optimum.audit);
  write_schedule(json, "schedule", optimum.schedule);
  if (!optimum.retired.empty()) write_retired(json, optimum.retired);
  json.flat_objects("versus", optimum.versus, [&](const study::OptimumRival& each) {
    json.text("name", each.name);
    json.real("value", each.value);
    json.boolean("same_limits", !each.is_changed);
  });
  json.flat_objects("worth_of_one_more", optimum.worth, [&](const study::MarginalWorth& each) {
    json.text("of", each.of);
    json.text("unit", each.unit);
    json.real("gain", each.gain);
    json.real("pf_days",
              optimum.objective == fleet::Metric::final_loss ? std::optional(each.flop / kPfDay) : std::nullopt);
  });
  if (!optimum.money_by_date.empty()) {
    json.flat_objects("value_of_money", optimum.money_by_date, [&](const study::ValueOfMoney& each) {
      json.time("time", each.at);
      json.real("gain", each.gain);
      json.boolean("ordered", each.is_spent);
    });
  }
  if (!optimum.limits_by_date.empty()) {
    json.flat_objects("worth_by_date", optimum.limits_by_date, [&](const study::WorthByDate& each) {
      json.text("of", each.of);
      json.text("unit", each.unit);
      json.time("from", each.from);
      json.real("gain", each.gain);
    });
  }
  if (!optimum.flat.empty()) {
    json.real("within", optimum.within);
    const bool several = optimum.flat.front().within != optimum.flat.back().within;
    json.flat_objects("spending_ranges", optimum.flat, [&](const study::SpendingRange& each) {
      json.time("from", each.from);
      json.real("least_usd", each.least_usd);
      json.real("most_usd", each.most_usd);
      if (several) json.real("within", each.within);
    });
  }
  if (!optimum.alternatives.empty()) {
    json.objects("alternatives", optimum.alternatives, [&](const study::AlternativePlan& each) {
      json.real("value", each.value);
      json.money("spend_usd", each.spend);
      json.real("shared", each.shared);
      write_schedule(json, "schedule", each.schedule);
      if (!each.retired.empty()) write_retired(json, each.retired);
    });
  }
  if (optimum.yearly_limit) {
    json.key("yearly_limit");
    json.begin_object();
    json.money("most_usd", optimum.yearly_limit->most);
    json.real("bound", optimum.yearly_limit->bound);
    json.end_object();
  }
  write_texts(json, "notes", optimum.notes);
  write_warnings(json, report.plan.warnings);
  json.end_object();
  return std::move(json).finish();
}

}  // namespace fleetrace::output
