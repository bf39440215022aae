#include <algorithm>
#include <limits>

#include "fleetrace/core/math.hpp"
#include "fleetrace/fleet/world.hpp"

namespace fleetrace::fleet {
namespace {

models::Offer offer_of(const models::Trend& trend, core::Time now) {
  models::Offer offer;
  offer.flops_per_usd = trend.price_performance_at(now);
  offer.watts_per_flops = trend.power_per_flops_at(now);
  offer.growth = trend.price_performance_rate * core::kLn2;
  offer.efficiency = trend.power_per_flops > 0 ? trend.efficiency_rate * core::kLn2 : 0;
  return offer;
}

models::Offer offer_of(const models::AcceleratorType& type, core::Time now, double bought) {
  models::Offer offer;
  offer.unit_usd = type.cost(now, bought);
  offer.flops_per_usd = type.peak / offer.unit_usd;
  offer.watts_per_flops = type.nameplate_power / type.peak;
  offer.growth = type.price.decline;
  return offer;
}

/// What is ordered will serve as what is installed does.
models::ServingView serving_view(const World& world) {
  const Plant& plant = world.plan->plant;
  const models::DemandLaw& law = *plant.demand;
  const models::ServingFleet fleet = world.serving_fleet();
  const double share = plant.operations.allotments[world.allotment].serving * plant.operations.failures.work_factor();
  models::ServingFleet ordered = fleet;
  ordered.accelerators += share * static_cast<double>(world.pending);
  ordered.useful += share * law.mfu * world.pending_peak.value();
  models::ServingView view;
  view.load = world.service.load(world.now());
  view.growth = law.growth;
  view.carried = law.carried(ordered);
  view.per_capacity = share * law.mfu * (ordered.useful > 0 && view.carried > 0 ? view.carried / ordered.useful : 1);
  return view;
}

}  // namespace

std::optional<std::size_t> World::choice(const std::vector<bool>& passed_over) const {
  const std::size_t on_sale = released_types;
  const models::Market& market = plan->plant.market;
  const auto is_passed_over = [&](std::size_t type) { return type < passed_over.size() && passed_over[type]; };
  if (plan->strategy.choice == Choice::named) {
    const std::size_t named = plan->strategy.named_type;
    return named < on_sale && !is_passed_over(named) ? std::optional(named) : std::nullopt;
  }
  const std::int64_t lot = plan->plant.supply.lot;
  const auto is_to_be_had = [&](std::size_t type) { return taken.empty() || allotted(type).value_or(lot) >= lot; };
  std::optional<std::size_t> best;
  double best_value = -1;
  for (std::size_t i = 0; i < on_sale; ++i) {
    if (is_passed_over(i) || !is_to_be_had(i)) continue;
    if (plan->strategy.choice == Choice::newest) {
      best = i;
      continue;
    }
    const models::AcceleratorType& type = market.types[i];
    const double value = type.peak / (plan->strategy.choice == Choice::flop_per_usd ? type.cost(now(), bought(i))
                                                                                    : type.nameplate_power);
    if (value > best_value) {
      best = i;
      best_value = value;
    }
  }
  return best;
}

double World::training_peak() const {
  double peak = meter.rates().peak;
  if (!plan->plant.operations.hand_down) return peak;
  for (const Cohort& cohort : cohorts) peak -= static_cast<double>(cohort.count(State::serving)) * cohort.peak;
  return std::max(0.0, peak);
}

models::Observation World::observe(const std::optional<std::size_t>& choice) const {
  const models::Market& market = plan->plant.market;
  models::Observation seen{now(), plan->horizon.start, plan->horizon.end, ledger.hardware_budget(), ledger.released()};
  seen.cash = ledger.cash();
  if (market.trend) {
    seen.offer = offer_of(*market.trend, now());
  } else if (choice) {
    seen.offer = offer_of(market.types[*choice], now(), bought(*choice));
  }
  const Rates rates = meter.rates();
  seen.fleet.power = static_cast<double>(committed_mw) / 1e3;
  seen.fleet.power_installed = static_cast<double>(powered_mw) / 1e3;
  const double trains = training_peak();
  seen.fleet.capacity = trains + pending_peak.value();
  seen.fleet.capacity_installed = trains;
  seen.fleet.accelerators_installed = rates.accelerators;
  const models::ProgressLaw& progress = trajectory.law();
  seen.outlook.progress = progress.expected_growth(plan->horizon.years_at(now()));
  seen.outlook.embodied = progress.embodied;
  seen.outlook.lead_time = plan->plant.supply.lead_time.mean + plan->plant.supply.burn_in;
  seen.outlook.lifetime = plan->plant.operations.training_life();
  seen.outlook.order_usd = plan->plant.supply.order_cost.usd();
  seen.outlook.utilisation = plan->plant.operations.utilisation() * run.lasting() * allotted_to_training();
  if (plan->plant.demand) seen.serving = serving_view(*this);
  const core::Time arrival = core::saturating_add(now(), plan->plant.supply.lead_time.mean);
  double power_mw = 0;
  for (const std::uint32_t site : plan->strategy.sites) {
    const std::int64_t fits = plan->plant.sites[site].counted_on(now(), arrival).it_power_mw;
    power_mw = fits < 0 ? std::numeric_limits<double>::infinity() : power_mw + static_cast<double>(fits);
  }
  seen.outlook.power_limit = power_mw / 1e3;
  if (market.releases && released_types > 0) {
    const models::AcceleratorType& last = market.types[released_types - 1];
    seen.outlook.releases = {*market.releases, last.released, last.peak / last.cost(last.released),
                             last.peak / last.nameplate_power};
  }
  return seen;
}

}  // namespace fleetrace::fleet
