#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/core/numeric/fit.hpp"
#include "sim/fleet/procurement/purchase.hpp"
#include "sim/fleet/sites/energy_reserve.hpp"

namespace fleetrace::fleet {

using core::Money;

/// What will be free on a site, or on all of the strategy (kAnySite), when an order of today arrives, as far as that is known
/// today.
const AvailableCapacity& Procurement::Purchase::capacity_on_arrival(std::uint32_t site) {
  CapacityForecast& forecast = procurement_.forecast_;
  if (!setup_.strategy.power_limits_orders) return forecast.unlimited();
  return forecast.on_arrival({setup_, context_.sites, context_.inventory, context_.retirements, now_}, site);
}

/// How many accelerators the decision leaves. What capacity is wanted comes in whole lots.
std::int64_t Procurement::Purchase::units_wanted(const Cohort& cohort) const {
  const std::int64_t count = procurement_.units_left(decision_, cohort.peak, cohort.nameplate_milliwatt, context_);
  const std::int64_t lot = setup_.plant.supply.lot;
  if (lot == 1 || count == 0 || std::isinf(decision_.fleet_capacity)) return count;
  const double lot_peak = cohort.peak * static_cast<double>(lot);
  const double lots = core::units_for(procurement_.peak_left(decision_, context_) / lot_peak,
                                      decision_.fleet_capacity / lot_peak);
  models::Decision in_lots = decision_;
  in_lots.fleet_capacity = std::numeric_limits<double>::infinity();
  const std::int64_t powered = procurement_.units_left(in_lots, cohort.peak, cohort.nameplate_milliwatt, context_);
  return std::min(powered, core::count_of_units(lots * static_cast<double>(lot)));
}

/// What the energy of `watts` of a type will cost at most until the end of its life or of the horizon, where the budget covers it.
double Procurement::Purchase::energy_reserve_usd(double watts, std::size_t type) const {
  if (!setup_.strategy.budget_covers_energy) return 0;
  // Nobody knows how short a random lead time will be.
  const models::LeadTime& lead_time = setup_.plant.supply.lead_time;
  const core::Time arrival = lead_time.variation > 0 ? now_ : core::saturating_add(now_, lead_time.mean);
  return watts / 1e3 * setup_.plant.operations.failures.power_factor() *
         dearest_kilowatt(setup_.plant, setup_.strategy.sites, arrival, setup_.horizon.end, setup_.plant.life_of(type));
}

/// What an order costs where each of its accelerators is cheaper than the one before it.
Money Procurement::Purchase::cost_along_curve(std::size_t index, std::int64_t count) const {
  const models::AcceleratorType& type = setup_.plant.market.types[index];
  const double usd = type.cost_of(static_cast<double>(count), now_, procurement_.bought(index));
  return std::max(Money::from_micros(count), Money::from_usd(usd));
}

/// The largest order that cash pays for, reserves included: bisection between bounds that the price alone gives.
std::int64_t Procurement::Purchase::affordable_along_curve(std::size_t index, Money reserve) const {
  const double units = setup_.plant.market.types[index].affordable(cash_.usd(), now_, procurement_.bought(index));
  std::int64_t most = cash_ / std::max(reserve, Money::from_micros(1));
  if (units + 1 < static_cast<double>(most)) most = static_cast<std::int64_t>(units) + 1;
  std::int64_t affordable = 0;
  while (affordable < most) {
    const std::int64_t middle = affordable + (most - affordable + 1) / 2;
    if (core::fits((cost_along_curve(index, middle) + reserve * middle).usd(), cash_.usd())) {
      affordable = middle;
    } else {
      most = middle - 1;
    }
  }
  return affordable;
}

bool Procurement::Purchase::is_allotted_to_sites(std::size_t type) const {
  const std::vector<Allocation>& all = setup_.plant.supply.allocations;
  return std::any_of(all.begin(), all.end(),
                     [type](const Allocation& each) { return each.type == type && each.site != kAnySite; });
}

/// What is allotted to a site can be spent there alone, so that it goes first, in the order of the strategy's sites; what is
/// allotted to none fills what they leave.
std::vector<Procurement::Purchase::Source> Procurement::Purchase::sources_of(std::size_t type,
                                                                             std::uint32_t site) const {
  const bool is_for_site = site != kAnySite;
  std::vector<Source> sources;
  const auto add = [&](std::uint32_t where, std::uint32_t allotted_to) {
    if (const std::int64_t count = procurement_.allocation_left(type, allotted_to, now_); count > 0)
      sources.push_back({where, allotted_to, count, is_for_site});
  };
  if (is_allotted_to_sites(type)) {
    for (const std::uint32_t each : setup_.strategy.sites) {
      if (!is_for_site || each == site) add(each, each);
    }
  }
  add(site, kAnySite);
  return sources;
}

}  // namespace fleetrace::fleet
