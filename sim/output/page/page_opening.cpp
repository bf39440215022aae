#include "sim/output/page/page_opening.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/fleet/results/metrics.hpp"
#include "sim/output/run/hindsight.hpp"
#include "sim/output/run/report.hpp"
#include "sim/output/studies/comparison_parts.hpp"
#include "sim/output/studies/objective_scale.hpp"
#include "sim/output/studies/what_if_parts.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/in_words.hpp"
#include "sim/study/optimise/plan_scenario.hpp"

namespace fleetrace::output::page {
namespace {

using study::WhatIfStrategy;

/// "which of hare, turtle or lab".
std::string alternatives(const Run& run) {
  static constexpr std::size_t kMost = 6;
  std::string text;
  const std::size_t count = run.outcomes.size();
  if (count > kMost) return "which of " + std::to_string(count) + " strategies";
  for (std::size_t i = 0; i < count; ++i)
    text += (i == 0 ? "" : i + 1 == count ? " or " : ", ") + shown_name(run.outcomes[i]);
  return (count == 1 ? "" : "which of ") + text;
}

/// The strategies by final loss, the best first, without bounds by hindsight.
std::vector<const fleet::Outcome*> by_loss(const Run& run) {
  std::vector<const fleet::Outcome*> order;
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    if (!is_bound(run, i)) order.push_back(&run.outcomes[i]);
  }
  std::stable_sort(order.begin(), order.end(), [](const fleet::Outcome* a, const fleet::Outcome* b) {
    return a->final.relative_loss < b->final.relative_loss;
  });
  return order;
}

/// "spends 2.13 billion USD, 49.7 million USD (2.4 %) more than heron".
std::string spends(double own, double other, const std::string& name) {
  std::string text = "spends " + in_words(own, "USD");
  if (std::fabs(own - other) < 0.005) return text + ", as much as " + name;
  text += ", " + in_words(std::fabs(own - other), "USD");
  if (other > 0) text += " (" + change_in_words(other, own) + ')';
  return text + (own > other ? " more than " : " less than ") + name;
}

/// A strategy of a race; nullptr where it has none of that name.
const fleet::Outcome* raced_by(const Run& run, std::string_view strategy) {
  const auto found = std::find_if(run.outcomes.begin(), run.outcomes.end(),
                                  [&](const fleet::Outcome& each) { return each.strategy == strategy; });
  return found == run.outcomes.end() ? nullptr : &*found;
}

/// The strategy with the best standing after the leader; nullptr where there is no leader or nobody else.
const study::StrategyStanding* runner_up(const study::Comparison& comparison) {
  const study::StrategyStanding* second = nullptr;
  for (std::size_t i = 0; comparison.leader && i < comparison.strategies.size(); ++i) {
    const study::StrategyStanding& each = comparison.strategies[i];
    if (i == *comparison.leader || each.is_bound) continue;
    if (second == nullptr || study::precedes(comparison.objective, each, *second)) second = &each;
  }
  return second;
}

constexpr std::size_t kFinalLoss = 1;
constexpr std::size_t kSpend = 4;
static_assert(study::kRaceMetrics[kFinalLoss] == fleet::Metric::final_loss);
static_assert(study::kRaceMetrics[kSpend] == fleet::Metric::spend);

/// The strategy whose metric a case changes most; nullptr where it changes none.
const WhatIfStrategy* most_changed(const study::WhatIfCaseStanding& standing, std::size_t metric) {
  const WhatIfStrategy* most = nullptr;
  for (const WhatIfStrategy& each : standing.strategies) {
    const study::MetricStanding& here = each.metrics[metric];
    const double least = 1e-9 * std::max(std::fabs(here.value.mean), std::fabs(before_of(here)));
    if (!here.has_difference || !std::isfinite(here.difference.mean) || std::fabs(here.difference.mean) <= least)
      continue;
    if (most == nullptr || std::fabs(here.difference.mean) > std::fabs(most->metrics[metric].difference.mean))
      most = &each;
  }
  return most;
}

}  // namespace

