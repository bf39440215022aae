#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/page/page_plan.hpp"
#include "sim/output/run/report.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output::page {
namespace {

double at(core::Time time) { return static_cast<double>(time.milliseconds()); }

/// A site in one period; nullptr where the strategy has none of that name.
const SitePlan* site_in(const PlanPeriod& period, const std::string& site) {
  if (site.empty()) return &period.power;
  const auto found = std::find_if(period.by_site.begin(), period.by_site.end(),
                                  [&](const SitePlan& each) { return each.site == site; });
  return found == period.by_site.end() ? nullptr : &*found;
}

/// What a site has of something at the start, and at the end of each period.
template <class Value>
std::vector<Point> over_periods(const StrategyPlan& plan, const std::string& site, Value value) {
  std::vector<Point> points;
  const auto add = [&](core::Time time, const PlanPeriod& period) {
    const SitePlan* const found = site_in(period, site);
    if (found != nullptr) points.push_back({at(time), value(*found)});
  };
  add(plan.opening.begins, plan.opening);
  for (const PlanPeriod& period : plan.periods) add(period.ends, period);
  return points;
}

bool is_same(const std::vector<Point>& a, const std::vector<Point>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Point& p, const Point& q) { return p.x == q.x && p.y == q.y; });
}

/// The sites of all strategies that are drawn, each once; one without a name where no site has one.
std::vector<std::string> sites_of(const Run& run) {
  std::vector<std::string> names;
  for (const std::size_t i : drawn_strategies(run)) {
    for (const SitePlan& each : run.plans[i].opening.by_site) {
      if (std::find(names.begin(), names.end(), each.site) == names.end()) names.push_back(each.site);
    }
  }
  if (names.empty()) names.emplace_back();
  return names;
}

Figure power_figure(const Run& run, const std::string& site, std::size_t number) {
  const fleet::Horizon& horizon = run.setups.front().horizon;
  Figure figure;
  Chart& chart = figure.chart;
  chart.id = "power-" + std::to_string(number);
  const std::string shown = core::printable(site);
  chart.title = shown.empty() ? "Power against its limit" : "Power at " + shown + " against its limit";
  chart.y_title = "MW of IT nameplate power";
  chart.unit = "MW";
  chart.is_stepped = true;
  chart.x = horizon_axis(horizon);
  figure.data.add_column({"date", Align::left});
  const auto megawatt = [](double watt) { return watt / 1e6; };
  std::vector<Line> limits;
  double most = 0;
  for (const std::size_t i : drawn_strategies(run)) {
    const StrategyPlan& plan = run.plans[i];
    std::vector<Point> used = over_periods(plan, site,
                                           [&](const SitePlan& each) { return megawatt(each.nameplate_power); });
    if (used.empty()) continue;
    std::vector<Point> limit = over_periods(plan, site,
                                            [&](const SitePlan& each) { return megawatt(each.power_limit); });
    for (const Point& point : used) most = std::max(most, point.y);
    const bool is_finite = std::all_of(limit.begin(), limit.end(), [](const Point& p) { return std::isfinite(p.y); });
    const bool is_known = std::any_of(limits.begin(), limits.end(),
                                      [&](const Line& each) { return is_same(each.points, limit); });
    const std::string name = shown_name(run.outcomes[i]);
    if (is_finite && !is_known) {
      for (const Point& point : limit) most = std::max(most, point.y);
      limits.push_back({"limit", std::move(limit), limits.empty() ? "limit" : "limit of " + name});
    }
    chart.description += (chart.lines.empty() ? "At the end: " : ", ") + name + ' ' + rough(used.back().y) + " MW";
    chart.lines.push_back({strategy_class(run, i), std::move(used), name});
  }
  // The limits last, so that they lie above the rest.
  for (Line& each : limits) chart.lines.push_back(std::move(each));
  figure.note = limits.empty() ? "Nothing limits it." : "Nameplate power of what is installed, and what fits.";
  chart.description += '.';
  chart.y = linear_axis(0, most, 5);
  for (const Line& line : chart.lines) figure.data.add_column({.heading = line.name, .unit = "MW"});
  if (chart.lines.empty()) return figure;
  for (const std::size_t row : table_rows(chart.lines.front().points.size())) {
    const auto time = static_cast<std::int64_t>(chart.lines.front().points[row].x);
    Table::Row cells{date_of(core::Time::from_milliseconds(time), horizon)};
    for (const Line& line : chart.lines)
      cells.push_back(row < line.points.size() ? Cell::rough(line.points[row].y, 4) : Cell::none());
    figure.data.add_row(std::move(cells));
  }
  return figure;
}

}  // namespace

std::vector<Figure> power_figures(const Run& run) {
  static constexpr std::size_t kMost = 6;
  if (run.plans.empty()) return {};
  const bool has_power = std::all_of(run.plans.begin(), run.plans.end(),
                                     [](const StrategyPlan& each) { return each.has_power; });
  if (!has_power) return {};
  std::vector<Figure> figures;
  for (const std::string& site : sites_of(run)) {
    Figure figure = power_figure(run, site, figures.size());
    if (!figure.chart.lines.empty() && figures.size() < kMost) figures.push_back(std::move(figure));
  }
  return figures;
}

}  // namespace fleetrace::output::page
