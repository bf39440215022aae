#include <algorithm>
#include <cmath>
#include <map>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/page/html.hpp"
#include "sim/output/page/page_charts.hpp"
#include "sim/output/page/page_document.hpp"
#include "sim/output/page/page_opening.hpp"
#include "sim/output/page/page_sections.hpp"
#include "sim/output/studies/optimum.hpp"
#include "sim/output/studies/optimum_tables.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"
#include "sim/study/optimise/plan_scenario.hpp"

namespace fleetrace::output {
namespace {

using page::add_section;
using page::Figure;
using page::RowsFigure;
using page::scrolling;
using study::Optimum;
using study::PlannedPurchase;

/// Losses of the size of a millionth are shown as so many of them.
constexpr double kMillionth = 1e-6;

double milliseconds(core::Time at) { return static_cast<double>(at.milliseconds()); }

std::string what_is_bought(const PlannedPurchase& each) {
  return each.accelerator.empty() ? std::string("hardware") : core::printable(each.accelerator);
}

/// What is ordered when: a row for each accelerator.
RowsFigure schedule_figure(const Optimum& optimum, const fleet::Horizon& horizon) {
  RowsFigure figure;
  RowsChart& chart = figure.chart;
  chart.id = "schedule";
  chart.title = "What is ordered when";
  figure.note = "Each diamond is an order.";
  chart.is_dates = true;
  chart.x = page::horizon_axis(horizon);
  for (const PlannedPurchase& each : optimum.schedule) {
    const std::string name = what_is_bought(each);
    const auto found = std::find(chart.rows.begin(), chart.rows.end(), name);
    const auto row = static_cast<std::size_t>(found - chart.rows.begin());
    if (found == chart.rows.end()) chart.rows.push_back(name);
    const std::string tip = core::to_date(each.at) + ": " +
                            (each.accelerator.empty() ? std::string() : grouped(each.count) + ' ' + name + " for ") +
                            format_unit(Scaled::money, each.cost.usd());
    chart.dots.push_back({row, milliseconds(each.at), 'c' + std::to_string(row % kColours), tip});
    chart.description += (chart.description.empty() ? "" : "; ") + tip;
  }
  return figure;
}

/// The value of money by date against its price: where the plan is the best, it spends only where the two touch.
Figure money_figure(const Optimum& optimum, const fleet::Horizon& horizon) {
  Figure figure;
  Chart& chart = figure.chart;
  chart.id = "money";
  chart.title = "What a million dollars more would bring by date of order";
  figure.note =
      "At the best accelerator and site of each date, less what it takes of other limits. The best plan spends where this "
      "comes up to what a million dollars of the budget is worth, and nowhere else.";
  chart.x = page::horizon_axis(horizon);
  chart.y_title = "millionths of loss";
  Line line{line_class(0), {}, {}};
  double most = 0;  // one more million goes to the best date
  Table table;
  table.add_column({.heading = "date", .align = Align::left});
  table.add_column({.heading = "a million USD\nmore brings", .unit = "1e-6"});
  table.add_column({.heading = "ordered", .align = Align::left});
  for (const study::ValueOfMoney& each : optimum.money_by_date) {
    const double gain = each.gain / kMillionth;
    most = std::max(most, gain);
    line.points.push_back({milliseconds(each.at), gain});
    table.add_row({core::to_date(each.at), fixed(gain, 3), each.is_spent ? "yes" : ""});
  }
  chart.y = linear_axis(0, most, 5);
  chart.lines.push_back(std::move(line));
  chart.levels.push_back({most, "a million of the budget"});
  chart.description = "It rises to " + rough(most, 3) +
                      " millionths of loss, which a million dollars of the budget is worth.";
  figure.data = std::move(table);
  return figure;
}

/// What one more of each limit of a site is worth, by date.
std::vector<std::string> limit_figures(const Optimum& optimum, const fleet::Horizon& horizon) {
  std::map<std::string, std::vector<study::WorthByDate>> limits;
  for (const study::WorthByDate& each : optimum.limits_by_date) limits[each.of].push_back(each);
  std::vector<std::string> figures;
  for (const auto& [of, dates] : limits) {
    Figure figure;
    Chart& chart = figure.chart;
    chart.id = "limit-" + std::to_string(figures.size());
    chart.title = "Value of one " + dates.front().unit + " more of " + core::printable(of) + " by date";
    figure.note = "Until the next date on which something may arrive. Where it is 0 the limit does not bind.";
    chart.x = page::horizon_axis(horizon);
    chart.y_title = "millionths of loss";
    Line line{line_class(figures.size()), {}, {}};
    double most = 0;
    Table table;
    table.add_column({.heading = "from", .align = Align::left});
    table.add_column({.heading = "one more brings", .unit = "1e-6"});
    for (std::size_t i = 0; i < dates.size(); ++i) {
      const double gain = dates[i].gain / kMillionth;
      const core::Time until = i + 1 < dates.size() ? dates[i + 1].from : horizon.end;
      most = std::max(most, gain);
      line.points.push_back({milliseconds(dates[i].from), gain});
      line.points.push_back({milliseconds(until), gain});
      table.add_row({core::to_date(dates[i].from), fixed(gain, 3)});
    }
    chart.y = linear_axis(0, most, 5);
    chart.description = "At most " + rough(most, 3) + " millionths of loss.";
    chart.lines.push_back(std::move(line));
    figure.data = std::move(table);
    figures.push_back(page::to_html(figure));
  }
  return figures;
}

/// The least and the most that plans spend by year which are nearly as good, and what this one spends.
RowsFigure range_figure(const Optimum& optimum) {
  RowsFigure figure;
  RowsChart& chart = figure.chart;
  chart.id = "ranges";
  chart.title = "What plans spend by year whose loss is within " + rough(optimum.within * 100, 3) + " % of the best";
  figure.note = "Bar: the least and the most of any such plan. Diamond: this plan.";
  const Scale scale = scale_for(Scaled::money, optimum.budget.usd());
  chart.x_title = scale.unit;
  double most = 0;
  std::vector<study::SpendingRange> years = optimum.flat;
  std::erase_if(years, [&](const study::SpendingRange& each) { return each.within != optimum.within; });
  for (std::size_t i = 0; i < years.size(); ++i) {
    const study::SpendingRange& year = years[i];
    double spent = 0;
    for (const PlannedPurchase& each : optimum.schedule) {
      const bool is_before_end = i + 1 >= years.size() || each.at < years[i + 1].from;
      if (each.at >= year.from && is_before_end) spent += each.cost.usd();
    }
    const std::string name = "from " + core::to_date(year.from);
    const std::string tip = name + ": " + format_unit(Scaled::money, year.least_usd) + " to " +
                            format_unit(Scaled::money, year.most_usd) + ", this plan " +
                            format_unit(Scaled::money, spent);
    chart.rows.push_back(name);
    chart.bars.push_back({i, year.least_usd / scale.divisor, year.most_usd / scale.divisor, "soft c0", tip});
    chart.dots.push_back({i, spent / scale.divisor, "c0", tip});
    chart.description += (i == 0 ? "" : "; ") + tip;
    most = std::max({most, year.most_usd / scale.divisor, spent / scale.divisor});
  }
  chart.x = linear_axis(0, most, 4);
  return figure;
}

/// Loss, money and power of the plan and of every strategy.
Table versus_table(const Run& run) {
  Table table;
  table.add_column({.heading = "strategy", .align = Align::left});
  table.add_column({.heading = "final\nloss"});
  table.add_column({.heading = "mean\nloss"});
  table.add_column({.heading = "hardware", .unit = "B USD"});
  table.add_column({.heading = "all\nspending", .unit = "B USD"});
  table.add_column({.heading = "peak site\npower", .unit = "MW"});
  std::vector<std::size_t> order(run.setups.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const bool is_plan = run.setups[a].strategy.name == study::kOptimumName;
    return is_plan && run.setups[b].strategy.name != study::kOptimumName;
  });
  for (const std::size_t i : order) {
    const fleet::Summary& final = run.outcomes[i].final;
    const std::string name = run.setups[i].strategy.name;
    table.add_row({name == study::kOptimumName ? "optimum (this plan)" : core::printable(name),
                   fixed(final.relative_loss, 4), fixed(final.mean_relative_loss, 4), fixed(final.capex.usd() / 1e9, 3),
                   fixed(final.spend().usd() / 1e9, 3), fixed(final.peak_site_power / 1e6, 2)});
  }
  return table;
}

Table worth_table(const Optimum& optimum) {
  Table table;
  table.add_column({.heading = "one more", .align = Align::left});
  table.add_column({.heading = "of", .align = Align::left});
  switch (optimum.objective) {
    case fleet::Metric::cost_to_target: table.add_column({.heading = "saves", .unit = "USD"}); break;
    case fleet::Metric::npv: table.add_column({.heading = "adds", .unit = "USD"}); break;
    case fleet::Metric::time_to_target: table.add_column({.heading = "is sooner\nby", .unit = "days"}); break;
    default: table.add_column({.heading = "lowers the\nloss by", .unit = "1e-6"});
  }
  double unit = optimum.target ? 1 : kMillionth;
  if (optimum.objective == fleet::Metric::npv) unit = 1;
  if (optimum.objective == fleet::Metric::time_to_target) unit = core::kDay.years();
  for (const study::MarginalWorth& each : optimum.worth)
    table.add_row({each.unit, core::printable(each.of), fixed(each.gain / unit, 3)});
  return table;
}

}  // namespace

