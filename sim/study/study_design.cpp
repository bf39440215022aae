#include "sim/study/study_design.hpp"

#include <algorithm>

#include "models/purchase/optimised.hpp"
#include "sim/fleet/results/metrics.hpp"
#include "sim/scenario/resolve/resolve.hpp"

namespace fleetrace::study {

bool StudyDesign::is_bound(std::size_t strategy) const {
  return strategy < roles.size() && roles[strategy] == Role::hindsight &&
         std::any_of(roles.begin(), roles.end(), [](Role role) { return role != Role::hindsight; });
}

StudyDesign StudyDesign::of(const scenario::Scenario& scenario, std::uint32_t seed, std::optional<double> target) {
  StudyDesign design{scenario::Inputs(scenario), seed, target, {}, fleet::Detail::whole, {}, false, false, false};
  design.has_chance = design.resolves_by_draw = !design.inputs.all().empty();
  for (const core::Spec& each : scenario.root().sections("strategies")) {
    const bool plans = each.entry->find("information") != nullptr;
    const bool is_in_advance = models::optimises(*each.entry) == models::Optimises::in_advance;
    design.roles.push_back(!plans                                    ? Role::fixed_plan
                           : each.text("information") == "hindsight" ? Role::hindsight
                           : is_in_advance                           ? Role::fixed_plan
                                                                     : Role::policy);
  }
  for (const fleet::StrategySetup& each : scenario::resolve(scenario)) {
    design.strategies.push_back(each.strategy.name);
    design.has_chance = design.has_chance || fleet::has_chance(each);
    design.resolves_by_draw = design.resolves_by_draw || fleet::has_random_releases(each);
  }
  return design;
}

StudyDesign StudyDesign::of(const scenario::Scenario& scenario, std::uint32_t seed, std::optional<double> target,
                            fleet::Metric objective) {
  StudyDesign design = of(scenario, seed, target);
  design.has_base = fleet::info(objective).needs_base;
  if (fleet::is_own(objective)) design.own_objective = objective;
  return design;
}

std::optional<std::size_t> find_strategy(const StudyDesign& design, const std::string& name) {
  const auto found = std::find(design.strategies.begin(), design.strategies.end(), name);
  if (found == design.strategies.end()) return std::nullopt;
  return static_cast<std::size_t>(found - design.strategies.begin());
}

}  // namespace fleetrace::study
