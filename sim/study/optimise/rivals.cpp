#include "sim/study/optimise/rivals.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/fleet/world.hpp"
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

double objective_value(const PlanRequest& request, const fleet::Summary& final) {
  if (!request.target)
    return request.objective == fleet::Metric::mean_loss ? final.mean_relative_loss : final.relative_loss;
  return final.relative_loss <= *request.target * (1 + 1e-12) ? final.capex.usd()
                                                              : std::numeric_limits<double>::quiet_NaN();
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
  fleet::World world;
  world.recorder.keep(fleet::Detail::metrics, std::nullopt);
  fleet::Outcome outcome;
  for (const fleet::StrategySetup& each : setups) {
    fleet::simulate(world, each, outcome);
    const double value = objective_value(request, outcome.final);
    // Nobody else keeps to a limit of spending by year, or of the size of orders.
    const bool is_changed = request.yearly_spend || request.smallest_order ||
                            !same_limits(scenario, each.strategy, rivals.asked.strategy);
    rivals.versus.push_back({each.strategy.name, value, is_changed});
    if (!is_changed && value < rivals.best) rivals.best = value;
  }
  std::stable_sort(rivals.versus.begin(), rivals.versus.end(), [](const OptimumRival& a, const OptimumRival& b) {
    return a.value < b.value || (std::isnan(b.value) && !std::isnan(a.value));
  });
  return rivals;
}

}  // namespace fleetrace::study
