#include "sim/output/page/page_comparison.hpp"

#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/page/page_figure.hpp"
#include "sim/output/studies/comparison_parts.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output::page {
namespace {

using study::Comparison;
using study::PairStanding;
using study::StrategyStanding;

/// Rows of most charts; those with the best means where there are more.
std::vector<std::size_t> shown_strategies(const Comparison& comparison) {
  static constexpr std::size_t kMost = 12;
  std::vector<std::size_t> order(comparison.strategies.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return study::precedes(comparison.objective, comparison.strategies[a], comparison.strategies[b]);
  });
  order.resize(std::min(order.size(), kMost));
  return order;
}

StrategyColours colours_of(const ComparisonReport& report, const Run& at_medians) {
  std::vector<std::string> leaders;
  for (const std::size_t i : shown_strategies(report.comparison))
    leaders.push_back(report.comparison.strategies[i].name);
  return {at_medians, leaders};
}

std::string with_unit(const std::string& words, const ObjectiveScale& scale) {
  return words + (scale.unit().empty() ? "" : " [" + scale.unit() + ']');
}

RowsFigure begun(std::string id, std::string title, std::string note) {
  RowsFigure figure;
  figure.chart.id = std::move(id);
  figure.chart.title = std::move(title);
  figure.note = std::move(note);
  return figure;
}

/// Around all values that are shown.
class Range {
 public:
  void take(double value) {
    if (!std::isfinite(value)) return;
    low_ = any_ ? std::min(low_, value) : value;
    high_ = any_ ? std::max(high_, value) : value;
    any_ = true;
  }
  [[nodiscard]] Axis axis() const { return linear_axis(low_, high_, 4); }

 private:
  bool any_ = false;
  double low_ = 0;
  double high_ = 0;
};

RowsFigure spread(const ComparisonReport& report, const StrategyColours& colours) {
  const Comparison& comparison = report.comparison;
  const ObjectiveScale scale = comparison_scale(report);
  RowsFigure figure = begun("spread", "What each strategy gets",
                            "Diamond: mean; bar: from P10 to P90, where eight of ten futures lie. " +
                                std::string(fleet::info(comparison.objective).lower_is_better ? "Left" : "Right") +
                                " is better.");
  RowsChart& chart = figure.chart;
  chart.x_title = with_unit(objective_words(comparison.objective), scale);
  Range range;
  for (const std::size_t i : shown_strategies(comparison)) {
    const StrategyStanding& each = comparison.strategies[i];
    const std::size_t row = chart.rows.size();
    const std::string name = name_of(comparison, i);
    chart.rows.push_back(name);
    for (const double value : {each.quantile_10, each.quantile_90, each.objective.mean})
      range.take(scale.scaled(value));
    const std::string lack = each.valued == comparison.replications
                                 ? ""
                                 : ", " + value_words(comparison.objective) + " in " + count_text(each.valued) +
                                       " of " + replications_text(report);
    if (std::isfinite(each.quantile_10) && std::isfinite(each.quantile_90)) {
      chart.bars.push_back({row, scale.scaled(each.quantile_10), scale.scaled(each.quantile_90),
                            "soft " + colours.of(each.name),
                            name + ": P10 " + scale.number(each.quantile_10) + ", P50 " + scale.number(each.median) +
                                ", P90 " + scale.with_unit(each.quantile_90)});
    }
    std::string tip = name;
    tip += comparison.is_restricted() ? ": restricted mean " : ": mean ";
    tip += scale.with_unit(each.objective.mean) + ", interval of the mean " + scale.interval(each.mean) + lack;
    if (std::isfinite(each.objective.mean))
      chart.dots.push_back({row, scale.scaled(each.objective.mean), colours.of(each.name), tip});
    chart.description += (row == 0 ? "" : "; ") + tip;
  }
  chart.x = range.axis();
  return figure;
}

/// The leader, or the first of those that share its place.
std::size_t first_of(const Comparison& comparison) {
  return comparison.leader ? *comparison.leader : comparison.tied.front();
}

/// Mean and interval of `other` minus the first.
std::pair<double, study::Interval> behind(const Comparison& comparison, std::size_t other) {
  for (const PairStanding& pair : comparison.pairs) {
    if (pair.a == other && pair.b == first_of(comparison)) return {pair.difference.mean, pair.mean};
    if (pair.b == other && pair.a == first_of(comparison))
      return {-pair.difference.mean, {-pair.mean.high, -pair.mean.low}};
  }
  return {0, {0, 0}};
}

