#include <algorithm>
#include <cmath>

#include "comparison_parts.hpp"
#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/output/comparison.hpp"
#include "fleetrace/output/human.hpp"
#include "fleetrace/output/text.hpp"
#include "fleetrace/output/text_table.hpp"

namespace fleetrace::output {
namespace {

using study::Comparison;
using study::PairStanding;
using study::StrategyStanding;

ObjectiveScale scale_of(const Comparison& comparison) {
  double most = 0;
  for (const StrategyStanding& each : comparison.strategies)
    most = std::max({most, std::fabs(each.quantile_05), std::fabs(each.quantile_95)});
  return {comparison.objective, most};
}

std::string name_of(const Comparison& comparison, std::size_t i) {
  return core::printable(comparison.strategies[i].name);
}

std::string count_of(const ComparisonReport& report) {
  return counted(static_cast<std::int64_t>(report.comparison.replications), "replication", "replications");
}

const PairStanding& pair_with_leader(const Comparison& comparison, std::size_t other) {
  return *std::find_if(comparison.pairs.begin(), comparison.pairs.end(), [&](const PairStanding& pair) {
    return (pair.a == comparison.leader && pair.b == other) || (pair.b == comparison.leader && pair.a == other);
  });
}

/// The strategy with the second-best mean; the leader itself where it is alone.
std::size_t runner_up(const Comparison& comparison) {
  const double sign = fleet::info(comparison.objective).lower_is_better ? 1 : -1;
  std::size_t second = comparison.leader;
  for (std::size_t i = 0; i < comparison.strategies.size(); ++i) {
    if (i == comparison.leader) continue;
    const double mean = comparison.strategies[i].objective.mean;
    if (second == comparison.leader || sign * mean < sign * comparison.strategies[second].objective.mean) second = i;
  }
  return second;
}

std::string undecided(const ComparisonReport& report, const ObjectiveScale& shown) {
  const Comparison& comparison = report.comparison;
  const std::size_t rival = *comparison.rival;
  const PairStanding& pair = pair_with_leader(comparison, rival);
  std::string text = "Undecided: " + name_of(comparison, comparison.leader) + " and " + name_of(comparison, rival);
  if (pair.difference.mean == 0 && (pair.difference.sd == 0 || !report.plan.has_chance))
    return text + " do not differ in " + objective_words(comparison.objective) + '.';
  text += " cannot be told apart after " + count_of(report) + " (mean difference " +
          shown.with_unit(std::fabs(pair.difference.mean)) + ", " + percent(comparison.confidence) + " interval ";
  const study::Interval seen = pair.difference.mean < 0 ? study::Interval{-pair.mean.high, -pair.mean.low} : pair.mean;
  text += shown.interval(seen) + ").";
  const double needed = comparison.replications_needed;
  if (needed > static_cast<double>(comparison.replications) && std::isfinite(needed))
    text += " About " + grouped(static_cast<std::int64_t>(std::min(needed, 9e18))) + " replications would tell.";
  return text;
}

std::string objective_note(const ComparisonReport& report) {
  const fleet::MeasureInfo& info = fleet::info(report.comparison.objective);
  std::string text = "Objective: " + objective_words(info.measure) + ", " + std::string(info.summary) +
                     (info.lower_is_better ? "; less is better" : "; more is better");
  if (info.needs_target) {
    text += ". The target is a relative loss of " + rough(*report.plan.target, 4) + ", reached in ";
    for (std::size_t i = 0; i < report.comparison.strategies.size(); ++i) {
      text += (i > 0 ? ", " : "") + percent(report.comparison.strategies[i].target_reached) + " (" +
              name_of(report.comparison, i) + ')';
    }
  }
  return text + '.';
}

std::string inputs_note(const ComparisonReport& report) {
  static constexpr std::size_t kMost = 6;
  const std::vector<std::string>& names = report.plan.inputs.names();
  if (!report.plan.has_chance) return "Nothing in this scenario is random, so that one replication says everything.";
  if (names.empty()) return "All inputs are certain; releases, jumps, failures or deliveries happen by chance.";
  std::string text = counted(static_cast<std::int64_t>(names.size()), "uncertain input", "uncertain inputs") + ": ";
  for (std::size_t i = 0; i < names.size() && i < kMost; ++i) text += (i > 0 ? ", " : "") + core::printable(names[i]);
  return text + (names.size() > kMost ? ", and " + std::to_string(names.size() - kMost) + " more." : ".");
}

std::string front_note(const Comparison& comparison) {
  const auto listed = [&](bool StrategyStanding::*front) {
    std::string text;
    for (const StrategyStanding& each : comparison.strategies) {
      if (each.*front) text += (text.empty() ? "" : ", ") + core::printable(each.name);
    }
    return text;
  };
  return "Nothing beats these in both objective and spending: " + listed(&StrategyStanding::pareto_spend) +
         "; in both objective and energy: " + listed(&StrategyStanding::pareto_energy) + '.';
}

/// What there is to say of a strategy: a column each. Without chance there are no intervals and quantiles.
TextTable standings(const ComparisonReport& report, const ObjectiveScale& shown) {
  const Comparison& comparison = report.comparison;
  double spend = 0;
  double energy = 0;
  for (const StrategyStanding& each : comparison.strategies) {
    spend = std::max(spend, each.mean_spend);
    energy = std::max(energy, each.mean_energy);
  }
  const Scale money = scale_for(Scaled::money, spend);
  const Scale power = scale_for(Scaled::energy, energy);
  const std::string unit = shown.unit().empty() ? "" : '\n' + shown.unit();
  const bool varies = report.plan.has_chance;
  TextTable table;
  table.add_column({"strategy", false});
  table.add_column({varies ? "mean" + unit : objective_words(comparison.objective) + unit});
  if (varies) {
    table.add_column({percent(comparison.confidence) + "\ninterval"});
    table.add_column({"5 %" + unit});
    table.add_column({"median" + unit});
    table.add_column({"95 %" + unit});
    table.add_column({"best\nin"});
  }
  table.add_column({varies ? "regret\nmean" : "regret"});
  if (varies) table.add_column({"regret\nCVaR95"});
  table.add_column({"spend\n" + std::string(money.unit)});
  if (energy > 0) table.add_column({"energy\n" + std::string(power.unit)});
  for (std::size_t i = 0; i < comparison.strategies.size(); ++i) {
    const StrategyStanding& each = comparison.strategies[i];
    std::vector<TextTable::Cell> row{{core::printable(each.name)},
                                     {shown.number(each.objective.mean), comparison.best == i}};
    if (varies) {
      row.push_back({shown.interval(each.mean)});
      row.push_back({shown.number(each.quantile_05)});
      row.push_back({shown.number(each.median)});
      row.push_back({shown.number(each.quantile_95)});
      row.push_back({percent(each.p_best)});
    }
    row.push_back({shown.number(each.regret_mean)});
    if (varies) row.push_back({shown.number(each.regret_cvar95)});
    row.push_back({money.number(each.mean_spend)});
    if (energy > 0) row.push_back({power.number(each.mean_energy)});
    table.add_row(std::move(row));
  }
  return table;
}

TextTable differences(const ComparisonReport& report, const ObjectiveScale& shown) {
  const Comparison& comparison = report.comparison;
  const std::string unit = shown.unit().empty() ? "" : '\n' + shown.unit();
  TextTable table;
  table.add_column({"on the same draws", false});
  table.add_column({report.plan.has_chance ? "mean difference" + unit : "difference" + unit});
  if (report.plan.has_chance) {
    table.add_column({percent(comparison.confidence) + "\ninterval"});
    table.add_column({"pairing\nsaves"});
  }
  for (const PairStanding& pair : comparison.pairs) {
    std::vector<TextTable::Cell> row{{name_of(comparison, pair.a) + " - " + name_of(comparison, pair.b)},
                                     {shown.number(pair.difference.mean)}};
    if (report.plan.has_chance) {
      const bool varies = std::isfinite(pair.pairing_gain) && pair.difference.n > 1;
      row.push_back({shown.interval(pair.mean)});
      row.push_back({varies ? fixed(pair.pairing_gain, 1) + "x" : "-"});
    }
    table.add_row(std::move(row));
  }
  return table;
}

/// How it ended, where that is not after a fixed number.
std::string ending_note(const ComparisonReport& report, const ObjectiveScale& shown) {
  using Kind = study::EndRule::Kind;
  const study::Ending& ending = report.ending;
  if (ending.rule.kind == Kind::fixed || !report.plan.has_chance) return {};
  const std::string size = shown.with_unit(ending.rule.size);
  const std::string sure = percent(report.comparison.confidence);
  if (ending.rule.kind == Kind::half_width) {
    return ending.met ? "Ended once every difference was known to " + size + " either way at " + sure + '.'
                      : "Not every difference is known to " + size + " yet: more replications are needed.";
  }
  if (!ending.met) return "No strategy is selected yet: more replications are needed.";
  if (!ending.selected) return "No strategy is selected: the last ones do not differ at all.";
  return "Selected: " + name_of(report.comparison, *ending.selected) + ", the best with a probability of " + sure +
         " or more where it leads by " + size + " or more (Kim and Nelson 2001).";
}

}  // namespace

ObjectiveScale comparison_scale(const ComparisonReport& report) { return scale_of(report.comparison); }

TextTable comparison_standings(const ComparisonReport& report) {
  return standings(report, scale_of(report.comparison));
}

TextTable comparison_differences(const ComparisonReport& report) {
  return differences(report, scale_of(report.comparison));
}

std::vector<std::string> comparison_notes(const ComparisonReport& report) {
  std::vector<std::string> result{objective_note(report)};
  if (std::string note = ending_note(report, scale_of(report.comparison)); !note.empty())
    result.push_back(std::move(note));
  if (report.comparison.strategies.size() > 1) result.push_back(front_note(report.comparison));
  result.push_back(inputs_note(report));
  result.push_back(core::printable(report.scenario.name()) + ": seed " + std::to_string(report.plan.seed) + ", " +
                   count_of(report) + ", all strategies on the same draws.");
  return result;
}

std::string answer(const ComparisonReport& report) {
  const Comparison& comparison = report.comparison;
  const ObjectiveScale shown = scale_of(comparison);
  if (comparison.rival) return undecided(report, shown);
  const StrategyStanding& leader = comparison.strategies[comparison.leader];
  const fleet::MeasureInfo& info = fleet::info(comparison.objective);
  const std::string name = name_of(comparison, comparison.leader);
  const bool alone = comparison.strategies.size() == 1;
  std::string text = name +
                     (alone                  ? " has a "
                      : info.lower_is_better ? " has the lowest "
                                             : " has the highest ") +
                     objective_words(info.measure) + (alone ? " of " : ", ") + shown.with_unit(leader.objective.mean);
  if (!report.plan.has_chance && alone) return text + '.';
  if (report.plan.has_chance) {
    text += " on average (" + percent(comparison.confidence) + " interval " + shown.interval(leader.mean) + ')';
    if (!alone) text += ", and is best in " + percent(leader.p_best) + " of " + count_of(report);
  }
  if (alone) return text + '.';
  const std::size_t second = runner_up(comparison);
  const PairStanding& pair = pair_with_leader(comparison, second);
  text += ". It leads " + name_of(comparison, second) + " by " + shown.with_unit(std::fabs(pair.difference.mean));
  if (report.plan.has_chance) {
    const study::Interval lead = pair.difference.mean < 0 ? study::Interval{-pair.mean.high, -pair.mean.low}
                                                          : pair.mean;
    text += " (" + shown.interval(lead) + ')';
  }
  return text + '.';
}

std::string comparison_table(const ComparisonReport& report, const TableStyle& style) {
  const ObjectiveScale shown = scale_of(report.comparison);
  std::string text = wrapped(answer(report), style.width) + '\n';
  text += standings(report, shown).plain(style.width, style.bold) + '\n';
  if (!report.comparison.pairs.empty()) text += differences(report, shown).plain(style.width, style.bold) + '\n';
  for (const std::string& note : comparison_notes(report)) text += wrapped(note, style.width);
  return text;
}

std::string comparison_markdown(const ComparisonReport& report) {
  const ObjectiveScale shown = scale_of(report.comparison);
  std::string text = markdown_text(answer(report)) + "\n\n" + standings(report, shown).markdown() + '\n';
  if (!report.comparison.pairs.empty()) text += differences(report, shown).markdown() + '\n';
  for (const std::string& note : comparison_notes(report)) text += "- " + markdown_text(note) + '\n';
  return text;
}

}  // namespace fleetrace::output