std::string question(const Run& run, fleet::Metric objective) {
  const fleet::MetricInfo& info = fleet::info(objective);
  std::string text = alternatives(run);
  if (run.outcomes.size() == 1)
    return "What " + objective_words(objective) + " has " + text + " by " +
           core::to_date(run.setups.front().horizon.end) + '?';
  text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
  return text + (info.lower_is_better ? " has the lowest " : " has the highest ") + objective_words(objective) +
         " by " + core::to_date(run.setups.front().horizon.end) + '?';
}

std::string description(const scenario::Scenario& scenario) {
  const core::Spec& root = scenario.root();
  if (!root.has("description")) return {};
  const std::string text = core::printable(root.text("description"));
  const bool is_sentence = !text.empty() && text.find_last_of(".?!") == text.size() - 1;
  return is_sentence || text.empty() ? text : text + '.';
}

std::string opening_answer(const Run& run) {
  const std::vector<const fleet::Outcome*> order = by_loss(run);
  if (order.size() == 1 && run.outcomes.size() == 1) {
    return shown_name(*order[0]) + " ends at a relative loss of " + fixed(order[0]->final.relative_loss, 3) +
           ". On average over the years it is " + fixed(order[0]->final.mean_relative_loss, 3) + '.';
  }
  if (order.size() < 2) return headline(run);
  const double best = order[0]->final.relative_loss;
  const double second = order[1]->final.relative_loss;
  if (fleet::are_tied(best, second) || second <= 0) return headline(run);
  std::string text = shown_name(*order[0]) + " ends with the lowest loss, " + fixed(best, 3) + ": " +
                     change_in_words(second, best) + " below the " + fixed(second, 3) + " of " + shown_name(*order[1]) +
                     '.';
  const fleet::Outcome* lowest = *std::min_element(order.begin(), order.end(),
                                                   [](const fleet::Outcome* a, const fleet::Outcome* b) {
                                                     return a->final.mean_relative_loss < b->final.mean_relative_loss;
                                                   });
  const std::string mean = fixed(lowest->final.mean_relative_loss, 3);
  return text + (lowest == order[0]
                     ? " Its loss is the lowest on average over the years, too (" + mean + ")."
                     : " On average over the years " + shown_name(*lowest) + " has the lowest loss (" + mean + ").");
}

std::string opening_answer(const ComparisonReport& report) {
  const study::Comparison& comparison = report.comparison;
  const study::StrategyStanding* const second = runner_up(comparison);
  const fleet::Metric objective = comparison.objective;
  const bool is_loss = objective == fleet::Metric::final_loss || objective == fleet::Metric::mean_loss;
  const bool is_whole = std::all_of(
      comparison.strategies.begin(), comparison.strategies.end(),
      [&](const study::StrategyStanding& each) { return each.valued == comparison.replications; });
  if (!comparison.best || second == nullptr || !is_loss || !is_whole) return answer(report);
  const study::StrategyStanding& leader = comparison.strategies[*comparison.best];
  const bool varies = report.design.has_chance;
  std::string text = core::printable(leader.name) + " has the lowest " + objective_words(objective) +
                     (varies ? " on average, " : ", ") + fixed(leader.objective.mean, 3) + ": " +
                     change_in_words(second->objective.mean, leader.objective.mean) + " below the " +
                     fixed(second->objective.mean, 3) + " of " + core::printable(second->name) + '.';
  if (!varies) return text;
  return text + " It is best in " + percent(leader.p_best) + " of " + count_text(comparison.replications) +
         " possible futures.";
}

