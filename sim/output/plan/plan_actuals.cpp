#include "sim/output/plan/plan_actuals.hpp"

#include <cmath>
#include <optional>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output {
namespace {

using core::Money;

/// A figure of the actual of a period; none where it has no actual.
template <auto Value>
PlanValue of_actual(const PlanPeriod& period) {
  return period.actual ? Value(*period.actual) : PlanValue();
}

PlanValue megawatts(const std::optional<double>& watts) { return watts ? PlanValue(*watts / 1e6) : PlanValue(); }
PlanValue money(const std::optional<Money>& amount) { return amount ? PlanValue(*amount) : PlanValue(); }

template <auto Member>
PlanValue count(const PlanAndActual& both) {
  return both.is_counted ? PlanValue(both.accelerators().*Member) : PlanValue();
}
PlanValue counted_variance(const PlanAndActual& both) {
  return both.is_counted ? PlanValue(both.accelerators().variance()) : PlanValue();
}
PlanValue planned_draw(const PlanAndActual& both) {
  return both.power.empty() ? PlanValue() : megawatts(both.draw().planned);
}
PlanValue actual_draw(const PlanAndActual& both) { return megawatts(both.draw().actual); }
PlanValue draw_variance(const PlanAndActual& both) { return difference(planned_draw(both), actual_draw(both)); }
PlanValue planned_spend(const PlanAndActual& both) { return both.planned_spend; }
PlanValue actual_spend(const PlanAndActual& both) { return money(both.spend); }
PlanValue spend_variance(const PlanAndActual& both) { return difference(planned_spend(both), actual_spend(both)); }
PlanValue correction(const PlanPeriod& period) { return period.money.correction; }

constexpr PlanColumn<PlanPeriod> kColumns[] = {
    {"accelerators_planned", of_actual<count<&PlannedAndCounted::planned>>},
    {"accelerators_actual", of_actual<count<&PlannedAndCounted::actual>>},
    {"accelerators_variance", of_actual<counted_variance>},
    {"site_draw_planned_mw", of_actual<planned_draw>, PlanKind::real, true},
    {"site_draw_actual_mw", of_actual<actual_draw>, PlanKind::real},
    {"site_draw_variance_mw", of_actual<draw_variance>, PlanKind::real, true},
    {"spend_to_date_planned_usd", of_actual<planned_spend>, PlanKind::money},
    {"spend_to_date_actual_usd", of_actual<actual_spend>, PlanKind::money},
    {"spend_to_date_variance_usd", of_actual<spend_variance>, PlanKind::money},
    {"correction_usd", correction, PlanKind::money},
};

Cell count_cell(const PlanValue& value, bool has_sign = false) {
  const auto* number = std::get_if<std::int64_t>(&value);
  if (number == nullptr) return Cell::none();
  return {*number, (has_sign && *number > 0 ? "+" : "") + grouped(*number)};
}

Cell scaled_cell(const Scale& scale, const PlanValue& value, double factor, bool has_sign = false) {
  const double number = number_of(value) * factor;
  if (std::isnan(number)) return Cell::none();
  return {number, (has_sign && number > 0 ? "+" : "") + scale.number(number)};
}

/// Adds three columns of one figure.
void add_columns(const char* what, const std::string& unit, Table& table) {
  table.add_column({.heading = std::string(what) + "\nplanned", .unit = unit, .starts_group = true});
  table.add_column({.heading = "\nactual", .unit = unit});
  table.add_column({.heading = "\nvariance", .unit = unit});
}

/// Whether the periods have no value of a figure.
bool is_absent(const StrategyPlan& plan, PlanValue (*value)(const PlanAndActual&)) {
  return std::none_of(plan.periods.begin(), plan.periods.end(), [&](const PlanPeriod& period) {
    return period.actual && !std::holds_alternative<std::monostate>(value(*period.actual));
  });
}

}  // namespace

std::span<const PlanColumn<PlanPeriod>> actual_columns() { return kColumns; }

ActualNames::ActualNames(const std::vector<StrategyPlan>& plans) {
  for (const StrategyPlan& plan : plans) {
    for (const PlanPeriod& period : plan.periods) {
      if (!period.actual) continue;
      for (const PlannedAndCounted& each : period.actual->counts) {
        const bool is_known = std::any_of(pairs.begin(), pairs.end(), [&](const PlannedAndCounted& other) {
          return other.site == each.site && other.accelerator == each.accelerator;
        });
        if (!is_known) pairs.push_back({each.accelerator, each.site});
      }
      for (const PlannedAndMetered& each : period.actual->power) {
        if (std::find(sites.begin(), sites.end(), each.site) == sites.end()) sites.push_back(each.site);
      }
    }
  }
  // The one site of a scenario without sites has no name, and its figures are those of all.
  std::erase(sites, std::string());
}

bool has_actuals(const std::vector<StrategyPlan>& plans) {
  return std::any_of(plans.begin(), plans.end(), [](const StrategyPlan& plan) { return plan.has_actuals; });
}

std::string actual_heading(const std::string& site, const std::string& accelerator, const char* what) {
  std::string heading = site;
  if (!site.empty()) heading += '_';
  heading += accelerator;
  if (!accelerator.empty()) heading += '_';
  return heading + what;
}

ActualValues values_of_pair(const PlanPeriod& period, const PlannedAndCounted& pair) {
  if (!period.actual || !period.actual->is_counted) return {};
  for (const PlannedAndCounted& each : period.actual->counts) {
    if (each.site == pair.site && each.accelerator == pair.accelerator)
      return {each.planned, each.actual, each.variance()};
  }
  return {std::int64_t{0}, std::int64_t{0}, std::int64_t{0}};
}

