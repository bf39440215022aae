#include "sim/output/folder/sqlite_plan.hpp"

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

template <class Part>
void insert_figures(std::span<const PlanColumn<Part>> columns, const Part& part, bool has_power, Insert& rows) {
  for (const PlanColumn<Part>& column : columns) {
    const PlanValue value = plan_value(column, part, has_power);
    const auto* count = std::get_if<std::int64_t>(&value);
    count != nullptr ? rows.integer(*count) : rows.real(number_of(value));
  }
}

}  // namespace

void create_plan_tables(Database& database) {
  const std::string period = "strategy TEXT, period TEXT, begins TEXT, ends TEXT";
  database.run("CREATE TABLE plan (" + period + plan_columns_sql(plan_columns()) + ')');
  database.run("CREATE TABLE plan_accelerators (" + period + ", accelerator TEXT" +
               plan_columns_sql(plan_accelerator_columns()) + ')');
  database.run("CREATE TABLE plan_sites (" + period + ", site TEXT" + plan_columns_sql(plan_site_columns()) + ')');
}

void insert_plans(Database& database, const Run& run) {
  const auto columns = [](std::size_t before, std::size_t figures) { return static_cast<int>(before + figures); };
  Insert all(database, "plan", columns(4, plan_columns().size()));
  Insert types(database, "plan_accelerators", columns(5, plan_accelerator_columns().size()));
  Insert sites(database, "plan_sites", columns(5, plan_site_columns().size()));
  for (const StrategyPlan& plan : run.plans) {
    for (const PlanPeriod& period : plan.periods) {
      const auto begin = [&](Insert& rows) {
        rows.text(plan.strategy).text(period.name);
        rows.text(core::to_iso8601(period.begins)).text(core::to_iso8601(period.ends));
      };
      begin(all);
      insert_figures(plan_columns(), period, plan.has_power, all);
      for (const AcceleratorPlan& each : period.by_type) {
        begin(types);
        types.text(each.accelerator);
        insert_figures(plan_accelerator_columns(), each, plan.has_power, types);
      }
      for (const SitePlan& each : period.by_site) {
        begin(sites);
        sites.text(each.site);
        insert_figures(plan_site_columns(), each, plan.has_power, sites);
      }
    }
  }
}

}  // namespace fleetrace::output
