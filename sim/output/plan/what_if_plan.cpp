#include "sim/output/plan/what_if_plan.hpp"

#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/api/plan_periods.hpp"
#include "sim/core/text/wrap.hpp"
#include "sim/output/json/document.hpp"
#include "sim/output/json/warnings_json.hpp"
#include "sim/output/plan/plan_columns.hpp"
#include "sim/output/plan/plan_sinks.hpp"
#include "sim/output/table/text.hpp"
#include "sim/output/table/workbook.hpp"
#include "sim/output/table/writers.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::output {
namespace {

/// The same period of the same strategy in the base; nullptr where it has none, such as beyond the horizon of the base.
const PlanPeriod* in_base(const WhatIfReport& report, const std::string& strategy, const PlanPeriod& period) {
  const std::vector<StrategyPlan>& plans = report.cases.front().at_medians.plans;
  const auto plan = std::find_if(plans.begin(), plans.end(),
                                 [&](const auto& each) { return each.strategy == strategy; });
  if (plan == plans.end()) return nullptr;
  const auto same = std::find_if(plan->periods.begin(), plan->periods.end(), [&](const PlanPeriod& each) {
    return each.begins == period.begins && each.ends == period.ends;
  });
  return same == plan->periods.end() ? nullptr : &*same;
}

/// One figure of a period, in the base and in a case.
struct Compared {
  const PlanColumn<PlanPeriod>& column;
  PlanValue base;
  PlanValue changed;
  PlanValue difference;

  Compared(const PlanColumn<PlanPeriod>& figure, const PlanPeriod* before, const PlanPeriod& after, bool has_power)
      : column(figure),
        base(before == nullptr ? PlanValue{} : plan_value(figure, *before, has_power)),
        changed(plan_value(figure, after, has_power)),
        difference(output::difference(base, changed)) {}

  [[nodiscard]] bool differs() const { return number_of(difference) != 0; }
};

bool has_value(const PlanValue& value) { return !std::holds_alternative<std::monostate>(value); }

/// A value for people: counts and money with their thousands separated.
Cell cell_of(const PlanValue& value, bool has_sign) {
  if (!has_value(value)) return Cell::none();
  const double number = number_of(value);
  std::string text;
  if (const auto* count = std::get_if<std::int64_t>(&value)) {
    text = grouped(*count);
  } else if (std::holds_alternative<core::Money>(value)) {
    text = grouped(std::llround(number));
  } else {
    text = rough(number, 5);
  }
  return {number, (has_sign && number > 0 ? "+" : "") + text};
}

/// The rows of one strategy: figures that differ, or exist in the case alone.
Table differences(const WhatIfReport& report, const StrategyPlan& plan, const std::string& name) {
  Table table;
  table.add_column(text_column("period"));
  table.add_column(naming_column("figure"));
  for (const std::string& heading : {std::string("base"), name, std::string("difference")}) table.add_column({heading});
  for (const PlanPeriod& period : plan.periods) {
    const PlanPeriod* before = in_base(report, plan.strategy, period);
    for (const PlanColumn<PlanPeriod>& column : plan_columns()) {
      // Joules are there for sums, and kilowatt-hours for people.
      if (column.kind == PlanKind::whole) continue;
      const Compared each(column, before, period, plan.has_power);
      const bool is_alone = has_value(each.changed) != has_value(each.base) && number_of(each.changed) != 0;
      if (!is_alone && (!has_value(each.difference) || !each.differs())) continue;
      table.add_row({period.name, column.name, cell_of(each.base, false), cell_of(each.changed, false),
                     cell_of(each.difference, true)});
    }
  }
  return table;
}

std::string case_name(const WhatIfReport& report, std::size_t index) {
  return index < report.result.cases.size() ? report.result.cases[index].name : std::string{};
}

struct Titled {
  std::string title;
  Table table;
};

std::vector<Titled> tables(const WhatIfReport& report) {
  std::vector<Titled> all;
  for (std::size_t i = 1; i < report.cases.size(); ++i) {
    const WhatIfCaseReport& one = report.cases[i];
    const std::string name = core::printable(case_name(report, i));
    for (const StrategyPlan& plan : one.at_medians.plans) {
      Table table = differences(report, plan, name);
      const std::string strategy = core::printable(plan.strategy);
      std::string title = name;
      title.append(", ").append(strategy);
      if (table.empty()) {
        title += ": no figure of any period differs from the base";
      } else if (!one.summary.empty()) {
        title.append(": ").append(core::printable(one.summary));
      }
      all.push_back({std::move(title), std::move(table)});
    }
  }
  return all;
}

std::string headline(const WhatIfReport& report) {
  const PlanOptions options = report.cases.front().at_medians.plan_options.value_or(PlanOptions{});
  return core::printable(report.name) + ' ' + to_string(options) +
         ", at the medians of what is uncertain. Figures that do not differ are left out; csv and json have all.";
}

void write_figures(const PlanPeriod* period, bool has_power, const char* key, core::JsonWriter& json) {
  if (period == nullptr) return json.null(key);
  json.begin_flat_object(key);
  for (const PlanColumn<PlanPeriod>& column : plan_columns()) {
    json.key(column.name);
    const std::string text = plan_text(column, *period, has_power);
    text.empty() ? json.null() : json.number(text);
  }
  json.end_object();
}

void write_differences(const PlanPeriod* before, const PlanPeriod& after, bool has_power, core::JsonWriter& json) {
  if (before == nullptr) return json.null("difference");
  json.begin_flat_object("difference");
  for (const PlanColumn<PlanPeriod>& column : plan_columns()) {
    json.key(column.name);
    const std::string text = plan_text(Compared(column, before, after, has_power).difference, column.kind);
    text.empty() ? json.null() : json.number(text);
  }
  json.end_object();
}

/// The headings, and a row for each future, strategy and period.
template <class Sink>
void write_rows(const WhatIfReport& report, Sink& sink) {
  for (const char* name : {"future", "strategy", "period", "begins", "ends"}) sink.heading(name);
  for (const PlanColumn<PlanPeriod>& column : plan_columns()) sink.heading(column.name);
  for (const PlanColumn<PlanPeriod>& column : plan_columns()) sink.heading(column_with(column.name, "difference"));
  sink.end_headings();
  for (std::size_t i = 0; i < report.cases.size(); ++i) {
    for (const StrategyPlan& plan : report.cases[i].at_medians.plans) {
      for (const PlanPeriod& period : plan.periods) {
        sink.text(case_name(report, i));
        sink.text(plan.strategy);
        sink.text(period.name);
        sink.time(period.begins);
        sink.time(period.ends);
        const PlanPeriod* before = in_base(report, plan.strategy, period);
        for (const PlanColumn<PlanPeriod>& column : plan_columns())
          sink.figure(plan_value(column, period, plan.has_power), column.kind);
        for (const PlanColumn<PlanPeriod>& column : plan_columns())
          sink.figure(Compared(column, before, period, plan.has_power).difference, column.kind);
        sink.end_row();
      }
    }
  }
}

}  // namespace

