#include "sim/fleet/beliefs/beliefs.hpp"

#include "sim/core/numeric/math.hpp"

namespace fleetrace::fleet {
namespace {

void take_market(const models::Market& market, Beliefs& beliefs) {
  if (market.trend) {
    const models::Trend& trend = *market.trend;
    beliefs.price_performance.mean = trend.price_performance_rate * core::kLn2;
    beliefs.efficiency.mean = trend.power_per_flops > 0 ? trend.efficiency_rate * core::kLn2 : 0;
    return;
  }
  // One law for all accelerators on sale.
  if (!market.types.empty()) beliefs.price_decline.mean = market.types.front().price.decline;
  if (!market.releases) return;
  beliefs.releases = market.releases;
  const double years = market.releases->cadence.years();
  beliefs.price_performance.mean = core::log(market.releases->jump) / years;
  beliefs.efficiency.mean = core::log(market.releases->efficiency_jump) / years;
}

bool have_same_parts(const std::vector<Site>& a, const std::vector<Site>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].name != b[i].name || a[i].additions.size() != b[i].additions.size()) return false;
  }
  return true;
}

}  // namespace

Beliefs beliefs_of(const Plant& plant) {
  Beliefs beliefs;
  take_market(plant.market, beliefs);
  beliefs.progress = beliefs.slower_progress = beliefs.faster_progress = plant.progress;
  beliefs.adoptions = plant.adoptions;
  beliefs.lead_time = plant.supply.lead_time.mean + plant.supply.burn_in;
  beliefs.lifetime = plant.operations.training_life();
  beliefs.utilisation = plant.operations.utilisation();
  if (plant.demand) {
    beliefs.load_growth = plant.demand->growth;
    beliefs.serving_utilisation = plant.demand->mfu * plant.operations.failures.work_factor();
  }
  return beliefs;
}

void doubt(Beliefs& beliefs, const Beliefs& slower, const Beliefs& faster) {
  for (models::Belief Beliefs::*rate : {&Beliefs::price_performance, &Beliefs::efficiency, &Beliefs::price_decline})
    beliefs.*rate = models::belief_of((slower.*rate).mean, (beliefs.*rate).mean, (faster.*rate).mean);
  beliefs.slower_progress = slower.progress;
  beliefs.faster_progress = faster.progress;
}

bool announce(std::vector<Site>& sites, const std::vector<Site>& believed) {
  if (!have_same_parts(sites, believed)) return false;
  for (std::size_t i = 0; i < sites.size(); ++i) {
    for (SiteAddition& part : sites[i].additions) {
      for (const SiteAddition& other : believed[i].additions) {
        if (other.part != part.part) continue;
        part.announced = other.announced;
        part.announces = other.adds;
      }
    }
  }
  return true;
}

}  // namespace fleetrace::fleet
