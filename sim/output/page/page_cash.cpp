#include <algorithm>
#include <array>

#include "sim/output/page/page_plan.hpp"
#include "sim/output/run/report.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output::page {
namespace {

constexpr std::size_t kKinds = 5;

/// What money is paid for, and the class of its area.
struct Kind {
  std::string_view name;
  core::Money MoneyPlan::*paid;
  std::string_view css_class;
};
constexpr std::array<Kind, kKinds> kMoney = {
    Kind{"hardware", &MoneyPlan::capex, "g1"}, Kind{"sites", &MoneyPlan::facility, "g3"},
    Kind{"energy", &MoneyPlan::energy, "g5"}, Kind{"research", &MoneyPlan::research, "g6"},
    Kind{"rent", &MoneyPlan::rent, "g7"}};

/// Money that is paid within one calendar year.
struct Year {
  std::string name;
  core::Time begins;
  core::Time ends;
  std::array<double, kKinds> usd = {};
};

std::string year_of(core::Time time) {
  const std::string date = core::to_date(time);
  return date.substr(0, date.find('-', 1));
}

std::vector<Year> years_of(const StrategyPlan& plan) {
  std::vector<Year> years;
  for (const PlanPeriod& period : plan.periods) {
    const std::string name = year_of(period.begins);
    if (years.empty() || years.back().name != name) years.push_back({name, period.begins, period.ends, {}});
    Year& year = years.back();
    year.ends = period.ends;
    for (std::size_t kind = 0; kind < kKinds; ++kind) year.usd[kind] += (period.money.*kMoney[kind].paid).usd();
  }
  return years;
}

double paid_in(const Year& year) {
  double sum = 0;
  for (const double each : year.usd) sum += std::max(each, 0.0);
  return sum;
}

Figure cash_figure(const Run& run, std::size_t strategy, const std::vector<Year>& years, const Scale& scale,
                   const Axis& y) {
  Figure figure;
  Chart& chart = figure.chart;
  chart.id = "cash-" + std::to_string(strategy);
  chart.title = "Cash out of " + shown_name(run.outcomes[strategy]) + " by year";
  chart.y_title = scale.unit + " a year";
  chart.unit = scale.unit;
  chart.is_stepped = true;
  chart.x = horizon_axis(run.setups[strategy].horizon);
  chart.y = y;
  figure.data.add_column({"year", Align::left});
  std::vector<Point> below;
  below.reserve(years.size() + 1);
  for (const Year& year : years) below.push_back({static_cast<double>(year.begins.milliseconds()), 0});
  below.push_back({static_cast<double>(years.back().ends.milliseconds()), 0});
  std::vector<std::size_t> shown;
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    const bool is_paid = std::any_of(years.begin(), years.end(),
                                     [kind](const Year& year) { return year.usd[kind] > 0; });
    if (!is_paid) continue;
    std::vector<Point> above = below;
    for (std::size_t i = 0; i < above.size(); ++i)
      above[i].y += std::max(years[std::min(i, years.size() - 1)].usd[kind], 0.0) / scale.divisor;
    chart.areas.push_back({std::string(kMoney[kind].css_class), below, above, std::string(kMoney[kind].name)});
    figure.keys.push_back({std::string(kMoney[kind].css_class), std::string(kMoney[kind].name), true});
    figure.data.add_column({.heading = std::string(kMoney[kind].name), .unit = scale.unit});
    below = std::move(above);
    shown.push_back(kind);
  }
  keep_unnamed(figure);
  for (const Year& year : years) {
    chart.description += (chart.description.empty() ? "" : ", ") + year.name + ' ' +
                         format_unit(Scaled::money, paid_in(year));
    Table::Row cells{year.name};
    for (const std::size_t kind : shown) cells.push_back(Cell::scaled(scale, year.usd[kind]));
    figure.data.add_row(std::move(cells));
  }
  return figure;
}

}  // namespace

std::vector<Figure> cash_figures(const Run& run) {
  if (run.plans.empty()) return {};
  double most = 0;
  const std::vector<std::size_t> which = highlighted_strategies(run);
  for (const std::size_t i : which) {
    for (const Year& year : years_of(run.plans[i])) most = std::max(most, paid_in(year));
  }
  if (most <= 0) return {};
  const Scale scale = scale_for(Scaled::money, most);
  const Axis y = linear_axis(0, most / scale.divisor, 5);
  std::vector<Figure> figures;
  for (const std::size_t i : which) {
    const std::vector<Year> years = years_of(run.plans[i]);
    const bool is_paid = std::any_of(years.begin(), years.end(), [](const Year& year) { return paid_in(year) > 0; });
    if (is_paid) figures.push_back(cash_figure(run, i, years, scale, y));
  }
  return figures;
}

}  // namespace fleetrace::output::page
