#include "sim/fleet/results/plan_entry.hpp"

#include <limits>

#include "sim/fleet/accounting/book_value.hpp"

namespace fleetrace::fleet {
namespace {

std::vector<TypeCounts> counts_by_type(const World& world) {
  std::vector<TypeCounts> types(world.setup().plant.market.types.size());
  for (std::uint32_t i = 0; i < world.inventory.cohorts().size(); ++i) {
    const Cohort& cohort = world.inventory[i];
    if (cohort.is_capacity()) continue;
    TypeCounts& type = types[cohort.type];
    if (!world.inventory.is_initial(i) && !cohort.is_part) {
      type.ordered += cohort.bought();
      type.delivered += cohort.bought() - cohort.coming();
    }
    // Units that are taken out of service wait; so do those on their way from site to site.
    type.installed -= cohort.split_off;
    if (cohort.rented) {
      type.installed += cohort.size;
      type.rented += cohort.installed();
    }
    type.retired += cohort.count(State::retired);
    type.on_order += cohort.is_part ? 0 : cohort.coming();
    type.waiting += cohort.count(State::waiting_for_power) + (cohort.is_part ? cohort.coming() : 0);
    type.in_service += cohort.count(State::in_service);
    type.standby += cohort.count(State::standby);
    type.serving += cohort.count(State::serving);
    type.in_repair += cohort.count(State::in_repair);
  }
  for (const Placement& each : world.recorder.placements()) {
    const Cohort& cohort = world.inventory[each.cohort];
    if (!cohort.is_capacity()) types[cohort.type].installed += each.count;
  }
  return types;
}

/// What is left of the budget once all that has run up is booked.
core::Money budget_left(const World& world, const Sample& state) {
  Ledger ledger = world.ledger;
  ledger.book(state.energy_cost, state.research, state.rent, state.time);
  return ledger.unspent();
}

}  // namespace

PlanEntry plan_entry(World& world, const Sample& state) {
  PlanEntry entry;
  entry.at = state.time;
  entry.state = state;
  entry.budget_left = budget_left(world, state);
  entry.correction = world.ledger.correction();
  entry.interest = core::Money::from_usd(world.setup().finance.interest * world.ledger.idle_usd_years(state.time));
  entry.book_usd = book_value(world, state.time);
  entry.types = counts_by_type(world);
  ComputeMeter meter = world.meter;
  if (world.reliability.has_pending()) (void)world.reliability.preview_pending(state.time, world.inventory, meter);
  for (std::uint32_t i = 0; i < world.sites.size(); ++i) {
    const SiteState& site = world.sites[i];
    entry.sites.push_back({static_cast<double>(site.powered_milliwatt) / 1e3,
                           site.limits.limits_power() ? static_cast<double>(site.limits.it_power_milliwatt) / 1e3
                                                      : std::numeric_limits<double>::infinity(),
                           world.sites.energy_kwh(i, meter, state.time), world.average_draw(i, meter)});
  }
  entry.in_place = count_in_place(world);
  return entry;
}

}  // namespace fleetrace::fleet
