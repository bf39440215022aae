#include "sim/output/folder/sqlite_plan.hpp"

#include "sim/output/plan/plan_actuals.hpp"
#include "sim/output/plan/plan_columns.hpp"

namespace fleetrace::output {
namespace {

/// The columns of a table of the plan behind those that say whose row it is, with the type of each.
template <class Part>
std::string plan_columns_sql(std::span<const PlanColumn<Part>> columns) {
  std::string sql;
  for (const PlanColumn<Part>& column : columns)
    sql += ", " + std::string(column.name) + (column.kind == PlanKind::count ? " INTEGER" : " REAL");
  return sql;
}

void insert_figure(const PlanValue& value, Insert& rows) {
  const auto* count = std::get_if<std::int64_t>(&value);
  count != nullptr ? rows.integer(*count) : rows.real(number_of(value));
}

template <class Part>
void insert_figures(std::span<const PlanColumn<Part>> columns, const Part& part, bool has_power, Insert& rows) {
  for (const PlanColumn<Part>& column : columns) insert_figure(plan_value(column, part, has_power), rows);
}

constexpr std::string_view kPeriod = "strategy TEXT, period TEXT, begins TEXT, ends TEXT";
constexpr int kPeriodColumns = 4;

void insert_period(const std::string& strategy, const PlanPeriod& period, Insert& rows) {
  rows.text(strategy).text(period.name);
  rows.text(core::to_iso8601(period.begins)).text(core::to_iso8601(period.ends));
}

void insert_values(const ActualValues& values, Insert& rows) {
  for (const PlanValue& each : {values.planned, values.actual, values.variance}) insert_figure(each, rows);
}

/// Plan, actual and variance of the periods that have an actual, and the corrections to them.
void insert_actuals(Database& database, const Run& run) {
  const int figures = static_cast<int>(actual_columns().size());
  Insert all(database, "plan_actuals", kPeriodColumns + 2 + figures);
  Insert pairs(database, "plan_actuals_accelerators", kPeriodColumns + 5);
  Insert sites(database, "plan_actuals_sites", kPeriodColumns + 4);
  for (const StrategyPlan& plan : run.plans) {
    for (const PlanPeriod& period : plan.periods) {
      if (!period.actual && !period.is_correction) continue;
      insert_period(plan.strategy, period, all);
      all.integer(period.is_correction ? 1 : 0);
      period.actual ? all.text(core::to_iso8601(period.actual->date)) : all.null();
      insert_figures(actual_columns(), period, plan.has_power, all);
      if (!period.actual) continue;
      for (const PlannedAndCounted& each : period.actual->counts) {
        insert_period(plan.strategy, period, pairs);
        pairs.text(each.site).text(each.accelerator);
        insert_values(values_of_pair(period, each), pairs);
      }
      for (const PlannedAndMetered& each : period.actual->power) {
        insert_period(plan.strategy, period, sites);
        sites.text(each.site);
        insert_values(values_of_site(period, each.site), sites);
      }
    }
  }
}

}  // namespace

void create_plan_tables(Database& database) {
  const std::string period(kPeriod);
  database.run("CREATE TABLE plan (" + period + plan_columns_sql(plan_columns()) + ')');
  database.run("CREATE TABLE plan_accelerators (" + period + ", accelerator TEXT" +
               plan_columns_sql(plan_accelerator_columns()) + ')');
  database.run("CREATE TABLE plan_sites (" + period + ", site TEXT" + plan_columns_sql(plan_site_columns()) + ')');
  database.run("CREATE TABLE plan_actuals (" + period + ", is_correction INTEGER, actual_date TEXT" +
               plan_columns_sql(actual_columns()) + ')');
  database.run("CREATE TABLE plan_actuals_accelerators (" + period +
               ", site TEXT, accelerator TEXT, planned INTEGER, actual INTEGER, variance INTEGER)");
  database.run("CREATE TABLE plan_actuals_sites (" + period +
               ", site TEXT, site_draw_planned_mw REAL, site_draw_actual_mw REAL, site_draw_variance_mw REAL)");
}

void insert_plans(Database& database, const Run& run) {
  const auto columns = [](int more, std::size_t figures) { return kPeriodColumns + more + static_cast<int>(figures); };
  Insert all(database, "plan", columns(0, plan_columns().size()));
  Insert types(database, "plan_accelerators", columns(1, plan_accelerator_columns().size()));
  Insert sites(database, "plan_sites", columns(1, plan_site_columns().size()));
  for (const StrategyPlan& plan : run.plans) {
    for (const PlanPeriod& period : plan.periods) {
      insert_period(plan.strategy, period, all);
      insert_figures(plan_columns(), period, plan.has_power, all);
      for (const AcceleratorPlan& each : period.by_type) {
        insert_period(plan.strategy, period, types);
        types.text(each.accelerator);
        insert_figures(plan_accelerator_columns(), each, plan.has_power, types);
      }
      for (const SitePlan& each : period.by_site) {
        insert_period(plan.strategy, period, sites);
        sites.text(each.site);
        insert_figures(plan_site_columns(), each, plan.has_power, sites);
      }
    }
  }
  insert_actuals(database, run);
}

}  // namespace fleetrace::output
