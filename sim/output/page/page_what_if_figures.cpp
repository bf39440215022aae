#include "sim/output/page/page_what_if_figures.hpp"

#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/page/page_figure.hpp"
#include "sim/output/run/report.hpp"
#include "sim/output/studies/objective_scale.hpp"
#include "sim/output/studies/what_if_parts.hpp"
#include "sim/output/studies/what_if_row_scale.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output::page {
namespace {

using study::MetricStanding;
using study::WhatIfStrategy;

constexpr std::size_t kFinalLoss = 1;
constexpr std::size_t kSpend = 4;
constexpr std::size_t kMostRows = 40;

std::string case_name(const WhatIfReport& report, std::size_t what_if_case) {
  return core::printable(report.result.cases[what_if_case].name);
}

/// One metric from the base to each case.
RowsFigure change_figure(const WhatIfReport& report, std::size_t metric) {
  double largest = 0;
  for (const study::WhatIfCaseStanding& each : report.result.cases) {
    for (const WhatIfStrategy& strategy : each.strategies) {
      const double value = strategy.metrics[metric].value.mean;
      if (strategy.metrics[metric].applies && std::isfinite(value)) largest = std::max(largest, std::fabs(value));
    }
  }
  const bool is_money = study::kRaceMetrics[metric] == fleet::Metric::spend;
  const Scale money = is_money ? scale_for(Scaled::money, largest) : Scale{};
  const WhatIfRowScale words(study::kRaceMetrics[metric], largest);
  RowsFigure figure;
  RowsChart& chart = figure.chart;
  chart.id = is_money ? "change-spend" : "change-loss";
  chart.title = is_money ? "Spending, from the base to each case" : "Final loss, from the base to each case";
  figure.note = std::string("Grey: base; colour: the case") + (report.result.has_chance ? ", means." : ".") +
                (is_money ? "" : " Lower is better.");
  chart.x_title = what_if_words(metric) + (words.unit().empty() ? "" : " [" + words.unit() + ']');
  const auto scaled = [&](double value) { return is_money ? value / money.divisor : value; };
  const StrategyColours colours(report.cases.front().at_medians, {});
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (std::size_t f = 1; f < report.result.cases.size(); ++f) {
    const std::vector<WhatIfStrategy>& strategies = report.result.cases[f].strategies;
    for (std::size_t s = 0; s < strategies.size() && chart.rows.size() < kMostRows; ++s) {
      const MetricStanding& standing = strategies[s].metrics[metric];
      if (!standing.has_difference || !std::isfinite(standing.value.mean)) continue;
      const double before = before_of(standing);
      const double now = standing.value.mean;
      const std::size_t row = chart.rows.size();
      const std::string name = core::printable(strategies[s].name);
      chart.rows.push_back(name);
      chart.under.push_back(case_name(report, f));
      const std::string tip = words.number(before) + " to " + words.number(now) +
                              (words.unit().empty() ? "" : ' ' + words.unit()) + " (" +
                              words.change(standing.difference.mean) + ')';
      const std::string colour = colours.of(strategies[s].name);
      chart.bars.push_back({row, scaled(before), scaled(now), "soft thick " + colour, tip});
      chart.dots.push_back({row, scaled(before), "base", tip});
      chart.dots.push_back({row, scaled(now), colour, tip});
      if (row > 0) chart.description += "; ";
      chart.description.append(name).append(" in ").append(chart.under.back()).append(": ").append(tip);
      for (const double value : {before, now}) {
        low = std::min(low, scaled(value));
        high = std::max(high, scaled(value));
      }
    }
  }
  if (!chart.rows.empty()) chart.x = linear_axis(low, high, 4);
  return figure;
}

bool has_changes(const RowsFigure& figure) {
  return std::any_of(figure.chart.bars.begin(), figure.chart.bars.end(),
                     [](const Bar& bar) { return std::fabs(bar.to - bar.from) > 1e-9 * std::fabs(bar.from); });
}

/// The colours of constraints, in the order in which they first bind.
class ConstraintColours {
 public:
  std::string of(fleet::Constraint constraint) {
    if (constraint == fleet::Constraint::none) return "nothing";
    auto found = std::find(seen_.begin(), seen_.end(), constraint);
    if (found == seen_.end()) found = seen_.insert(seen_.end(), constraint);
    return 'c' + std::to_string(static_cast<std::size_t>(found - seen_.begin()) % kColours);
  }
  [[nodiscard]] std::vector<Key> keys() {
    std::vector<Key> keys;
    for (const fleet::Constraint each : seen_)
      keys.push_back({"bar " + of(each), std::string(fleet::info(each).title), true});
    return keys;
  }

