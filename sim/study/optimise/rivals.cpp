#include "sim/study/optimise/rivals.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/fleet/results/own_objective.hpp"
#include "sim/scenario/resolve/resolve.hpp"

namespace fleetrace::study {
namespace {

/// Whether two strategies have the same money and sites, and neither changes anything for itself alone.
bool same_limits(const scenario::Scenario& scenario, const fleet::Strategy& a, const fleet::Strategy& b) {
  if (a.name == b.name) return true;
  for (const core::Spec& each : scenario.root().sections("strategies")) {
    if (each.has("with") && (each.name == a.name || each.name == b.name)) return false;
  }
  return a.budget == b.budget && a.sites == b.sites;
}

}  // namespace

double race_for_objective(const PlanRequest& request, const fleet::StrategySetup& setup, fleet::World& world,
                          fleet::Outcome& outcome) {
  std::optional<std::size_t> target;
  if (fleet::info(request.objective).needs_target) target = 0;
  world.recorder.keep(fleet::Detail::metrics, target);
  if (target) {
    fleet::StrategySetup with_target = setup;
    with_target.loss.targets = {*request.target};
    fleet::simulate(world, with_target, outcome);
  } else {
    fleet::simulate(world, setup, outcome);
  }
  // A final loss that must be met is met up to rounding.
  if (!target && request.target && outcome.final.relative_loss > *request.target * (1 + 1e-12))
    return std::numeric_limits<double>::quiet_NaN();
  fleet::Metrics metrics = fleet::measure(setup, outcome, target, std::nullopt);
  fleet::add_own(request.objective, setup.strategy.name, metrics);
  return fleet::value_or_none(metrics, request.objective);
}

bool is_better(const PlanRequest& request, double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return !std::isnan(a) && std::isnan(b);
  return fleet::info(request.objective).lower_is_better ? a < b : a > b;
}

Rivals race_rivals(const scenario::Scenario& scenario, const PlanRequest& request) {
  const fleet::Draw draw{request.seed, 0, fleet::InputDraw::medians};
  const std::vector<fleet::StrategySetup> setups = scenario::resolve(scenario, draw);
  Rivals rivals;
  rivals.asked = *std::find_if(setups.begin(), setups.end(), [&](const fleet::StrategySetup& each) {
    return each.strategy.name == request.strategy;
  });
  require_plannable(rivals.asked, request);
  rivals.best = std::numeric_limits<double>::infinity();
  if (!fleet::info(request.objective).lower_is_better) rivals.best = -rivals.best;
  fleet::World world;
  fleet::Outcome outcome;
  for (const fleet::StrategySetup& each : setups) {
    const double value = race_for_objective(request, each, world, outcome);
    // Nobody else keeps to a limit of spending by year, or of the size of orders.
    const bool is_changed = request.yearly_spend || request.smallest_order ||
                            !same_limits(scenario, each.strategy, rivals.asked.strategy);
    rivals.versus.push_back({each.strategy.name, value, is_changed});
    if (!is_changed && is_better(request, value, rivals.best)) rivals.best = value;
  }
  std::stable_sort(rivals.versus.begin(), rivals.versus.end(),
                   [&](const OptimumRival& a, const OptimumRival& b) { return is_better(request, a.value, b.value); });
  return rivals;
}

}  // namespace fleetrace::study
