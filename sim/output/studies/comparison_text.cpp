#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/core/text/wrap.hpp"
#include "sim/output/studies/comparison.hpp"
#include "sim/output/studies/comparison_parts.hpp"
#include "sim/output/studies/input_values.hpp"
#include "sim/output/table/first_rows.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/in_words.hpp"
#include "sim/output/table/text.hpp"
#include "sim/output/table/writers.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::output {
namespace {

using study::Comparison;
using study::PairStanding;
using study::StrategyStanding;

/// What there is to say of a strategy: a column each. Without chance there are no intervals and quantiles, and what regrets would
/// be in a table of their own stands here.
Table standings(const ComparisonReport& report, const ObjectiveScale& shown) {
  const Comparison& comparison = report.comparison;
  double spend = 0;
  double energy = 0;
  for (const StrategyStanding& each : comparison.strategies) {
    spend = std::max(spend, each.mean_spend);
    if (each.mean_energy > energy) energy = each.mean_energy;  // which is no number where energy is not modelled
  }
  const Scale money = scale_for(Scaled::money, spend);
  const Scale power = scale_for(Scaled::energy, energy);
  const std::string& unit = shown.unit();
  const bool varies = report.design.has_chance;
  const bool is_target = fleet::info(comparison.objective).needs_target;
  const bool is_partial = lacks_values(comparison);
  const bool has_base = fleet::info(comparison.objective).needs_base;
  Table table;
  table.add_column({"strategy", Align::left});
  if (is_partial) table.add_column({is_target ? "reaches\ntarget" : "buys\ncompute"});
  const std::string mean = comparison.is_restricted() ? "restricted mean"
                           : !is_partial              ? "mean"
                           : is_target                ? "mean where reached"
                                                      : "mean where bought";
  table.add_column({.heading = varies ? mean : objective_words(comparison.objective), .unit = unit});
  if (has_base) table.add_column({.heading = "with initial fleet", .unit = unit});
  if (varies) {
    table.add_column({percent(comparison.confidence) + " interval\nof the mean"});
    for (const char* heading : {"P10", "P50", "P90"}) table.add_column({.heading = heading, .unit = unit});
  } else {
    table.add_column({"regret"});
  }
  table.add_column({.heading = "spend", .unit = money.unit});
  if (energy > 0) table.add_column({.heading = "energy", .unit = power.unit});
  for (const std::size_t i : strategy_order(comparison)) {
    const StrategyStanding& each = comparison.strategies[i];
    Table::Row row{core::printable(each.name)};
    const double share = static_cast<double>(each.valued) / static_cast<double>(comparison.replications);
    if (is_partial) row.emplace_back(varies ? percent(share) : each.valued > 0 ? "yes" : "no");
    row.push_back(shown.cell(each.objective.mean).best_if(comparison.best == i));
    if (has_base) row.push_back(shown.cell(each.mean_with_initial_fleet));
    if (varies) {
      row.emplace_back(shown.interval(each.mean));
      for (const double value : {each.quantile_10, each.median, each.quantile_90}) row.push_back(shown.cell(value));
    } else {
      row.push_back(shown.cell(each.regret_mean));
    }
    row.push_back(Cell::scaled(money, each.mean_spend));
    if (energy > 0)
      row.push_back(std::isfinite(each.mean_energy) ? Cell::scaled(power, each.mean_energy) : Cell::none());
    table.add_row(std::move(row));
  }
  return table;
}

std::string chance_interval(const study::Interval& interval) {
  return percent(interval.low) + " to " + percent(interval.high);
}

/// How often each strategy is best and what choosing it gives away, with intervals; only under chance.
Table regrets(const ComparisonReport& report, const ObjectiveScale& shown) {
  const Comparison& comparison = report.comparison;
  const std::string interval = percent(comparison.confidence) + "\ninterval";
  Table table;
  table.add_column({"strategy", Align::left});
  table.add_column({"best\nin"});
  table.add_column({interval});
  table.add_column({.heading = "regret\nmean", .unit = shown.unit()});
  table.add_column({interval});
  table.add_column({.heading = "regret\nworst 5 %", .unit = shown.unit()});
  table.add_column({interval});
  for (const std::size_t i : strategy_order(comparison)) {
    const StrategyStanding& each = comparison.strategies[i];
    table.add_row({core::printable(each.name), percent(each.p_best), chance_interval(each.p_best_interval),
                   shown.cell(each.regret_mean), shown.interval(each.regret_mean_interval),
                   shown.cell(each.regret_cvar95), shown.interval(each.regret_cvar95_interval)});
  }
  return table;
}

/// The pairs; of many strategies those of the best come first.
std::vector<PairStanding> pairs_in_order(const Comparison& comparison) {
  std::vector<PairStanding> pairs = comparison.pairs;
  if (comparison.strategies.size() <= kShortTable) return pairs;
  const std::vector<std::size_t> order = strategy_order(comparison);
  std::vector<std::size_t> rank(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  const auto place = [&](const PairStanding& pair) { return std::minmax(rank[pair.a], rank[pair.b]); };
  std::stable_sort(pairs.begin(), pairs.end(), [&](const PairStanding& a, const PairStanding& b) {
    const std::pair<std::size_t, std::size_t> first = place(a);
    const std::pair<std::size_t, std::size_t> second = place(b);
    return first < second;
  });
  return pairs;
}

/// What racing on the same draws spares: "153 times fewer runs".
std::string runs_needed(double gain) {
  const bool saves = gain >= 1;
  const std::string times = in_words(saves ? gain : 1 / gain, "");
  return times == "1.00" ? "as many runs" : times + " times " + (saves ? "fewer runs" : "more runs");
}

Table differences(const ComparisonReport& report, const ObjectiveScale& shown) {
  const Comparison& comparison = report.comparison;
  Table table;
  table.add_column({"on the same draws", Align::left});
  table.add_column({.heading = report.design.has_chance ? "mean difference" : "difference", .unit = shown.unit()});
  const bool is_partial = lacks_values(comparison) && !comparison.is_restricted() && report.design.has_chance;
  if (is_partial) table.add_column({"of\nreplications"});
  if (report.design.has_chance) {
    table.add_column({percent(comparison.confidence) + " interval" +
                      (comparison.pairs.size() > 1 ? "\nof all together" : "\nof the mean")});
    table.add_column({"same draws\nneed"});
  }
  for (const PairStanding& pair : pairs_in_order(comparison)) {
    Table::Row row{name_of(comparison, pair.a) + " - " + name_of(comparison, pair.b), shown.cell(pair.difference.mean)};
    if (is_partial) row.push_back(Cell::integer(static_cast<std::int64_t>(pair.difference.n)));
    if (report.design.has_chance) {
      const bool varies = std::isfinite(pair.pairing_gain) && pair.difference.n > 1;
      row.emplace_back(shown.interval(pair.mean));
      row.push_back(varies ? Cell::real(pair.pairing_gain, runs_needed(pair.pairing_gain)) : Cell::none());
    }
    table.add_row(std::move(row));
  }
  return table;
}

}  // namespace

Table comparison_standings(const ComparisonReport& report) { return standings(report, comparison_scale(report)); }

Table comparison_regrets(const ComparisonReport& report) { return regrets(report, comparison_scale(report)); }

Table comparison_differences(const ComparisonReport& report) { return differences(report, comparison_scale(report)); }

std::string comparison_table(const ComparisonReport& report, const TableStyle& style) {
  const ObjectiveScale shown = comparison_scale(report);
  std::string text = core::wrapped(answer(report), style.width) + '\n';
  const auto add = [&](const Table& table) { text += write_text(first_rows(table), style) + more_rows(table) + '\n'; };
  add(standings(report, shown));
  if (has_regrets(report)) add(regrets(report, shown));
  if (!report.comparison.pairs.empty()) add(differences(report, shown));
  if (report.comparison.information) text += write_text(comparison_information(report), style) + '\n';
  for (const std::string& note : with_note(comparison_notes(report), scenario::money_note(report.scenario.root())))
    text += core::wrapped(note, style.width);
  return text;
}

std::string comparison_markdown(const ComparisonReport& report) {
  const ObjectiveScale shown = comparison_scale(report);
  std::string text = markdown_text(answer(report)) + "\n\n";
  const auto add = [&](const Table& table) {
    const std::string more = more_rows(table);
    text += write_markdown(first_rows(table)) + (more.empty() ? "" : '\n' + more) + '\n';
  };
  add(standings(report, shown));
  if (has_regrets(report)) add(regrets(report, shown));
  if (!report.comparison.pairs.empty()) add(differences(report, shown));
  if (report.comparison.information) text += write_markdown(comparison_information(report)) + '\n';
  for (const std::string& note : with_note(comparison_notes(report), scenario::money_note(report.scenario.root())))
    text += "- " + markdown_text(note) + '\n';
  return text;
}

}  // namespace fleetrace::output
