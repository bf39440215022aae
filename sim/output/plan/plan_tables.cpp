#include <algorithm>
#include <cmath>
#include <functional>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/core/text/wrap.hpp"
#include "sim/output/plan/plan.hpp"
#include "sim/output/plan/plan_actuals.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"
#include "sim/output/table/writers.hpp"
#include "sim/scenario/schema/money_entry.hpp"

// A plan for people.
namespace fleetrace::output {
namespace {

/// The rows of a table about one strategy: what there is at the start, the periods, and what flows add up to.
enum class Line { start, period, total };

struct Lines {
  const StrategyPlan& plan;

  template <class Each>
  void each(const Each& add) const {
    add(plan.opening, Line::start);
    for (const PlanPeriod& period : plan.periods) add(period, Line::period);
    add(plan.total, Line::total);
  }
};

/// Nothing flows at the start, and a total has no stock.
Cell flow(Line line, const Cell& cell) { return line == Line::start ? Cell() : cell; }
Cell stock(Line line, const Cell& cell) { return line == Line::total ? Cell() : cell; }

Cell watts(const Scale& scale, double value, bool has_power) {
  return has_power && std::isfinite(value) ? Cell::scaled(scale, value) : Cell::none();
}

/// One scale for all powers of a strategy.
Scale power_scale(const StrategyPlan& plan) {
  double largest = 0;
  for (const PlanPeriod& period : plan.periods) {
    for (const double value : {period.power.nameplate_power, period.power.average_draw, period.power.power_limit})
      if (std::isfinite(value)) largest = std::max(largest, value);
  }
  return scale_for(Scaled::power, largest);
}

void add_flows_and_stocks(const AcceleratorPlan& each, Line line, Table::Row& row) {
  for (const std::int64_t count : {each.ordered, each.delivered, each.installed, each.retired})
    row.push_back(flow(line, Cell::integer(count)));
  for (const std::int64_t count : {each.on_order, each.waiting, each.in_place(), each.in_service})
    row.push_back(stock(line, Cell::integer(count)));
}

void add_accelerator_columns(Table& table) {
  for (const char* heading :
       {"ordered", "delivered", "installed", "retired", "on\norder", "waiting", "in\nplace", "in\nservice"})
    table.add_column({heading});
}

void add_power_columns(const Scale& scale, Table& table) {
  table.add_column({.heading = "IT nameplate", .unit = scale.unit, .starts_group = true});
  table.add_column({.heading = "average draw", .unit = scale.unit});
  table.add_column({.heading = "IT limit", .unit = scale.unit});
  table.add_column({.heading = "IT headroom", .unit = scale.unit});
}

void add_power(const Scale& scale, const SitePlan& site, Line line, bool has_power, Table::Row& row) {
  row.push_back(stock(line, watts(scale, site.nameplate_power, has_power)));
  row.push_back(flow(line, watts(scale, site.average_draw, has_power)));
  row.push_back(stock(line, watts(scale, site.power_limit, has_power)));
  row.push_back(stock(line, watts(scale, site.headroom(), has_power)));
}

Table fleet_table(const StrategyPlan& plan) {
  const Scale scale = power_scale(plan);
  const bool has_capacity_only = plan.total.by_type.empty() && plan.opening.by_type.empty();
  Table table;
  table.add_column(text_column("period"));
  if (has_capacity_only) {
    table.add_column({"peak\nFLOP/s"});
  } else {
    add_accelerator_columns(table);
  }
  add_power_columns(scale, table);
  Lines{plan}.each([&](const PlanPeriod& period, Line line) {
    Table::Row row{period.name};
    if (has_capacity_only) {
      row.push_back(stock(line, Cell::rough(period.capacity, 4)));
    } else {
      add_flows_and_stocks(period.accelerators, line, row);
    }
    add_power(scale, period.power, line, plan.has_power, row);
    table.add_row(std::move(row));
  });
  return table;
}

Table money_table(const StrategyPlan& plan) {
  using Amount = std::optional<core::Money>;
  struct Figure {
    const char* heading;
    bool is_flow;
    std::function<Amount(const MoneyPlan&)> amount;
  };
  const Figure all[] = {
      {"capex", true, [](const MoneyPlan& m) { return Amount(m.capex); }},
      {"of it correction", true, [](const MoneyPlan& m) { return Amount(m.correction); }},
      {"facility", true, [](const MoneyPlan& m) { return Amount(m.facility); }},
      {"power", true, [](const MoneyPlan& m) { return Amount(m.energy); }},
      {"research", true, [](const MoneyPlan& m) { return Amount(m.research); }},
      {"rent", true, [](const MoneyPlan& m) { return Amount(m.rent); }},
      {"cash out", true, [](const MoneyPlan& m) { return Amount(m.spend()); }},
      {"resale", true, [](const MoneyPlan& m) { return Amount(m.resale); }},
      {"revenue", true, [](const MoneyPlan& m) { return Amount(m.revenue); }},
      {"interest", true, [](const MoneyPlan& m) { return Amount(m.interest); }},
      {"budget left", false, [](const MoneyPlan& m) { return m.budget_left; }},
      {"written off", true, [](const MoneyPlan& m) { return m.depreciation; }},
      {"book value", false, [](const MoneyPlan& m) { return m.book_value; }},
  };
  // What is zero throughout has no column, but for the sum.
  std::vector<Figure> figures;
  for (const Figure& figure : all) {
    const bool is_zero = std::all_of(plan.periods.begin(), plan.periods.end(), [&](const PlanPeriod& period) {
      return figure.amount(period.money).value_or(core::Money{}) == core::Money{};
    });
    if (!is_zero || figure.heading == std::string_view("cash out")) figures.push_back(figure);
  }
  double largest = 0;
  for (const PlanPeriod& period : plan.periods) {
    for (const Figure& figure : figures)
      largest = std::max(largest, std::fabs(figure.amount(period.money).value_or(core::Money{}).usd()));
  }
  const Scale scale = scale_for(Scaled::money, largest);
  Table table;
  table.add_column(text_column("period"));
  for (const Figure& figure : figures) table.add_column({.heading = figure.heading, .unit = scale.unit});
  Lines{plan}.each([&](const PlanPeriod& period, Line line) {
    Table::Row row{period.name};
    for (const Figure& figure : figures) {
      const Amount amount = figure.amount(period.money);
      const Cell cell = amount ? Cell::scaled(scale, amount->usd()) : Cell::none();
      row.push_back(figure.is_flow ? flow(line, cell) : stock(line, cell));
    }
    table.add_row(std::move(row));
  });
  return table;
}

bool is_idle(const AcceleratorPlan& each) {
  return each.ordered == 0 && each.delivered == 0 && each.installed == 0 && each.retired == 0 && each.on_order == 0 &&
         each.waiting == 0 && each.in_place() == 0;
}

/// A row for each period and type that there is anything to say about, where there are several.
Table types_table(const StrategyPlan& plan) {
  Table table;
  if (plan.total.by_type.size() < 2) return table;
  table.add_column(text_column("period"));
  table.add_column(naming_column("accelerator"));
  add_accelerator_columns(table);
  Lines{plan}.each([&](const PlanPeriod& period, Line line) {
    for (const AcceleratorPlan& each : period.by_type) {
      const bool has_stock = each.on_order != 0 || each.waiting != 0 || each.in_place() != 0;
      if (line == Line::start ? !has_stock : is_idle(each)) continue;
      Table::Row row{period.name, core::printable(each.accelerator)};
      add_flows_and_stocks(each, line, row);
      table.add_row(std::move(row));
    }
  });
  return table;
}

/// A row for each period and site, where there are several.
Table sites_table(const StrategyPlan& plan) {
  Table table;
  if (plan.total.by_site.size() < 2) return table;
  const Scale scale = power_scale(plan);
  table.add_column(text_column("period"));
  table.add_column(naming_column("site"));
  add_power_columns(scale, table);
  Lines{plan}.each([&](const PlanPeriod& period, Line line) {
    if (line == Line::total) return;
    for (const SitePlan& each : period.by_site) {
      Table::Row row{period.name, core::printable(each.site)};
      add_power(scale, each, line, plan.has_power, row);
      table.add_row(std::move(row));
    }
  });
  return table;
}

std::string plan_headline(const Run& run) {
  const PlanOptions options = run.plan_options.value_or(PlanOptions{});
  std::string text = core::printable(run.scenario.name()) + " by " + std::string(to_string(options.by));
  if (options.fiscal_year_begins != 1)
    text += ", in fiscal years that begin in month " + std::to_string(options.fiscal_year_begins);
  if (run.setups.front().horizon.from) text += ", from " + core::to_date(*run.setups.front().horizon.from);
  return text + '.';
}

}  // namespace

std::vector<PlanTable> plan_tables(const Run& run) {
  std::vector<PlanTable> tables;
  for (const StrategyPlan& plan : run.plans) {
    const std::string name = core::printable(plan.strategy);
    tables.push_back({name + ": accelerators and power", fleet_table(plan)});
    tables.push_back({name + ": money", money_table(plan)});
    if (Table types = types_table(plan); !types.empty())
      tables.push_back({name + ": accelerators by type", std::move(types)});
    if (Table actuals = actuals_table(plan); !actuals.empty())
      tables.push_back({name + ": plan and actual", std::move(actuals)});
    if (Table actuals = actuals_by_type_table(plan); !actuals.empty())
      tables.push_back({name + ": plan and actual by site and type", std::move(actuals)});
    if (Table sites = sites_table(plan); !sites.empty()) tables.push_back({name + ": power by site", std::move(sites)});
  }
  return tables;
}

std::vector<std::string> plan_notes(const Run& run) {
  std::vector<std::string> notes;
  if (run.plans.empty()) return notes;
  notes.emplace_back(
      "A period has what happens from its first instant on, and what there is at its end. IT nameplate, limit and "
      "headroom are without the overhead of the site; the average draw is with it. Accelerators in repair, standing by "
      "or serving are in place, not in service. Capex is paid when it is ordered; energy, research and rent as they "
      "run up.");
  add_actuals_notes(run, notes);
  const PlanPeriod& last = run.plans.front().periods.back();
  if (last.ends - last.begins < core::kDay && run.plans.front().periods.size() > 1) {
    notes.push_back(
        "The last period is short: a year of a horizon's length is 365.25 days. horizon.end takes a date, "
        "such as " +
        core::to_date(last.begins) + '.');
  }
  return notes;
}

std::string plan_table(const Run& run, const TableStyle& style) {
  std::string text = core::wrapped(plan_headline(run), style.width) + '\n';
  for (const PlanTable& each : plan_tables(run)) text += each.title + '\n' + write_text(each.table, style) + '\n';
  for (const std::string& note : with_note(plan_notes(run), scenario::money_note(run.scenario.root())))
    text += core::wrapped(note, style.width);
  return text;
}

std::string plan_markdown(const Run& run) {
  std::string text = markdown_text(plan_headline(run)) + "\n\n";
  for (const PlanTable& each : plan_tables(run))
    text += "### " + markdown_text(each.title) + "\n\n" + write_markdown(each.table) + '\n';
  for (const std::string& note : with_note(plan_notes(run), scenario::money_note(run.scenario.root())))
    text += "- " + markdown_text(note) + '\n';
  return text;
}

}  // namespace fleetrace::output