RowsFigure lead(const ComparisonReport& report, const StrategyColours& colours) {
  const Comparison& comparison = report.comparison;
  const ObjectiveScale scale = comparison_scale(report);
  const std::size_t first = first_of(comparison);
  const std::string leader = name_of(comparison, first);
  RowsFigure figure = begun("lead", "Difference to " + leader + " on the same draws",
                            "Bar: " + percent(comparison.confidence) + " interval of the mean difference" +
                                (comparison.pairs.size() > 1 ? ", all together. " : ". ") +
                                "What holds off the line at 0 is told apart.");
  RowsChart& chart = figure.chart;
  chart.x_title = with_unit("difference in " + objective_words(comparison.objective), scale);
  chart.rules = {0};
  Range range;
  range.take(0);
  for (const std::size_t i : shown_strategies(comparison)) {
    if (i == first) continue;
    const auto [mean, interval] = behind(comparison, i);
    const std::size_t row = chart.rows.size();
    const std::string name = name_of(comparison, i);
    chart.rows.push_back(name);
    for (const double value : {mean, interval.low, interval.high}) range.take(scale.scaled(value));
    std::string tip = name;
    tip.append(" minus ").append(leader).append(": ").append(scale.with_unit(mean));
    tip.append(", interval ").append(scale.interval(interval));
    if (std::isfinite(interval.low))
      chart.bars.push_back({row, scale.scaled(interval.low), scale.scaled(interval.high),
                            "soft " + colours.of(comparison.strategies[i].name), tip});
    if (std::isfinite(mean))
      chart.dots.push_back({row, scale.scaled(mean), colours.of(comparison.strategies[i].name), tip});
    chart.description += (row == 0 ? "" : "; ") + tip;
  }
  chart.x = range.axis();
  return figure;
}

RowsFigure shares(const ComparisonReport& report, const StrategyColours& colours) {
  const Comparison& comparison = report.comparison;
  RowsFigure figure = begun(
      "best", "How often each is best",
      "Share of the replications; ties are split" +
          std::string(comparison.without_winner > 0 ? ", and where no strategy has a value none is best." : "."));
  RowsChart& chart = figure.chart;
  chart.x_title = "% of replications";
  chart.x = linear_axis(0, 100, 5);
  for (const std::size_t i : shown_strategies(comparison)) {
    const double share = comparison.strategies[i].p_best;
    const std::size_t row = chart.rows.size();
    const std::string name = name_of(comparison, i);
    chart.rows.push_back(name);
    const study::Interval& interval = comparison.strategies[i].p_best_interval;
    chart.bars.push_back({row, 0, 100 * share, colours.of(comparison.strategies[i].name),
                          name + ": best in " + percent(share) + ", interval " + percent(interval.low) + " to " +
                              percent(interval.high)});
    if (share <= 0.8) chart.texts.push_back({row, 100 * share, false, percent(share)});
    chart.description += (row == 0 ? "" : "; ") + chart.bars.back().tip;
  }
  return figure;
}

RowsFigure regrets(const ComparisonReport& report, const StrategyColours& colours) {
  const Comparison& comparison = report.comparison;
  const ObjectiveScale scale = comparison_scale(report);
  RowsFigure figure = begun(
      "regret", "Regret",
      "How much worse than the best of each replication. Bar: mean; diamond: mean of the worst 5 %.");
  RowsChart& chart = figure.chart;
  chart.x_title = with_unit(objective_words(comparison.objective) + " given away", scale);
  Range range;
  range.take(0);
  for (const std::size_t i : shown_strategies(comparison)) {
    const StrategyStanding& each = comparison.strategies[i];
    const std::size_t row = chart.rows.size();
    const std::string name = name_of(comparison, i);
    chart.rows.push_back(name);
    for (const double value : {each.regret_mean, each.regret_cvar95}) range.take(scale.scaled(value));
    const std::string tip = name + ": " + scale.with_unit(each.regret_mean) + " on average (" +
                            scale.interval(each.regret_mean_interval) + "), " + scale.with_unit(each.regret_cvar95) +
                            " in the worst 5 % (" + scale.interval(each.regret_cvar95_interval) + ")" +
                            (each.regret_replications < comparison.replications
                                 ? ", of " + count_text(each.regret_replications) + " replications"
                                 : "");
    if (each.regret_replications > 0) {
      chart.bars.push_back({row, 0, scale.scaled(each.regret_mean), "soft " + colours.of(each.name), tip});
      chart.dots.push_back({row, scale.scaled(each.regret_cvar95), colours.of(each.name), tip});
    }
    chart.description += (row == 0 ? "" : "; ") + tip;
  }
  chart.x = range.axis();
  return figure;
}

