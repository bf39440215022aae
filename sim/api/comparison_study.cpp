#include "sim/api/comparison_study.hpp"

#include <algorithm>

#include "sim/study/affordable.hpp"
#include "sim/study/compare/information.hpp"
#include "sim/study/compare/regrets.hpp"

namespace fleetrace {
namespace {

study::Results results_for(const study::StudyDesign& design, const StudySettings& settings,
                           ComparisonStudy::Keep keep) {
  const std::size_t strategies = design.strategies.size();
  if (keep == ComparisonStudy::Keep::all_metrics) return study::Results(strategies, design.own_objective.has_value());
  return {strategies, study::compared_metrics(settings.objective)};
}

/// The most replications that the study may take, where their results fit into memory.
std::size_t affordable(const study::StudyDesign& design, const StudySettings& settings) {
  const std::size_t most = design.has_chance ? settings.rule.most : 1;
  study::require_affordable(most, design.strategies.size());
  return most;
}

/// Without guards nothing is watched.
study::GoalWatch watch_for(std::vector<study::Goal> guards, const study::StudyDesign& design, std::size_t most) {
  const std::size_t watched = guards.empty() ? 0 : most;
  return {std::move(guards), design.strategies, watched};
}

}  // namespace

ComparisonStudy::ComparisonStudy(scenario::Scenario scenario, const StudySettings& settings,
                                 std::vector<study::Goal> guards, Keep keep, const std::optional<PlanQuestion>& plans)
    : scenario_(std::move(scenario)),
      settings_(settings),
      design_(study::StudyDesign::of(scenario_, settings.seed, settings.target, settings.objective)),
      most_(affordable(design_, settings)),
      results_(results_for(design_, settings, keep)),
      paths_(design_.strategies.size(), most_),
      watch_(watch_for(std::move(guards), design_, most_)) {
  study::ask_for(watch_.goals(), design_);
  if (plans) plans_.emplace(*plans, scenario_, most_, design_);
  // Without guards and plans nobody looks at more of a race than its loss over time.
  if (watch_.goals().empty() && !plans_) design_.observed = fleet::Detail::losses;
}

bool ComparisonStudy::replicate(const std::atomic<bool>& stop, const study::Finished& finished) {
  const auto observe = [&](auto replication, auto strategy, const fleet::StrategySetup& setup,
                           const fleet::Outcome& outcome) {
    paths_.keep(replication, strategy, outcome);
    if (replication < watch_.room()) watch_.keep(replication, strategy, setup, outcome);
  };
  const auto stopping = study::replicate_until(design_, settings_.rule, settings_.objective, settings_.confidence,
                                               settings_.jobs, stop, results_, finished, observe,
                                               std::max({paths_.room(), watch_.room(), plans_ ? plans_->room() : 0}));
  if (stopping) stopping_ = *stopping;
  return stopping.has_value();
}

bool ComparisonStudy::complete(const std::atomic<bool>& stop) {
  const std::size_t count = results_.replications();
  if (!study::complete(design_, count, settings_.jobs, stop, paths_)) return false;
  if (!watch_.goals().empty() && !study::complete(design_, count, settings_.jobs, stop, watch_)) return false;
  const auto has_plan = [this](std::size_t replication) { return plans_->has(replication); };
  if (plans_ && !study::observe_missing(design_, count, settings_.jobs, stop, has_plan, [](auto&&...) {})) return false;
  return race_with_hindsight(stop);
}

bool ComparisonStudy::race_with_hindsight(const std::atomic<bool>& stop) {
  const std::optional<study::StudyDesign> design = study::hindsight_design(design_);
  if (!design) return true;
  study::Results results(design->strategies.size(), study::compared_metrics(settings_.objective));
  if (!study::replicate(*design, results_.replications(), settings_.jobs, stop, results)) return false;
  hindsight_ = std::move(results);
  return true;
}

std::size_t ComparisonStudy::keep_finished() {
  std::size_t count = 0;
  while (results_.has(count)) ++count;
  results_.resize(count);
  stopping_ = {settings_.rule, false, std::nullopt};
  return count;
}

std::vector<study::GoalVerdict> ComparisonStudy::verdicts() const {
  return watch_.verdicts(watch_.goals().empty() ? 0 : results_.replications(), settings_.confidence,
                         design_.has_chance);
}

std::optional<PlanSamples> ComparisonStudy::plans() {
  if (!plans_) return std::nullopt;
  return std::move(*plans_).take(results_.replications());
}

ComparisonReport ComparisonStudy::report() {
  study::Comparison comparison = study::compare(design_, results_, settings_.objective, settings_.confidence);
  study::set_regret_intervals(results_, design_.seed, design_.has_chance, comparison);
  if (hindsight_) comparison.information = study::value_of_information(design_, comparison, results_, *hindsight_);
  study::LossBands bands = paths_.bands(results_.replications());
  return {std::move(scenario_),  std::move(design_), std::move(results_),
          std::move(comparison), stopping_,          std::move(bands)};
}

}  // namespace fleetrace