std::string to_html(const OptimumReport& report, const Run& raced, const std::vector<std::string>& arguments,
                    std::string_view resolved_yaml) {
  const Optimum& optimum = report.optimum;
  const fleet::Horizon& horizon = raced.setups.front().horizon;
  page::Document document;
  document.name = core::printable(report.name);
  document.question = "What should " + core::printable(optimum.strategy) + " buy when, and how good can any plan be?";
  document.description = page::description(report.plan);
  document.answer = page::opening_answer(report, raced);
  document.cost = page::cost_difference(raced, optimum.strategy);
  page::add_warnings(document, report.plan.warnings);
  document.certainty =
      optimum.bound
          ? "The bound is proved; the value of the plan is that of a race. Uncertain inputs are at their medians."
          : "The value of the plan is that of a race. Nothing is proved of other plans.";
  std::string plan;
  std::string loss = page::to_html(page::loss_chart(raced));
  if (!optimum.schedule.empty()) {
    document.chart = page::to_html(schedule_figure(optimum, horizon)) + '\n';
    plan = scrolling(schedule_table(optimum.schedule), "Every order of the plan");
  }
  document.chart += loss;
  if (!optimum.retired.empty())
    plan += scrolling(retired_table(optimum.retired), "What is taken out of the initial fleet");
  add_section(document, "plan", "The plan",
              plan + html_element("p", answer(report)) + page::list_html(optimum_notes(report)));
  std::vector<std::string> races;
  for (const Figure& each : page::cost_charts(raced)) races.push_back(page::to_html(each));
  add_section(document, "versus", "Beside the strategies of the scenario",
              scrolling(versus_table(raced), "Loss, money and power of the plan and of every strategy") +
                  page::charts_html(races));
  std::vector<std::string> why;
  if (!optimum.money_by_date.empty()) why.push_back(page::to_html(money_figure(optimum, horizon)));
  if (!optimum.flat.empty()) why.push_back(page::to_html(range_figure(optimum)));
  if (!why.empty()) add_section(document, "why", "Why these dates", page::charts_html(why));
  if (!optimum.worth.empty()) {
    const std::vector<std::string> limits = limit_figures(optimum, horizon);
    add_section(document, "worth", "Worth of one more",
                (limits.empty() ? std::string() : page::charts_html(limits)) +
                    scrolling(worth_table(optimum), "What one more of each limit is worth; 0 where it does not bind"));
  }
  add_section(document, "assumptions", "Assumptions", page::assumptions_html(raced, resolved_yaml));
  add_section(document, "reproduce", "How to reproduce this",
              page::reproduce_html({report.name, report.sha256, report.seed, "inputs at their medians", arguments}));
  return page::to_html(document);
}

}  // namespace fleetrace::output