/// The strategies with the lowest median at the end: bands of more cannot be told apart.
std::vector<std::size_t> banded(const study::LossBands& bands) {
  static constexpr std::size_t kMost = 6;
  std::vector<std::size_t> order(bands.strategies.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return bands.strategies[a].back()[2] < bands.strategies[b].back()[2];
  });
  order.resize(std::min(order.size(), kMost));
  std::sort(order.begin(), order.end());
  return order;
}

Figure bands_figure(const ComparisonReport& report, const std::vector<std::size_t>& which, const Axis& y,
                    const StrategyColours& colours) {
  const study::LossBands& bands = report.bands;
  const Comparison& comparison = report.comparison;
  Figure figure;
  Chart& chart = figure.chart;
  const bool alone = which.size() == 1;
  chart.id = alone ? "bands-" + std::to_string(which.front()) : "medians";
  chart.title = alone ? "Relative loss of " + name_of(comparison, which.front()) : "Median relative loss over time";
  figure.note = alone ? "Line: median; dark band: half of the replications; light band: 90 % of them."
                      : "Half of the replications lie below each line; the charts beside it show how far they spread.";
  chart.y_title = "relative loss";
  chart.x = date_axis(bands.times.front(), bands.times.back(), 5);
  chart.y = y;
  figure.data.add_column({"date", Align::left});
  for (const std::size_t i : which) {
    const auto points = [&](std::size_t k) {
      std::vector<Point> found;
      for (std::size_t t = 0; t < bands.times.size(); ++t)
        found.push_back({static_cast<double>(bands.times[t].milliseconds()), bands.strategies[i][t][k]});
      return found;
    };
    const std::string name = name_of(comparison, i);
    if (alone) {
      chart.areas.push_back({"band " + colours.of(comparison.strategies[i].name), points(0), points(4), "5 % to 95 %"});
      chart.areas.push_back(
          {"band " + colours.of(comparison.strategies[i].name), points(1), points(3), "25 % to 75 %"});
      for (const char* title : {"5 %", "25 %", "median", "75 %", "95 %"}) figure.data.add_column({title});
    } else {
      figure.data.add_column({name});
    }
    chart.lines.push_back(
        {alone ? colours.of(comparison.strategies[i].name) : colours.line(comparison.strategies[i].name), points(2),
         alone ? "median" : name});
    chart.description += (i == which.front() ? "Median at the end: " : ", ") + name + ' ' +
                         fixed(bands.strategies[i].back()[2], 4);
  }
  fleet::Horizon horizon;
  horizon.start = bands.times.front();
  horizon.end = bands.times.back();
  for (const std::size_t row : table_rows(bands.times.size())) {
    Table::Row cells{date_of(bands.times[row], horizon)};
    for (const std::size_t i : which) {
      for (std::size_t k = alone ? 0 : 2; k < (alone ? 5U : 3U); ++k)
        cells.push_back(Cell::fixed(bands.strategies[i][row][k], 4));
    }
    figure.data.add_row(std::move(cells));
  }
  return figure;
}

}  // namespace

std::vector<std::string> standing_figures(const ComparisonReport& report, const Run& at_medians) {
  if (!report.design.has_chance || report.comparison.replications < 2) return {};
  const StrategyColours colours = colours_of(report, at_medians);
  const bool has_first = report.comparison.leader || !report.comparison.tied.empty();
  if (report.comparison.strategies.size() < 2 || !has_first) return {to_html(spread(report, colours))};
  return {to_html(spread(report, colours)), to_html(lead(report, colours)), to_html(shares(report, colours)),
          to_html(regrets(report, colours))};
}

std::vector<std::string> band_figures(const ComparisonReport& report, const Run& at_medians) {
  const study::LossBands& bands = report.bands;
  if (bands.replications < 2 || bands.times.size() < 2) return {};
  const std::vector<std::size_t> which = banded(bands);
  const StrategyColours colours = colours_of(report, at_medians);
  double low = 1;
  for (const std::size_t i : which) low = std::min(low, bands.strategies[i].back()[0]);
  const Axis y = linear_axis(low, 1, 5);
  std::vector<std::string> figures;
  if (which.size() > 1) figures.push_back(to_html(bands_figure(report, which, y, colours)));
  for (const std::size_t i : which) figures.push_back(to_html(bands_figure(report, {i}, y, colours)));
  return figures;
}

}  // namespace fleetrace::output::page
