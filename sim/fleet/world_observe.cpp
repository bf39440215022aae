#include <algorithm>
#include <limits>

#include "sim/core/numeric/math.hpp"
#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {
namespace {

models::Offer offer_of(const models::Trend& trend, core::Time now) {
  models::Offer offer;
  offer.flops_per_usd = trend.price_performance_at(now);
  offer.watts_per_flops = trend.power_per_flops_at(now);
  return offer;
}

models::Offer offer_of(const models::AcceleratorType& type, core::Time now, double bought) {
  models::Offer offer;
  offer.unit_usd = type.cost(now, bought);
  offer.flops_per_usd = type.peak / offer.unit_usd;
  offer.watts_per_flops = type.nameplate_power / type.peak;
  return offer;
}

/// What is ordered will serve as what is installed does.
models::ServingView serving_view(const World& world) {
  const Plant& plant = world.setup().plant;
  const models::DemandLaw& law = *plant.demand;
  // Where serving takes what demand asks for, it could take more than it does now.
  const models::ServingFleet fleet = world.serving.most_fleet(world.meter.rates());
  const double share = world.serving.most_serving() * plant.operations.failures.work_factor();
  // A fleet that works shows what it achieves; before there is one, that is a belief.
  const double useful = world.meter.rates().peak > 0
                            ? share * law.mfu
                            : world.serving.most_serving() * world.forecast.beliefs().serving_utilisation;
  models::ServingFleet ordered = fleet;
  ordered.accelerators += share * static_cast<double>(world.inventory.pending());
  ordered.useful += useful * world.inventory.pending_peak();
  models::ServingView view;
  view.load = world.serving.load(world.now());
  view.growth = world.forecast.beliefs().load_growth;
  view.carried = law.carried(ordered);
  view.per_capacity = useful * (ordered.useful > 0 && view.carried > 0 ? view.carried / ordered.useful : 1);
  return view;
}

}  // namespace

models::Observation World::observe(const std::optional<std::size_t>& choice) const {
  const models::Market& market = setup().plant.market;
  models::Observation seen{now(), setup().horizon.start, setup().horizon.end, ledger.hardware_budget(),
                           ledger.released()};
  seen.cash = ledger.cash();
  if (market.trend) {
    seen.offer = offer_of(*market.trend, now());
    forecast.expect(seen.offer, *market.trend, now());
  } else if (choice) {
    seen.offer = offer_of(market.types[*choice], now(), procurement.bought(*choice));
    forecast.expect(seen.offer, market, procurement.released_types(), now());
  }
  const Rates rates = meter.rates();
  seen.fleet.power = static_cast<double>(inventory.committed_milliwatt()) / 1e3;
  seen.fleet.power_installed = static_cast<double>(sites.powered_milliwatt()) / 1e3;
  const double trains = training_peak();
  seen.fleet.capacity = trains + inventory.pending_peak();
  seen.fleet.capacity_installed = trains;
  seen.fleet.accelerators_installed = rates.accelerators;
  seen.outlook = outlook();
  if (setup().plant.demand) seen.serving = serving_view(*this);
  return seen;
}

models::Outlook World::outlook() const {
  const Plant& plant = setup().plant;
  const Beliefs& beliefs = forecast.beliefs();
  models::Outlook outlook;
  const double years = setup().horizon.years_at(now());
  outlook.progress = forecast.progress(years, trajectory.law().multiplier(years));
  outlook.embodied = beliefs.progress.embodied;
  outlook.lead_time = beliefs.lead_time;
  outlook.lifetime = beliefs.lifetime;
  outlook.order_usd = plant.supply.order_cost.usd();
  // A fleet that works shows what it achieves; before there is one, that is a belief.
  const double peak_share = meter.rates().peak > 0 ? plant.operations.utilisation() : beliefs.utilisation;
  outlook.utilisation = peak_share * run_scale.lasting() * serving.training_fraction();
  const core::Time arrival = core::saturating_add(now(), beliefs.lead_time);
  auto power_milliwatt = static_cast<double>(sites.powered_milliwatt());
  for (const std::uint32_t site : setup().strategy.sites) {
    const std::int64_t limit = plant.sites[site].counted_on(now(), arrival).it_power_milliwatt;
    power_milliwatt = limit == kNoLimit ? std::numeric_limits<double>::infinity()
                                        : power_milliwatt + static_cast<double>(limit - sites[site].powered_milliwatt);
  }
  outlook.power_limit = power_milliwatt / 1e3;
  outlook.releases = forecast.releases(plant.market, procurement.released_types());
  return outlook;
}

}  // namespace fleetrace::fleet
