#include "sim/fleet/results/acquisitions.hpp"

#include <algorithm>

namespace fleetrace::fleet {
namespace {

Acquisition describe(const StrategySetup& setup, const Cohort& cohort) {
  const models::Market& market = setup.plant.market;
  Acquisition bought;
  bought.ordered = cohort.ordered;
  bought.rented = cohort.rented;
  bought.unit_usd = cohort.cost_usd;
  if (!cohort.is_capacity()) {
    bought.accelerator = market.types[cohort.type].name;
    if (const models::AcceleratorType* newer = market.newer_than(cohort.type, cohort.ordered))
      bought.newer_on_sale = newer->name;
  }
  if (cohort.rented) {
    const models::RentalLaw& law = *setup.plant.rental;
    bought.unit_usd = law.yearly(cohort.peak, cohort.cost_usd, setup.horizon.years_at(cohort.ordered)) *
                      law.term.years();
  }
  return bought;
}

std::int64_t undelivered(const Cohort& cohort) {
  return cohort.count(State::ordered) + cohort.count(State::in_transit);
}

/// So many units of a cohort, in one place.
Acquisition part_of(Acquisition bought, const Cohort& cohort, std::int64_t count) {
  bought.count = count;
  bought.capacity = cohort.peak * static_cast<double>(count);
  bought.cost_usd = bought.unit_usd * static_cast<double>(count);
  return bought;
}

}  // namespace

std::vector<Acquisition> acquisitions(const World& world) {
  const StrategySetup& setup = world.setup();
  const std::vector<Cohort>& cohorts = world.inventory.cohorts();
  // The place of a cohort's units by cohort and site; what was installed there in several parts is one.
  std::vector<Placement> placed = world.recorder.placements();
  std::stable_sort(placed.begin(), placed.end(), [](const Placement& a, const Placement& b) {
    return a.cohort != b.cohort ? a.cohort < b.cohort : a.site < b.site;
  });
  std::vector<Acquisition> all;
  std::size_t next = 0;
  for (std::uint32_t i = 0; i < cohorts.size(); ++i) {
    const Cohort& cohort = cohorts[i];
    // A part was bought with the cohort that it was split off.
    const bool is_known = world.inventory.is_initial(i) || cohort.is_part;
    const Acquisition bought = is_known ? Acquisition{} : describe(setup, cohort);
    std::int64_t elsewhere = cohort.bought();
    while (next < placed.size() && placed[next].cohort == i) {
      const std::uint32_t site = placed[next].site;
      std::int64_t count = 0;
      for (; next < placed.size() && placed[next].cohort == i && placed[next].site == site; ++next)
        count += placed[next].count;
      elsewhere -= count;
      if (is_known || count == 0) continue;
      Acquisition& here = all.emplace_back(part_of(bought, cohort, count));
      here.site = setup.plant.sites[site].name;
      here.installed = true;
    }
    if (is_known || elsewhere == 0) continue;
    Acquisition& rest = all.emplace_back(part_of(bought, cohort, elsewhere));
    rest.installed = cohort.rented;
    rest.undelivered = undelivered(cohort);
  }
  return all;
}

IdleReport idle_report(const World& world) {
  IdleReport idle;
  for (const Cohort& cohort : world.inventory.cohorts()) {
    const std::int64_t waiting = cohort.count(State::waiting_for_power);
    const std::int64_t missing = undelivered(cohort);
    idle.waiting_usd += static_cast<double>(waiting) * cohort.cost_usd;
    idle.waiting_usd_per_year += static_cast<double>(waiting) * world.carrying_usd(cohort);
    idle.undelivered_usd += static_cast<double>(missing) * cohort.cost_usd;
    if (cohort.is_capacity()) continue;
    idle.waiting += waiting;
    idle.undelivered += missing;
  }
  idle.cash = world.ledger.cash();
  return idle;
}

}  // namespace fleetrace::fleet
