#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "sim/api/race.hpp"
#include "sim/core/text/json_writer.hpp"
#include "sim/output/plan/plan_columns.hpp"
#include "sim/output/table/table.hpp"

/// Plan, actual and variance by period. Only scenarios with actuals have any of it.
namespace fleetrace::output {

/// Figures of a period that has an actual: of all types and sites, and money. Private to the writers of plans.
[[nodiscard]] std::span<const PlanColumn<PlanPeriod>> actual_columns();

/// What of the actuals has columns of its own.
struct ActualNames {
  std::vector<PlannedAndCounted> pairs;  ///< a type on a site each
  std::vector<std::string> sites;        ///< whose power was metered

  explicit ActualNames(const std::vector<StrategyPlan>& plans);
};

[[nodiscard]] bool has_actuals(const std::vector<StrategyPlan>& plans);

/// The name of a column: "hall_H100_accelerators_planned".
[[nodiscard]] std::string actual_heading(const std::string& site, const std::string& accelerator, const char* what);

/// The headings behind those of a plan, and in each row the figures below them.
template <class Sink>
void write_actual_headings(const ActualNames& names, Sink& sink) {
  sink.heading("actual_date");
  for (const PlanColumn<PlanPeriod>& column : actual_columns()) sink.heading(column.name);
  for (const PlannedAndCounted& each : names.pairs) {
    for (const char* what : {"accelerators_planned", "accelerators_actual", "accelerators_variance"})
      sink.heading(actual_heading(each.site, each.accelerator, what));
  }
  for (const std::string& site : names.sites) {
    for (const char* what : {"site_draw_planned_mw", "site_draw_actual_mw", "site_draw_variance_mw"})
      sink.heading(actual_heading(site, "", what));
  }
}

/// What of a period stands in a pair's or a site's columns: planned, actual and variance.
struct ActualValues {
  PlanValue planned, actual, variance;
};
[[nodiscard]] ActualValues values_of_pair(const PlanPeriod& period, const PlannedAndCounted& pair);
[[nodiscard]] ActualValues values_of_site(const PlanPeriod& period, const std::string& site);

template <class Sink>
void write_actual_fields(const ActualNames& names, const PlanPeriod& period, bool has_power, Sink& sink) {
  period.actual ? sink.time(period.actual->date) : sink.text("");
  for (const PlanColumn<PlanPeriod>& column : actual_columns())
    sink.figure(plan_value(column, period, has_power), column.kind);
  const auto write = [&](const ActualValues& values, PlanKind kind) {
    for (const PlanValue& each : {values.planned, values.actual, values.variance}) sink.figure(each, kind);
  };
  for (const PlannedAndCounted& each : names.pairs) write(values_of_pair(period, each), PlanKind::count);
  for (const std::string& site : names.sites) write(values_of_site(period, site), PlanKind::real);
}

/// The member `actual` of a period that has one.
void write_actual(const PlanPeriod& period, bool has_power, core::JsonWriter& json);

/// For each period with an actual plan, actual and variance of all together; then of each type on each site, where there are
/// several.
[[nodiscard]] Table actuals_table(const StrategyPlan& plan);
[[nodiscard]] Table actuals_by_type_table(const StrategyPlan& plan);

/// What a reader has to know.
void add_actuals_notes(const Run& run, std::vector<std::string>& notes);

}  // namespace fleetrace::output
