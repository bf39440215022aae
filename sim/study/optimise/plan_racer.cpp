#include "sim/study/optimise/plan_racer.hpp"

#include <algorithm>

#include "sim/fleet/world.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/study/optimise/plan_scenario.hpp"
#include "sim/study/optimise/rivals.hpp"

namespace fleetrace::study {
namespace {

/// What the accelerators of an order cost in a race.
core::Money raced_cost(const fleet::StrategySetup& setup, const fleet::Outcome& outcome,
                       const PlannedPurchase& purchase) {
  double usd = 0;
  for (const fleet::Cohort& each : outcome.cohorts) {
    if (each.is_capacity() || each.ordered != purchase.at || each.taken_out != purchase.retires) continue;
    const bool is_there = purchase.site.empty() || (each.site != fleet::kAnySite && each.is_for_site &&
                                                    setup.plant.sites[each.site].name == purchase.site);
    if (is_there && setup.plant.market.types[each.type].name == purchase.accelerator)
      usd += each.cost_usd * static_cast<double>(each.size);
  }
  return core::Money::from_usd(usd);
}

}  // namespace

fleet::StrategySetup PlanRacer::resolved(const std::vector<PlannedPurchase>& schedule,
                                         const std::vector<EarlyRetirement>& retired) const {
  const scenario::Scenario alone = with_plan(*scenario_, strategy_, budget_, is_trend_, schedule, Beside::nobody,
                                             retired);
  return scenario::resolve(alone, {seed_, 0, fleet::InputDraw::medians}).front();
}

RacedPurchases PlanRacer::race(const PlanProblem& problem, const Counts& counts, const PlanRequest& request) const {
  RacedPurchases raced;
  raced.schedule = planned_purchases(problem, counts);
  raced.retired = early_retirements(problem, counts);
  const fleet::StrategySetup setup = resolved(raced.schedule, raced.retired);
  fleet::World world;
  fleet::Outcome outcome;
  raced.value = race_for_objective(request, setup, world, outcome);
  raced.final = outcome.final;
  const bool learns = std::any_of(setup.plant.market.types.begin(), setup.plant.market.types.end(),
                                  [](const auto& type) { return type.price.learns_from_own(); });
  if (learns) {
    for (PlannedPurchase& each : raced.schedule) each.cost = raced_cost(setup, outcome, each);
  }
  return raced;
}

}  // namespace fleetrace::study
