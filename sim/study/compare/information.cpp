#include "sim/study/compare/information.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/purchase/belief.hpp"
#include "sim/scenario/resolve/resolve_beliefs.hpp"
#include "sim/scenario/schema/remove_strategies.hpp"
#include "sim/study/compare/samples.hpp"

namespace fleetrace::study {
namespace {

using core::Spec;

bool is_policy(Role role) { return role == Role::policy; }

/// Whether beliefs can differ from the world.
bool can_be_wrong(const Spec& root) {
  const std::vector<Spec>& all = root.sections("strategies");
  return !scenario::is_certain(root) || std::any_of(all.begin(), all.end(), [](const Spec& each) {
    return each.entry->find(models::kBelieves) != nullptr && each.has(models::kBelieves);
  });
}

void give_hindsight(Spec& strategy) {
  strategy.value("information").data = std::string("hindsight");
  strategy.value(models::kBelieves) = {};
  strategy.value("observation_error") = {};
  strategy.value("learns").data = false;
  strategy.value("learns").preset = true;
}

}  // namespace

std::optional<StudyDesign> hindsight_design(const StudyDesign& design) {
  scenario::Scenario scenario = design.inputs.scenario();
  if (std::none_of(design.roles.begin(), design.roles.end(), is_policy) || !can_be_wrong(scenario.root()))
    return std::nullopt;
  // Correlations may name inputs of the strategies that do not plan.
  if (scenario.root().section("study")->sections("correlations").empty()) {
    std::size_t index = 0;
    scenario::remove_strategies(scenario.edit(), [&](const Spec&) { return !is_policy(design.roles[index++]); });
  }
  auto& strategies = std::get<std::vector<Spec>>(scenario.edit().value("strategies").data);
  for (Spec& strategy : strategies) {
    if (strategy.entry->find("information") != nullptr) give_hindsight(strategy);
  }
  StudyDesign result = StudyDesign::of(scenario, design.seed, design.target);
  result.has_base = design.has_base;
  result.own_objective = design.own_objective;
  return result;
}

InformationValue value_of_information(const StudyDesign& design, const Comparison& comparison, const Results& results,
                                      const Results& hindsight) {
  const std::vector<StrategyStanding>& all = comparison.strategies;
  InformationValue value;
  for (std::size_t i = 0; i < design.roles.size(); ++i) {
    if (is_policy(design.roles[i])) value.policies.push_back(i);
    if (design.roles[i] != Role::fixed_plan) continue;
    if (!value.fixed || precedes(comparison.objective, all[i], all[*value.fixed])) value.fixed = i;
  }
  // Where nobody has a value in a draw, hindsight has none either; restricted means count the horizon there.
  const Samples with_beliefs(results, comparison.objective);
  const Samples with_hindsight(hindsight, comparison.objective);
  std::vector<double> best;
  for (std::size_t r = 0; r < results.replications(); ++r) {
    double least = std::numeric_limits<double>::infinity();
    for (const Samples* samples : {&with_beliefs, &with_hindsight}) {
      for (std::size_t i = 0; i < samples->strategies(); ++i) {
        if (samples->counts(i, r)) least = std::min(least, samples->loss(i, r));
      }
    }
    if (std::isfinite(least)) best.push_back(with_beliefs.sign() * least);
  }
  value.hindsight = moments(best);
  if (best.empty()) value.hindsight.mean = std::numeric_limits<double>::quiet_NaN();
  value.hindsight_mean = design.has_chance || best.empty() ? mean_interval(value.hindsight, comparison.confidence)
                                                           : Interval{value.hindsight.mean, value.hindsight.mean};
  return value;
}

}  // namespace fleetrace::study