ActualValues values_of_site(const PlanPeriod& period, const std::string& site) {
  if (!period.actual) return {};
  for (const PlannedAndMetered& each : period.actual->power) {
    if (each.site != site) continue;
    const PlanValue planned = megawatts(each.planned);
    const PlanValue actual = megawatts(each.actual);
    return {planned, actual, difference(planned, actual)};
  }
  return {};
}

void write_actual(const PlanPeriod& period, bool has_power, core::JsonWriter& json) {
  if (period.is_correction) json.boolean("is_correction", true);
  if (!period.actual) return;
  json.begin_object("actual");
  json.time("date", period.actual->date);
  const auto write = [&](std::string_view name, const PlanValue& value, PlanKind kind) {
    json.key(name);
    const std::string text = plan_text(value, kind);
    text.empty() ? json.null() : json.number(text);
  };
  for (const PlanColumn<PlanPeriod>& column : kColumns)
    write(column.name, plan_value(column, period, has_power), column.kind);
  json.flat_objects("accelerators", period.actual->counts, [&](const PlannedAndCounted& each) {
    each.site.empty() ? json.null("site") : json.text("site", each.site);
    json.text("accelerator", each.accelerator);
    json.integer("planned", each.planned);
    json.integer("actual", each.actual);
    json.integer("variance", each.variance());
  });
  json.flat_objects("sites", period.actual->power, [&](const PlannedAndMetered& each) {
    each.site.empty() ? json.null("site") : json.text("site", each.site);
    const ActualValues values = values_of_site(period, each.site);
    write("site_draw_planned_mw", values.planned, PlanKind::real);
    write("site_draw_actual_mw", values.actual, PlanKind::real);
    write("site_draw_variance_mw", values.variance, PlanKind::real);
  });
  json.end_object();
}

Table actuals_table(const StrategyPlan& plan) {
  Table table;
  double watts = 0;
  double usd = 0;
  for (const PlanPeriod& period : plan.periods) {
    if (!period.actual) continue;
    watts = std::max({watts, period.actual->draw().planned, period.actual->draw().actual.value_or(0)});
    usd = std::max({usd, period.actual->planned_spend.usd(), period.actual->spend.value_or(Money{}).usd()});
  }
  const Scale power = scale_for(Scaled::power, watts);
  const Scale amount = scale_for(Scaled::money, usd);
  const bool has_counts = !is_absent(plan, counted_variance);
  const bool has_draw = plan.has_power && !is_absent(plan, actual_draw);
  const bool has_spend = !is_absent(plan, actual_spend);
  table.add_column(text_column("period"));
  table.add_column(text_column("actual of"));
  if (has_counts) add_columns("in place", "", table);
  if (has_draw) add_columns("draw", power.unit, table);
  if (has_spend) add_columns("spend to date", amount.unit, table);
  for (const PlanPeriod& period : plan.periods) {
    if (!period.actual) continue;
    const PlanAndActual& both = *period.actual;
    Table::Row row{period.name, core::to_date(both.date)};
    if (has_counts) {
      row.push_back(count_cell(count<&PlannedAndCounted::planned>(both)));
      row.push_back(count_cell(count<&PlannedAndCounted::actual>(both)));
      row.push_back(count_cell(counted_variance(both), true));
    }
    if (has_draw) {
      row.push_back(scaled_cell(power, planned_draw(both), 1e6));
      row.push_back(scaled_cell(power, actual_draw(both), 1e6));
      row.push_back(scaled_cell(power, draw_variance(both), 1e6, true));
    }
    if (has_spend) {
      row.push_back(scaled_cell(amount, planned_spend(both), 1));
      row.push_back(scaled_cell(amount, actual_spend(both), 1));
      row.push_back(scaled_cell(amount, spend_variance(both), 1, true));
    }
    table.add_row(std::move(row));
  }
  return table;
}

Table actuals_by_type_table(const StrategyPlan& plan) {
  Table table;
  table.add_column(text_column("period"));
  table.add_column(naming_column("actual of"));
  table.add_column(naming_column("site"));
  table.add_column(naming_column("accelerator"));
  add_columns("in place", "", table);
  bool are_several = false;
  for (const PlanPeriod& period : plan.periods) {
    if (!period.actual) continue;
    are_several = are_several || period.actual->counts.size() > 1;
    for (const PlannedAndCounted& each : period.actual->counts) {
      table.add_row({period.name, core::to_date(period.actual->date), core::printable(each.site),
                     core::printable(each.accelerator), count_cell(each.planned), count_cell(each.actual),
                     count_cell(each.variance(), true)});
    }
  }
  return are_several ? table : Table{};
}

void add_actuals_notes(const Run& run, std::vector<std::string>& notes) {
  if (!has_actuals(run.plans)) return;
  notes.emplace_back(
      "Actuals are set beside the plan on their own date. The draw is the average power of what works then, with the overhead of "
      "the site; the spend is all cash out since the start.");
  const bool is_forecast = std::any_of(run.plans.begin(), run.plans.end(), [](const StrategyPlan& plan) {
    return std::any_of(plan.periods.begin(), plan.periods.end(), [](const auto& each) { return each.is_correction; });
  });
  if (!is_forecast) return;
  notes.emplace_back(
      "\"to actuals\" is the correction from the plan to them: what is late is taken back, so that it counts as delivered and "
      "installed less than zero, and the difference in spend is capex.");
}

}  // namespace fleetrace::output