 private:
  std::vector<fleet::Constraint> seen_;
};

double at(core::Time time) { return static_cast<double>(time.milliseconds()); }

/// A quantity of a strategy over time in every case.
Figure course_figure(const WhatIfReport& report, const std::string& strategy, std::size_t number, bool is_money) {
  const auto value_of = [is_money](const fleet::Sample& sample) {
    return is_money ? sample.spend().usd() : sample.nameplate_site_power;
  };
  Figure figure;
  Chart& chart = figure.chart;
  const std::string name = core::printable(strategy);
  chart.id = (is_money ? "money-" : "draw-") + std::to_string(number);
  chart.title = is_money ? "Money spent by " + name + " since the start" : "Power of " + name;
  figure.note = is_money ? "" : "Nameplate power of what is installed, with the overhead of its sites.";
  chart.is_stepped = !is_money;
  double most = 0;
  for (const WhatIfCaseReport& each : report.cases) {
    for (const fleet::Outcome& outcome : each.at_medians.outcomes) {
      for (const fleet::Sample& sample : outcome.series) most = std::max(most, value_of(sample));
    }
  }
  const Scale scale = scale_for(is_money ? Scaled::money : Scaled::power, most);
  chart.unit = chart.y_title = scale.unit;
  chart.y = linear_axis(0, most / scale.divisor, 5);
  core::Time begins;
  core::Time ends;
  for (std::size_t f = report.cases.size(); f-- > 0;) {  // the base last, above the cases
    const Run& run = report.cases[f].at_medians;
    for (std::size_t s = 0; s < run.outcomes.size(); ++s) {
      if (run.outcomes[s].strategy != strategy) continue;
      const fleet::Horizon& horizon = run.setups[s].horizon;
      const bool is_first = chart.lines.empty();
      begins = is_first ? horizon.start : std::min(begins, horizon.start);
      ends = is_first ? horizon.end : std::max(ends, horizon.end);
      Line line{f == 0 ? "limit" : line_class(f), {}, case_name(report, f)};
      for (const fleet::Sample& sample : run.outcomes[s].series)
        line.points.push_back({at(sample.time), value_of(sample) / scale.divisor});
      chart.description += (is_first ? "At the end: " : ", ") + line.name + ' ' + rough(line.points.back().y) + ' ' +
                           scale.unit;
      chart.lines.push_back(std::move(line));
    }
  }
  if (!chart.lines.empty()) chart.x = date_axis(begins, ends, 5);
  return figure;
}

bool is_drawn(const Figure& figure) {
  return std::any_of(figure.chart.lines.begin(), figure.chart.lines.end(), [](const Line& line) {
    return std::any_of(line.points.begin(), line.points.end(), [](const Point& point) { return point.y > 0; });
  });
}

}  // namespace

std::vector<std::string> change_figures(const WhatIfReport& report) {
  std::vector<std::string> figures;
  for (const std::size_t metric : {kFinalLoss, kSpend}) {
    const RowsFigure figure = change_figure(report, metric);
    if (!figure.chart.rows.empty() && has_changes(figure)) figures.push_back(to_html(figure));
  }
  return figures;
}

std::vector<std::string> binding_figures(const WhatIfReport& report) {
  RowsFigure figure;
  RowsChart& chart = figure.chart;
  chart.id = "binding";
  chart.title = "What binds when";
  chart.is_dates = true;
  ConstraintColours colours;
  core::Time begins;
  core::Time ends;
  const std::vector<WhatIfStrategy>& base = report.result.cases.front().strategies;
  for (const WhatIfStrategy& strategy : base) {
    for (std::size_t f = 0; f < report.cases.size(); ++f) {
      const Run& run = report.cases[f].at_medians;
      for (std::size_t s = 0; s < run.outcomes.size() && chart.rows.size() < kMostRows; ++s) {
        const fleet::Outcome& outcome = run.outcomes[s];
        if (outcome.strategy != strategy.name || outcome.bindings.empty()) continue;
        const fleet::Horizon& horizon = run.setups[s].horizon;
        begins = chart.rows.empty() ? horizon.start : std::min(begins, horizon.start);
        ends = chart.rows.empty() ? horizon.end : std::max(ends, horizon.end);
        const std::size_t row = chart.rows.size();
        chart.rows.push_back(core::printable(strategy.name));
        chart.under.push_back(case_name(report, f));
        for (std::size_t i = 0; i < outcome.bindings.size(); ++i) {
          const core::Time from = outcome.bindings[i].from;
          const core::Time to = i + 1 == outcome.bindings.size() ? horizon.end : outcome.bindings[i + 1].from;
          const fleet::Constraint constraint = outcome.bindings[i].binding.constraint;
          chart.bars.push_back(
              {row, at(from), at(to), colours.of(constraint),
               std::string(fleet::info(constraint).title) + ", " + core::to_date(from) + " to " + core::to_date(to)});
        }
      }
    }
  }
  if (chart.rows.empty()) return {};
  figure.note = "By strategy and case; where there is no bar nothing binds.";
  figure.keys = colours.keys();
  chart.x = date_axis(begins, ends, 5);
  chart.description = "The table below has the dates.";
  return {to_html(figure)};
}

std::vector<std::string> course_figures(const WhatIfReport& report) {
  static constexpr std::size_t kMost = 8;
  std::vector<std::string> figures;
  const std::vector<WhatIfStrategy>& base = report.result.cases.front().strategies;
  for (std::size_t i = 0; i < base.size() && i < kMost; ++i) {
    for (const bool is_money : {true, false}) {
      const Figure figure = course_figure(report, base[i].name, i, is_money);
      if (is_drawn(figure)) figures.push_back(to_html(figure));
    }
  }
  return figures;
}

}  // namespace fleetrace::output::page