std::string what_if_plan_table(const WhatIfReport& report, const TableStyle& style) {
  std::string text = core::wrapped(headline(report), style.width);
  for (const Titled& each : tables(report)) {
    text += '\n' + core::wrapped(each.title, style.width);
    if (!each.table.empty()) text += write_text(each.table, style);
  }
  if (const std::string note = scenario::money_note(report.cases.front().at_medians.scenario.root()); !note.empty())
    text += '\n' + core::wrapped(note, style.width);
  return text;
}

std::string what_if_plan_markdown(const WhatIfReport& report) {
  std::string text = markdown_text(headline(report)) + '\n';
  for (const Titled& each : tables(report)) {
    text += "\n### " + markdown_text(each.title) + '\n';
    if (!each.table.empty()) text += '\n' + write_markdown(each.table);
  }
  if (const std::string note = scenario::money_note(report.cases.front().at_medians.scenario.root()); !note.empty())
    text += "\n- " + markdown_text(note) + '\n';
  return text;
}

std::string what_if_plan_csv(const WhatIfReport& report) {
  PlanCsv csv;
  write_rows(report, csv);
  return std::move(csv).finish();
}

std::string what_if_plan_xlsx(const WhatIfReport& report) {
  PlanSheet sheet;
  write_rows(report, sheet);
  return write_xlsx({{"results", std::move(sheet).finish()},
                     about_sheet(report.name, report.sha256, report.seed,
                                 scenario::money_note(report.cases.front().at_medians.scenario.root()))});
}

std::string what_if_plan_json(const WhatIfReport& report) {
  const PlanOptions options = report.cases.front().at_medians.plan_options.value_or(PlanOptions{});
  core::JsonWriter json(core::JsonWriter::Layout::indented);
  json.begin_object();
  write_identity(json, report.name, report.sha256, report.seed,
                 scenario::money_note(report.cases.front().at_medians.scenario.root()));
  json.text("by", to_string(options.by));
  json.integer("fiscal_year_begins_month", options.fiscal_year_begins);
  write_warnings(json, report.warnings);
  json.begin_array("futures");
  for (std::size_t i = 0; i < report.cases.size(); ++i) {
    json.begin_object();
    json.text("name", case_name(report, i));
    json.text("summary", report.cases[i].summary);
    json.objects("strategies", report.cases[i].at_medians.plans, [&](const StrategyPlan& plan) {
      json.text("name", plan.strategy);
      json.objects("periods", plan.periods, [&](const PlanPeriod& period) {
        const PlanPeriod* before = in_base(report, plan.strategy, period);
        json.text("period", period.name);
        json.time("begins", period.begins);
        json.time("ends", period.ends);
        write_figures(before, plan.has_power, "base", json);
        write_figures(&period, plan.has_power, "future", json);
        write_differences(before, period, plan.has_power, json);
      });
    });
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return std::move(json).finish();
}

}  // namespace fleetrace::output
