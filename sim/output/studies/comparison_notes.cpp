#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/studies/comparison.hpp"
#include "sim/output/studies/comparison_parts.hpp"
#include "sim/output/studies/input_values.hpp"
#include "sim/output/table/first_rows.hpp"
#include "sim/output/table/text.hpp"
#include "sim/study/compare/regret_intervals.hpp"

namespace fleetrace::output {
namespace {

using study::Comparison;
using study::StrategyStanding;

std::string objective_note(const ComparisonReport& report) {
  const fleet::MetricInfo& info = fleet::info(report.comparison.objective);
  std::string text = "Objective: " + objective_words(info.metric) + ", " + std::string(info.summary) +
                     (info.lower_is_better ? "; less is better" : "; more is better");
  if (info.needs_target) {
    text += ". The target is a relative loss of " + rough(*report.design.target, 4) + ", reached in ";
    const std::vector<std::size_t> order = strategy_order(report.comparison);
    for (std::size_t i = 0; i < order.size() && i < kShortTable; ++i) {
      text += (i > 0 ? ", " : "") + percent(report.comparison.strategies[order[i]].target_reached) + " (" +
              name_of(report.comparison, order[i]) + ')';
    }
    if (order.size() > kShortTable) text += " and " + count_text(order.size() - kShortTable) + " more in results.json";
  }
  return text + '.';
}

std::string inputs_note(const ComparisonReport& report) {
  static constexpr std::size_t kMost = 6;
  const std::vector<std::string>& names = report.design.inputs.names();
  if (!report.design.has_chance) return kExact;
  if (names.empty()) return "All inputs are certain; releases, jumps, failures or deliveries happen by chance.";
  std::string text = counted(static_cast<std::int64_t>(names.size()), "uncertain input", "uncertain inputs") + ": ";
  for (std::size_t i = 0; i < names.size() && i < kMost; ++i) text += (i > 0 ? ", " : "") + core::printable(names[i]);
  return text + (names.size() > kMost ? ", and " + std::to_string(names.size() - kMost) + " more." : ".");
}

/// Of how many replications the numbers speak, where some have no value of the objective.
std::string partial_note(const Comparison& comparison) {
  static constexpr std::size_t kMost = 6;
  if (!lacks_values(comparison)) return {};
  const auto listed = [&](std::size_t StrategyStanding::*count) {
    std::string text;
    for (std::size_t i = 0; i < comparison.strategies.size() && i < kMost; ++i) {
      const StrategyStanding& each = comparison.strategies[i];
      text += (i > 0 ? ", " : "") + count_text(each.*count) + " (" + core::printable(each.name) + ')';
    }
    return text + (comparison.strategies.size() > kMost ? " and so on" : "");
  };
  std::string text =
      comparison.is_restricted()
          ? "Means, differences and regrets are restricted to the horizon, which counts where the target is "
            "not reached"
          : "Means speak of the replications in which a strategy " + value_words(comparison.objective) + ", " +
                listed(&StrategyStanding::valued) + " of " + count_text(comparison.replications) +
                ", and differences of those in which both do";
  text += "; regrets of " + listed(&StrategyStanding::regret_replications) + ". Who " +
          value_words(comparison.objective, Having::no) +
          " is worse than who does, also in quantiles, where a dash stands for it.";
  if (comparison.without_winner > 0) {
    text += " In " + count_text(comparison.without_winner) + " of " + count_text(comparison.replications) +
            " replications no strategy " + value_words(comparison.objective) + ": none is best there.";
  }
  return text;
}

/// What the intervals and the quantiles are of.
std::string spread_note(const ComparisonReport& report) {
  const Comparison& comparison = report.comparison;
  if (!report.design.has_chance) return {};
  std::string text =
      "P10, P50, P90: a tenth, half and nine tenths of the futures lie at or below; no number of replications narrows "
      "them, as it does the interval of a mean";
  if (comparison.strategies.size() < 2) return text + '.';
  text += ". Intervals: best in by Wilson, regrets by ";
  text += comparison.replications > study::kMostResampled ? "an approximation of a bootstrap over replications (ABC)"
                                                          : "a bootstrap over replications (BCa)";
  if (comparison.pairs.size() > 1) {
    text += "; those of the " + count_text(comparison.pairs.size()) + " differences hold all together at " +
            percent(comparison.confidence) + " (Bonferroni: each by itself at " +
            fixed(100 * comparison.pair_confidence, 2) + " %)";
  }
  return text + '.';
}

/// What the net present value counts where nothing earns: whoever spends least may lead.
std::string earnings_note(const ComparisonReport& report) {
  const Comparison& comparison = report.comparison;
  if (comparison.objective != fleet::Metric::npv) return {};
  const core::Spec& finance = *report.scenario.root().section("finance");
  if (finance.section("revenue") != nullptr || !finance.value("compute_value").preset) return {};
  std::string costs =
      "Net present value counts costs alone: neither finance.revenue nor finance.compute_value is "
      "stated.";
  if (!comparison.leader) return costs;
  const StrategyStanding& leader = comparison.strategies[*comparison.leader];
  const bool spends_least = std::all_of(
      comparison.strategies.begin(), comparison.strategies.end(),
      [&](const StrategyStanding& each) { return leader.mean_spend <= each.mean_spend; });
  if (!spends_least || comparison.strategies.size() == 1) return costs;
  return costs + ' ' + name_of(comparison, *comparison.leader) +
         " also spends least: compute earns nothing, so that net present value alone is won by doing nothing. "
         "cost_per_effective_compute sets money against the compute that it buys.";
}

std::string front_note(const Comparison& comparison) {
  const auto listed = [&](bool StrategyStanding::*front) {
    std::string text;
    std::size_t count = 0;
    for (const std::size_t i : strategy_order(comparison)) {
      if (!(comparison.strategies[i].*front) || ++count > kShortTable) continue;
      text += (text.empty() ? "" : ", ") + name_of(comparison, i);
    }
    if (count > kShortTable) text += " and " + count_text(count - kShortTable) + " more in results.json";
    return text.empty() ? std::string("none") : text;
  };
  const bool has_energy = std::any_of(comparison.strategies.begin(), comparison.strategies.end(),
                                      [](const StrategyStanding& each) { return !std::isnan(each.mean_energy); });
  return "No strategy is both better and cheaper than: " + listed(&StrategyStanding::pareto_spend) +
         (has_energy ? ". None is better with less energy than: " + listed(&StrategyStanding::pareto_energy) : "") +
         '.';
}

/// How it ended, where that is not after a fixed number.
std::string stopping_note(const ComparisonReport& report, const ObjectiveScale& shown) {
  using Kind = study::StoppingRule::Kind;
  const study::StoppingResult& stopping = report.stopping;
  if (stopping.rule.kind == Kind::fixed || !report.design.has_chance) return {};
  const std::string size = shown.with_unit(stopping.rule.size);
  const std::string sure = percent(report.comparison.confidence);
  if (stopping.rule.kind == Kind::half_width) {
    return stopping.met
               ? "Ended once every difference was known to " + size + " either way, all together at " + sure + '.'
               : "Not every difference is known to " + size + " yet: more replications are needed.";
  }
  if (!stopping.met) return "No strategy is selected yet: more replications are needed.";
  if (!stopping.selected) return "No strategy is selected: the last ones do not differ at all.";
  return "Selected: " + name_of(report.comparison, *stopping.selected) + ", the best with a probability of " + sure +
         " or more where it leads by " + size + " or more (Kim and Nelson 2001).";
}

}  // namespace

std::vector<std::string> comparison_notes(const ComparisonReport& report) {
  std::vector<std::string> result{objective_note(report)};
  for (std::string note : {spread_note(report), partial_note(report.comparison), earnings_note(report)}) {
    if (!note.empty()) result.push_back(std::move(note));
  }
  if (std::string note = stopping_note(report, comparison_scale(report)); !note.empty())
    result.push_back(std::move(note));
  if (report.comparison.strategies.size() > 1) result.push_back(front_note(report.comparison));
  if (report.comparison.information) result.emplace_back(information_note());
  for (const study::StrategyStanding& each : report.comparison.strategies) {
    if (each.is_bound)
      result.push_back(core::printable(each.name) + " has hindsight: a bound, which leads nowhere and sets no regret.");
  }
  result.push_back(inputs_note(report));
  if (std::string note = drawn_reference(report.design); !note.empty()) result.push_back(std::move(note));
  result.push_back(core::printable(report.scenario.name()) + ": seed " + std::to_string(report.design.seed) + ", " +
                   replications_text(report) + ", all strategies on the same draws.");
  return result;
}

}  // namespace fleetrace::output
