#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/studies/comparison.hpp"
#include "sim/output/studies/comparison_parts.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output {
namespace {

using study::Comparison;
using study::PairStanding;
using study::StrategyStanding;

const PairStanding& pair_with_leader(const Comparison& comparison, std::size_t other) {
  return *std::find_if(comparison.pairs.begin(), comparison.pairs.end(), [&](const PairStanding& pair) {
    return (pair.a == comparison.leader && pair.b == other) || (pair.b == comparison.leader && pair.a == other);
  });
}

/// The strategy with the best standing after the leader.
std::size_t runner_up(const Comparison& comparison) {
  std::size_t second = *comparison.leader;
  for (std::size_t i = 0; i < comparison.strategies.size(); ++i) {
    if (i == *comparison.leader) continue;
    if (second == *comparison.leader ||
        study::precedes(comparison.objective, comparison.strategies[i], comparison.strategies[second]))
      second = i;
  }
  return second;
}

/// "hare and once", "hare, turtle and once".
std::string names_of(const Comparison& comparison, const std::vector<std::size_t>& which) {
  std::string text;
  for (std::size_t i = 0; i < which.size(); ++i)
    text += (i == 0 ? "" : i + 1 == which.size() ? " and " : ", ") + name_of(comparison, which[i]);
  return text;
}

/// Who shares the best place, or that nobody has one.
std::string without_leader(const ComparisonReport& report, const ObjectiveScale& shown) {
  const Comparison& comparison = report.comparison;
  const std::string objective = objective_words(comparison.objective);
  if (comparison.tied.empty()) {
    return "No strategy " + value_words(comparison.objective) +
           (report.design.has_chance ? " in any of " + replications_text(report) : "") + ": nobody leads in " +
           objective + '.';
  }
  const StrategyStanding& first = comparison.strategies[comparison.tied.front()];
  return names_of(comparison, comparison.tied) + " are tied in " + objective + ", " +
         shown.with_unit(first.objective.mean) + (report.design.has_chance ? " on average" : "") +
         (comparison.is_restricted() ? " as restricted means" : "") +
         ": they differ by less than arithmetic can tell, and nobody leads.";
}

/// "-3 to -1" of a leader that is ahead by 1 to 3.
study::Interval lead_interval(const PairStanding& pair) {
  return pair.difference.mean < 0 ? study::Interval{-pair.mean.high, -pair.mean.low} : pair.mean;
}

std::string undecided(const ComparisonReport& report, const ObjectiveScale& shown) {
  const Comparison& comparison = report.comparison;
  const std::size_t rival = *comparison.rival;
  const PairStanding& pair = pair_with_leader(comparison, rival);
  std::string text = "Undecided: " + name_of(comparison, *comparison.leader) + " and " + name_of(comparison, rival) +
                     " cannot be told apart after " + replications_text(report);
  if (lacks_values(comparison)) {
    text += ". The one " + value_words(comparison.objective) + " in " +
            count_text(comparison.strategies[*comparison.leader].valued) + ", the other in " +
            count_text(comparison.strategies[rival].valued) + " of them";
  }
  if (pair.difference.n == 0) return text + '.';
  text += (lacks_values(comparison) && !comparison.is_restricted()
               ? ", both in " + count_text(pair.difference.n) + " (there the mean difference is "
               : " (mean difference ") +
          shown.with_unit(std::fabs(pair.difference.mean)) + ", " + percent(comparison.confidence) + " interval ";
  text += shown.interval(lead_interval(pair)) + ").";
  if (comparison.replications_to_halve == 0) return text;
  return text + ' ' + count_text(comparison.replications_to_halve) +
         " replications would narrow that interval to about " + shown.with_unit(pair.mean.half_width() / 2) +
         " either way; the difference may be zero.";
}

/// Who leads by how often it has a value: "hare leads in cost to target: it reaches the target in 50 of 50 replications".
std::string leads_by_count(const ComparisonReport& report, const ObjectiveScale& shown) {
  const Comparison& comparison = report.comparison;
  const StrategyStanding& leader = comparison.strategies[*comparison.leader];
  std::string text = name_of(comparison, *comparison.leader) + " leads in " + objective_words(comparison.objective) +
                     ": it " + value_words(comparison.objective) + " in " + count_text(leader.valued) + " of " +
                     replications_text(report) + ", for " + shown.with_unit(leader.objective.mean) + " on average (" +
                     percent(comparison.confidence) + " interval of that mean " + shown.interval(leader.mean) +
                     "), and is best in " + percent(leader.p_best);
  if (comparison.strategies.size() == 1) return text + '.';
  const std::size_t second = runner_up(comparison);
  const StrategyStanding& other = comparison.strategies[second];
  text += ". " + name_of(comparison, second) + ' ';
  if (other.valued == 0) return text + value_words(comparison.objective, Having::never) + '.';
  text += value_words(comparison.objective) + " in " + count_text(other.valued);
  const PairStanding& pair = pair_with_leader(comparison, second);
  if (pair.difference.n == 0) return text + ", never in the same replication.";
  const bool costs_more = (pair.difference.mean < 0) == (pair.a == comparison.leader);
  return text + "; where both do it costs " + shown.with_unit(std::fabs(pair.difference.mean)) +
         (costs_more ? " more (" : " less (") + shown.interval(lead_interval(pair)) + ").";
}

}  // namespace

std::string answer(const ComparisonReport& report) {
  const Comparison& comparison = report.comparison;
  const ObjectiveScale shown = comparison_scale(report);
  const bool varies = report.design.has_chance;
  if (!comparison.leader) return without_leader(report, shown);
  if (comparison.rival) return undecided(report, shown);
  const bool is_restricted = comparison.is_restricted();
  if (varies && lacks_values(comparison) && !is_restricted) return leads_by_count(report, shown);
  const StrategyStanding& leader = comparison.strategies[*comparison.leader];
  const fleet::MetricInfo& info = fleet::info(comparison.objective);
  const std::string name = name_of(comparison, *comparison.leader);
  const bool alone = comparison.strategies.size() == 1;
  std::string text = name +
                     (alone                  ? " has a "
                      : info.lower_is_better ? " has the lowest "
                                             : " has the highest ") +
                     (is_restricted ? "restricted mean " : "") + objective_words(info.metric) +
                     (alone ? " of " : ", ") + shown.with_unit(leader.objective.mean);
  if (varies) {
    text += std::string(is_restricted ? "" : " on average") + " (" + percent(comparison.confidence) +
            " interval of that mean " + shown.interval(leader.mean) + ')';
    if (is_restricted)
      text += ", " + value_words(info.metric) + " in " + count_text(leader.valued) + " of " + replications_text(report);
    if (!alone)
      text += ", and is best in " + percent(leader.p_best) + (is_restricted ? "" : " of " + replications_text(report));
  }
  if (alone) return text + '.';
  const std::size_t second = runner_up(comparison);
  const std::string other = name_of(comparison, second);
  if (comparison.strategies[second].valued == 0)
    return text + ". " + other + ' ' + value_words(info.metric, varies ? Having::never : Having::no) + '.';
  const PairStanding& pair = pair_with_leader(comparison, second);
  text += ". It leads " + other + " by " + shown.with_unit(std::fabs(pair.difference.mean));
  if (varies) text += " (" + shown.interval(lead_interval(pair)) + ')';
  return text + '.';
}

}  // namespace fleetrace::output
