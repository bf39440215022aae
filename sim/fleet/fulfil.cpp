#include <algorithm>
#include <cmath>

#include "fleetrace/fleet/world.hpp"

namespace fleetrace::fleet {
namespace {

/// Makes the units of one order and sends them off in lots: an exact share each of a queue served first come first served,
/// at the instant when the last unit of the lot is made. So the last unit of an order leaves when the fluid queue says, and
/// what has left never exceeds what is made and lags it by less than a lot.
class Order {
 public:
  Order(World& world, std::uint32_t index)
      : world_(world),
        plan_(*world.plan),
        index_(index),
        cohort_(world.cohorts[index]),
        lead_time_(drawn_lead_time()) {}

  void fulfil() {
    if (world_.committed_production.empty() || cohort_.is_capacity()) return send(world_.now(), cohort_.size);
    const models::Production& production = plan_.plant.supply.production;
    const core::Time released = plan_.plant.market.types[cohort_.type].released;
    double& committed = world_.committed_production[cohort_.type];
    // What was not ordered was not made: production starts anew from today.
    const double start = std::max(committed, production.cumulative((world_.now() - released).years()));
    committed = start + static_cast<double>(cohort_.size);
    const double last_year = (plan_.horizon.end - released).years();
    const double years = production.years_until(committed) - production.years_until(start);
    const std::int64_t lots = lots_in(years);
    std::int64_t sent = 0;
    for (std::int64_t lot = 1; lot <= lots; ++lot) {
      const std::int64_t made = cohort_.size / lots * lot + std::min(lot, cohort_.size % lots);
      const double made_after = production.years_until(start + static_cast<double>(made));
      if (made_after >= last_year) return;
      send(std::max(world_.now(), released + core::Duration::from_years(made_after)), made - sent);
      sent = made;
    }
  }

 private:
  /// Keyed by what is ordered and when: strategies that order the same at the same time wait equally long.
  [[nodiscard]] core::Duration drawn_lead_time() const {
    const models::LeadTime& law = plan_.plant.supply.lead_time;
    if (law.variation == 0) return law.mean;
    std::string_view type = "capacity";
    if (!cohort_.is_capacity()) type = plan_.plant.market.types[cohort_.type].name;
    const core::Entity order = core::Entity::named(type).part(static_cast<std::uint64_t>(world_.now().milliseconds()));
    return law.drawn(plan_.draw.seed, plan_.draw.replication, order);
  }

  [[nodiscard]] std::int64_t lots_in(double years) const {
    const double lots = std::ceil(years / plan_.plant.supply.shipped_every.years());
    return lots < static_cast<double>(cohort_.size) ? std::max<std::int64_t>(1, static_cast<std::int64_t>(lots))
                                                    : cohort_.size;
  }

  void send(core::Time made, std::int64_t count) {
    const core::Time sent = core::saturating_add(made, plan_.plant.supply.burn_in);
    const core::Time arrival = core::saturating_add(sent, lead_time_);
    const core::Duration transit = std::min(plan_.plant.supply.transit, lead_time_);
    if (transit > core::Duration{}) world_.schedule(arrival - transit, EventKind::shipment, index_, count);
    world_.schedule(arrival, EventKind::delivery, index_, count);
  }

  World& world_;
  const Case& plan_;
  std::uint32_t index_;
  const Cohort& cohort_;
  core::Duration lead_time_;
};

}  // namespace

void World::reset_supply() {
  const Plant& plant = plan->plant;
  const std::size_t types = plant.market.types.size();
  const bool has_queues = plant.supply.production.is_limited() && !plant.market.trend;
  committed_production.assign(has_queues ? types : 0, 0);
  const bool learns = std::any_of(plant.market.types.begin(), plant.market.types.end(),
                                  [](const models::AcceleratorType& type) { return type.price.learns_from_own(); });
  own_purchases.assign(learns ? types : 0, 0);
  taken.assign(plant.supply.allocations.empty() ? 0 : types * (plant.sites.size() + 1), 0);
  cancelled = {};
}

double World::bought(std::size_t type) const {
  return own_purchases.empty() ? 0 : static_cast<double>(own_purchases[type]);
}

std::optional<std::int64_t> World::allotted(std::size_t type) const {
  if (taken.empty()) return std::nullopt;
  const std::vector<Allocation>& all = plan->plant.supply.allocations;
  if (std::none_of(all.begin(), all.end(), [type](const Allocation& each) { return each.type == type; }))
    return std::nullopt;
  std::int64_t count = allotted_to(type, SiteState::kAny);
  for (const std::uint32_t site : plan->strategy.sites) count += allotted_to(type, site);
  return count;
}

std::int64_t World::allotted_to(std::size_t type, std::uint32_t site) const {
  std::int64_t count = -taken[taken_index(type, site)];
  for (const Allocation& each : plan->plant.supply.allocations) {
    if (each.type == type && each.site == site && each.from <= now()) count += each.count;
  }
  return count;
}

void World::fulfil(std::uint32_t index) { Order(*this, index).fulfil(); }

}  // namespace fleetrace::fleet
