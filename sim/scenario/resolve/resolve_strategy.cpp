#include "sim/scenario/resolve/resolve_strategy.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <optional>

#include "sim/core/schema/read_log.hpp"
#include "sim/fleet/sites/energy_reserve.hpp"
#include "sim/scenario/resolve/resolve_accounting.hpp"
#include "sim/scenario/resolve/resolve_orders.hpp"
#include "sim/scenario/resolve/resolve_sites.hpp"

namespace fleetrace::scenario {

using core::Diagnostics;
using core::Spec;

void resolve_choice(const Spec& spec, const std::string& path, const fleet::Plant& plant, const fleet::Horizon& horizon,
                    fleet::Strategy& strategy, Diagnostics& diagnostics) {
  // A trend has nothing to choose from, orders name what they buy, and who buys nothing chooses nothing.
  const bool chooses = !plant.market.trend && strategy.policy.review != nullptr && strategy.policy.orders.empty();
  std::optional<core::ReadLog::Pause> pause;
  if (!chooses) pause.emplace();
  const core::Value& value = spec.value("choose");
  const std::string& wanted = spec.text("choose");
  if (wanted == "flop_per_usd") return;
  if (wanted == "flop_per_watt") {
    strategy.choice = fleet::Choice::flop_per_watt;
    return;
  }
  if (wanted == "newest") {
    strategy.choice = fleet::Choice::newest;
    return;
  }
  std::vector<std::string_view> known{"flop_per_usd", "flop_per_watt", "newest"};
  for (std::size_t i = 0; i < plant.market.on_sale; ++i) {
    known.emplace_back(plant.market.types[i].name);
    if (plant.market.types[i].name == wanted) {
      strategy.choice = fleet::Choice::named;
      strategy.named_type = i;
      if (plant.market.types[i].off_sale <= horizon.start) {
        diagnostics.add({value.where, path + ".choose", wanted + " is off sale",
                         "its sale ended on " + core::to_date(plant.market.types[i].off_sale),
                         "Choose another, or correct hardware.off_sale."});
      }
      return;
    }
  }
  if (may_still_come(plant.market, wanted)) {
    strategy.choice = fleet::Choice::named;
    strategy.named_type = plant.market.types.size();
    return;
  }
  diagnostics.add({value.where, path + ".choose", '"' + wanted + "\" is not on sale",
                   "neither a rule nor an accelerator on sale", core::suggest(wanted, known)});
}

namespace {

/// Whether all of the initial fleet is in service from the first instant on, as far as that is plain: on one site, by power.
bool all_powered_at_the_start(const fleet::Plant& plant, const fleet::Horizon& horizon) {
  const models::Market& market = plant.market;
  const fleet::SiteCapacity first = plant.sites.front().capacity_at(horizon.start);
  if (plant.sites.size() > 1 || first.limits_space()) return false;
  if (!first.limits_power()) return true;
  double milliwatt = 0;
  for (const fleet::InitialCohort& cohort : plant.initial) {
    milliwatt += cohort.capacity > 0
                     ? std::round(cohort.capacity * (market.trend ? market.trend->power_per_flops : 0) * 1e3)
                     : static_cast<double>(cohort.count) * std::round(market.types[cohort.type].nameplate_power * 1e3);
  }
  return milliwatt <= static_cast<double>(first.it_power_milliwatt);
}

/// What the energy of the initial fleet costs at most. Units that wait for power start a whole life when they get it.
double initial_energy_usd(const fleet::Plant& plant, const fleet::Horizon& horizon) {
  const models::Market& market = plant.market;
  const bool all_powered = all_powered_at_the_start(plant, horizon);
  std::vector<std::uint32_t> all(plant.sites.size());
  std::iota(all.begin(), all.end(), 0U);
  double usd = 0;
  for (const fleet::InitialCohort& cohort : plant.initial) {
    // Of what has been in service since its installation, the rest of its life is left, and that begins at once.
    const core::Time until = std::min(horizon.end, plant.retires(cohort));
    if (until <= horizon.start) continue;
    const double usd_per_kilowatt = all_powered
                                        ? dearest_kilowatt(plant, all, horizon.start, until, until - horizon.start)
                                        : dearest_kilowatt(plant, all, horizon.start, horizon.end,
                                                           cohort.capacity > 0 ? plant.operations.lifetime
                                                                               : plant.life_of(cohort.type));
    const double watts = cohort.capacity > 0
                             ? cohort.capacity * (market.trend ? market.trend->power_per_flops : 0)
                             : static_cast<double>(cohort.count) * market.types[cohort.type].average_power;
    usd += watts / 1e3 * plant.operations.failures.power_factor() * usd_per_kilowatt;
  }
  return usd > 0 ? usd * (1 + 1e-12) + 2e-6 : 0;
}

}  // namespace

void resolve_budget(const Spec& spec, const std::string& path, const fleet::Plant& plant, const fleet::Horizon& horizon,
                    fleet::Strategy& strategy, Diagnostics& diagnostics) {
  const bool has_plan = strategy.policy.planned.has_value();
  const bool is_firm = has_plan && (strategy.policy.planned_is_firm || !spec.has("budget"));
  const core::Money amounts = is_firm ? *strategy.policy.planned : core::Money{};
  const double research = plant.progress.cost_per_year * horizon.years_at(horizon.end);
  const double energy = strategy.budget_covers_energy
                            ? initial_energy_usd(plant, horizon) + fixed_energy_usd(plant, strategy.sites, horizon)
                            : 0;
  if (!(research + energy + amounts.usd() + strategy.set_aside.usd() < kMostUsd)) {
    diagnostics.add(
        {spec.where, path,
         "research, the energy of the initial fleet and scheduled purchases come to more than 9 trillion USD",
         "money is counted exactly up to that", ""});
    return;
  }
  strategy.research = core::Money::from_usd(research);
  strategy.initial_energy = core::Money::from_usd(energy);
  if (strategy.budget_covers_energy) strategy.facility = facility_cost(plant, strategy.sites, horizon);
  const core::Money committed = strategy.research + strategy.initial_energy + strategy.facility + strategy.set_aside;
  if (!spec.has("budget")) {
    if (has_plan || strategy.set_aside > core::Money{}) strategy.budget = amounts + committed;
    return;
  }
  strategy.budget = spec.money("budget");
  const core::Value& budget = spec.value("budget");
  if (strategy.facility > core::Money{} && committed > *strategy.budget) {
    diagnostics.add({budget.where, path + ".budget", spec.shown("budget") + " does not cover its sites",
                     "with research and energy they come to " + core::to_string(committed) + " USD over the horizon",
                     "Raise the budget, or pay them beside it (budget_covers: hardware)."});
    return;
  }
  const auto refuse = [&](const std::string& what, const std::string& reason, const std::string& suggestion) {
    diagnostics.add(
        {budget.where, path + ".budget", spec.shown("budget") + " does not cover " + what, reason, suggestion});
  };
  if (strategy.set_aside > core::Money{} && committed > *strategy.budget) {
    refuse("its rents and moves",
           (committed > strategy.set_aside ? "with research and energy they come to " : "they come to ") +
               core::to_string(committed) + " USD",
           "Raise the budget, or plan for less.");
  } else if (strategy.initial_energy > core::Money{} && committed > *strategy.budget) {
    refuse("research and the energy of the initial fleet",
           "they come to " + core::to_string(committed) + " USD over the horizon",
           "Raise the budget, or pay energy beside it (budget_covers: hardware).");
  } else if (committed > *strategy.budget) {
    refuse("research", "progress.cost is " + core::to_string(committed) + " USD over the horizon", "Raise the budget.");
  } else if (amounts > *strategy.budget - committed) {
    refuse("the scheduled purchases",
           committed > core::Money{}
               ? std::string(strategy.set_aside > core::Money{} ? "with research, energy, rents and moves they come to "
                                                                : "with research and energy they come to ") +
                     core::to_string(amounts + committed) + " USD"
               : "they come to " + core::to_string(amounts) + " USD",
           "Raise the budget.");
  }
}

}  // namespace fleetrace::scenario