std::string opening_answer(const WhatIfReport& report) {
  std::string text;
  for (std::size_t f = 1; f < report.result.cases.size(); ++f) {
    const study::WhatIfCaseStanding& standing = report.result.cases[f];
    const WhatIfStrategy* most = most_changed(standing, kFinalLoss);
    if (f > 1) text += ' ';
    if (most == nullptr) {
      text += what_if_answer(report, f);
      continue;
    }
    const study::MetricStanding& loss = most->metrics[kFinalLoss];
    const bool has_others = standing.strategies.size() > 1;
    text += core::printable(standing.name) + (loss.difference.mean > 0 ? " raises" : " lowers") +
            " the final loss of " + core::printable(most->name) + (has_others ? " most, by " : " by ") +
            change_in_words(before_of(loss), loss.value.mean) + " (" + loss_from_to(before_of(loss), loss.value.mean) +
            ").";
  }
  return text;
}

std::string opening_answer(const OptimumReport& report, const Run& raced) {
  const study::Optimum& optimum = report.optimum;
  const fleet::Outcome* const plan = raced_by(raced, study::kOptimumName);
  const fleet::Outcome* const other = raced_by(raced, optimum.strategy);
  const bool is_mean = optimum.objective == fleet::Metric::mean_loss;
  if ((!is_mean && optimum.objective != fleet::Metric::final_loss) || plan == nullptr || other == nullptr)
    return answer(report);
  const auto loss = [is_mean](const fleet::Outcome& outcome) {
    return is_mean ? outcome.final.mean_relative_loss : outcome.final.relative_loss;
  };
  const double own = loss(*plan);
  const double before = loss(*other);
  std::string text = std::string("This plan has a ") + (is_mean ? "mean" : "final") + " loss of " + fixed(own, 3);
  if (before > 0 && !fleet::are_tied(own, before))
    text += ": " + change_in_words(before, own) + (own < before ? " below the " : " above the ") + fixed(before, 3) +
            " of " + shown_name(*other);
  text += ". ";
  if (!optimum.bound) return text + "Nothing is proved of other plans: a better one may exist.";
  return text + "It is proved that no plan on these dates gets below " + fixed(*optimum.bound, 3) + '.';
}

std::string cost_difference(const Run& raced, const std::string& strategy) {
  const fleet::Outcome* const plan = raced_by(raced, study::kOptimumName);
  const fleet::Outcome* const other = raced_by(raced, strategy);
  if (plan == nullptr || other == nullptr) return {};
  return "This plan " + spends(plan->final.spend().usd(), other->final.spend().usd(), shown_name(*other)) + '.';
}

std::string cost_difference(const Run& run) {
  const std::vector<const fleet::Outcome*> order = by_loss(run);
  if (order.size() == 1)
    return shown_name(*order[0]) + " spends " + in_words(order[0]->final.spend().usd(), "USD") + '.';
  if (order.empty() || fleet::are_tied(order[0]->final.relative_loss, order[1]->final.relative_loss)) return {};
  return shown_name(*order[0]) + ' ' +
         spends(order[0]->final.spend().usd(), order[1]->final.spend().usd(), shown_name(*order[1])) + '.';
}

std::string cost_difference(const ComparisonReport& report) {
  const study::Comparison& comparison = report.comparison;
  const study::StrategyStanding* const second = runner_up(comparison);
  if (second == nullptr) return {};
  const study::StrategyStanding& leader = comparison.strategies[*comparison.leader];
  return core::printable(leader.name) + ' ' +
         spends(leader.mean_spend, second->mean_spend, core::printable(second->name)) +
         (report.design.has_chance ? ", on average." : ".");
}

std::string cost_difference(const WhatIfReport& report) {
  std::string text;
  for (std::size_t f = 1; f < report.result.cases.size(); ++f) {
    const study::WhatIfCaseStanding& standing = report.result.cases[f];
    const WhatIfStrategy* most = most_changed(standing, kSpend);
    text += (text.empty() ? "" : " ") + core::printable(standing.name) + ": ";
    if (most == nullptr) {
      text += "nobody spends more or less.";
      continue;
    }
    const double difference = most->metrics[kSpend].difference.mean;
    text += core::printable(most->name) + " spends " + in_words(std::fabs(difference), "USD") +
            (difference > 0 ? " more." : " less.");
  }
  return text;
}

}  // namespace fleetrace::output::page
