#include <algorithm>

#include "sim/output/json/document.hpp"
#include "sim/output/json/warnings_json.hpp"
#include "sim/output/plan/plan.hpp"
#include "sim/output/plan/plan_actuals.hpp"
#include "sim/output/plan/plan_columns.hpp"
#include "sim/output/plan/plan_sinks.hpp"
#include "sim/output/table/workbook.hpp"
#include "sim/scenario/schema/money_entry.hpp"

// A plan for programs.
namespace fleetrace::output {
namespace {

void add_name(const std::string& name, std::vector<std::string>& names) {
  if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

/// Types and sites with columns of their own: those of any strategy, each once.
struct Names {
  std::vector<std::string> types;
  std::vector<std::string> sites;

  explicit Names(const Run& run) {
    for (const StrategyPlan& plan : run.plans) {
      for (const AcceleratorPlan& each : plan.total.by_type) add_name(each.accelerator, types);
      for (const SitePlan& each : plan.total.by_site) add_name(each.site, sites);
    }
  }
};

const AcceleratorPlan* find(const std::vector<AcceleratorPlan>& all, const std::string& name) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.accelerator == name; });
  return found == all.end() ? nullptr : &*found;
}

const SitePlan* find(const std::vector<SitePlan>& all, const std::string& name) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.site == name; });
  return found == all.end() ? nullptr : &*found;
}

template <class Part, class Sink>
void write_headings(const std::vector<std::string>& names, std::span<const PlanColumn<Part>> columns, Sink& sink) {
  for (const std::string& name : names) {
    for (const PlanColumn<Part>& column : columns) sink.heading(name + '_' + std::string(column.name));
  }
}

/// What a strategy never has is a count of zero, and a site that it never uses has no figures.
template <class Part, class Sink>
void write_parts(const std::vector<std::string>& names, const std::vector<Part>& parts,
                 std::span<const PlanColumn<Part>> columns, bool has_power, Sink& sink) {
  for (const std::string& name : names) {
    const Part* part = find(parts, name);
    for (const PlanColumn<Part>& column : columns) {
      const PlanValue none = column.kind == PlanKind::count ? PlanValue(std::int64_t{0}) : PlanValue();
      sink.figure(part == nullptr ? none : plan_value(column, *part, has_power), column.kind);
    }
  }
}

/// The headings, and a row for each strategy and period.
template <class Sink>
void write_rows(const Run& run, Sink& sink) {
  const Names names(run);
  for (const char* name : {"strategy", "period", "begins", "ends"}) sink.heading(name);
  for (const PlanColumn<PlanPeriod>& column : plan_columns()) sink.heading(column.name);
  write_headings(names.types, plan_accelerator_columns(), sink);
  write_headings(names.sites, plan_site_columns(), sink);
  const bool shows_actuals = has_actuals(run.plans);
  const ActualNames actuals(run.plans);
  if (shows_actuals) write_actual_headings(actuals, sink);
  sink.end_headings();
  for (const StrategyPlan& plan : run.plans) {
    for (const PlanPeriod& period : plan.periods) {
      sink.text(plan.strategy);
      sink.text(period.name);
      sink.time(period.begins);
      sink.time(period.ends);
      for (const PlanColumn<PlanPeriod>& column : plan_columns())
        sink.figure(plan_value(column, period, plan.has_power), column.kind);
      write_parts(names.types, period.by_type, plan_accelerator_columns(), plan.has_power, sink);
      write_parts(names.sites, period.by_site, plan_site_columns(), plan.has_power, sink);
      if (shows_actuals) write_actual_fields(actuals, period, plan.has_power, sink);
      sink.end_row();
    }
  }
}

template <class Part>
void write_members(std::span<const PlanColumn<Part>> columns, const Part& part, bool has_power,
                   core::JsonWriter& json) {
  for (const PlanColumn<Part>& column : columns) {
    json.key(column.name);
    const std::string text = plan_text(column, part, has_power);
    text.empty() ? json.null() : json.number(text);
  }
}

void write_dates(const PlanPeriod& period, core::JsonWriter& json) {
  json.text("period", period.name);
  json.time("begins", period.begins);
  json.time("ends", period.ends);
}

/// The members of a period: its figures, and those of each type and site.
void write_period(const PlanPeriod& period, bool has_power, core::JsonWriter& json) {
  write_dates(period, json);
  write_members(plan_columns(), period, has_power, json);
  json.flat_objects("accelerators", period.by_type, [&](const AcceleratorPlan& each) {
    json.text("accelerator", each.accelerator);
    write_members(plan_accelerator_columns(), each, has_power, json);
  });
  json.flat_objects("sites", period.by_site, [&](const SitePlan& each) {
    each.site.empty() ? json.null("site") : json.text("site", each.site);
    write_members(plan_site_columns(), each, has_power, json);
  });
  write_actual(period, has_power, json);
}

void write_question(const Run& run, core::JsonWriter& json) {
  write_identity(json, run.scenario.name(), run.scenario.sha256, run.draw.seed,
                 scenario::money_note(run.scenario.root()));
  json.integer("replication", run.draw.replication);
  const PlanOptions options = run.plan_options.value_or(PlanOptions{});
  json.text("by", to_string(options.by));
  json.integer("fiscal_year_begins_month", options.fiscal_year_begins);
  if (run.setups.front().horizon.from) json.time("from", *run.setups.front().horizon.from);
}

}  // namespace

std::string plan_csv(const Run& run) {
  PlanCsv csv;
  write_rows(run, csv);
  return std::move(csv).finish();
}

Table plan_sheet(const Run& run) {
  PlanSheet sheet;
  write_rows(run, sheet);
  return std::move(sheet).finish();
}

std::string plan_xlsx(const Run& run) {
  return write_xlsx({{"results", plan_sheet(run)},
                     about_sheet(run.scenario.name(), run.scenario.sha256, run.draw.seed,
                                 scenario::money_note(run.scenario.root()))});
}

std::string plan_json(const Run& run) {
  core::JsonWriter json(core::JsonWriter::Layout::indented);
  json.begin_object();
  write_question(run, json);
  write_warnings(json, run.scenario.warnings);
  json.objects("strategies", run.plans, [&](const StrategyPlan& plan) {
    json.text("name", plan.strategy);
    json.begin_object("opening");
    write_period(plan.opening, plan.has_power, json);
    json.end_object();
    json.objects("periods", plan.periods,
                 [&](const PlanPeriod& period) { write_period(period, plan.has_power, json); });
    json.begin_object("total");
    write_period(plan.total, plan.has_power, json);
    json.end_object();
  });
  json.end_object();
  return std::move(json).finish();
}

std::string plan_jsonl(const Run& run) {
  std::string lines;
  for (const StrategyPlan& plan : run.plans) {
    for (const PlanPeriod& period : plan.periods) {
      core::JsonWriter json(core::JsonWriter::Layout::compact);
      json.begin_object();
      write_question(run, json);
      json.text("strategy", plan.strategy);
      write_period(period, plan.has_power, json);
      json.end_object();
      lines += std::move(json).finish();
    }
  }
  return lines;
}

}  // namespace fleetrace::output
