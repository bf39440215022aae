#include "sim/output/json/document.hpp"
#include "sim/output/studies/optimum.hpp"

namespace fleetrace::output {
namespace {

constexpr double kPfDay = 8.64e19;  // [FLOP]

void write_schedule(core::JsonWriter& json, const study::Optimum& optimum) {
  json.flat_objects("schedule", optimum.schedule, [&](const study::PlannedPurchase& each) {
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

void write_retired(core::JsonWriter& json, const study::Optimum& optimum) {
  json.flat_objects("retired", optimum.retired, [&](const study::EarlyRetirement& each) {
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
  write_identity(json, report.name, report.sha256, report.seed);
  json.text("strategy", optimum.strategy);
  json.text("objective", fleet::info(optimum.objective).name);
  json.real("target", optimum.target);
  json.real("value", optimum.value);
  json.real("bound", optimum.bound);
  const double sign = fleet::info(optimum.objective).lower_is_better ? 1 : -1;
  json.real("gap", optimum.bound ? std::optional(sign * (optimum.value - *optimum.bound)) : std::nullopt);
  write_texts(json, "without_bound", optimum.without_bound);
  json.real("final_loss", optimum.final_loss);
  json.real("mean_loss", optimum.mean_loss);
  json.money("budget_usd", optimum.budget);
  json.money("spend_usd", optimum.spend);
  json.integer("dates", optimum.dates);
  json.integer("columns", optimum.columns);
  json.real("audit", optimum.audit);
  write_schedule(json, optimum);
  if (!optimum.retired.empty()) write_retired(json, optimum);
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
  if (!optimum.flat.empty()) {
    json.real("within", optimum.within);
    json.flat_objects("spending_ranges", optimum.flat, [&](const study::SpendingRange& each) {
      json.time("from", each.from);
      json.real("least_usd", each.least_usd);
      json.real("most_usd", each.most_usd);
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
  json.end_object();
  return std::move(json).finish();
}

}  // namespace fleetrace::output
