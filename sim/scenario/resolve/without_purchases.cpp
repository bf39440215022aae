#include <algorithm>

#include "sim/scenario/resolve/resolve.hpp"
#include "sim/scenario/resolve/resolve_plant.hpp"
#include "sim/scenario/resolve/resolve_power_tree.hpp"

namespace fleetrace::scenario {
namespace {

/// The setup of a strategy that changes nothing of the scenario; null where there is none.
const fleet::StrategySetup* unchanged(const Scenario& scenario, std::span<const fleet::StrategySetup> setups) {
  const std::vector<core::Spec>& specs = scenario.root().sections("strategies");
  for (std::size_t i = 0; i < std::min(specs.size(), setups.size()); ++i) {
    if (specs[i].section("with") == nullptr) return &setups[i];
  }
  return nullptr;
}

/// As many of the sites, in their order, as the initial fleet takes power of: whoever buys nothing needs no other.
std::vector<std::uint32_t> sites_of_initial_fleet(const fleet::Plant& plant, core::Time start) {
  double milliwatts = 0;
  for (const fleet::InitialCohort& cohort : plant.initial) {
    milliwatts += 1e3 * (cohort.capacity > 0
                             ? cohort.capacity * (plant.market.trend ? plant.market.trend->power_per_flops : 0)
                             : static_cast<double>(cohort.count) * plant.market.types[cohort.type].nameplate_power);
  }
  std::vector<std::uint32_t> sites;
  for (std::uint32_t i = 0; i < plant.sites.size(); ++i) {
    const bool stands_there = std::any_of(plant.initial.begin(), plant.initial.end(),
                                          [i](const fleet::InitialCohort& cohort) { return cohort.site == i; });
    if (milliwatts > 0 || i == 0 || stands_there) sites.push_back(i);
    const fleet::SiteCapacity capacity = plant.sites[i].capacity_at(start);
    milliwatts = capacity.limits_power() ? milliwatts - static_cast<double>(capacity.it_power_milliwatt) : 0;
  }
  return sites;
}

}  // namespace

std::optional<fleet::StrategySetup> without_purchases(const Scenario& scenario,
                                                      std::span<const fleet::StrategySetup> setups) {
  if (setups.empty()) return std::nullopt;
  const fleet::StrategySetup* const same = unchanged(scenario, setups);
  fleet::StrategySetup base = same != nullptr ? *same : setups.front();
  if (same == nullptr) {
    core::Diagnostics diagnostics;
    resolve_plant(scenario.root(), {base.horizon, scenario.catalog.get(), "", base.draw}, base.plant, diagnostics);
    diagnostics.throw_if_any();
  }
  if (base.initial_cohorts() == 0) return std::nullopt;
  fleet::Strategy nobody;
  nobody.buys = "none";
  nobody.sites = sites_of_initial_fleet(base.plant, base.horizon.start);
  nobody.research = core::Money::from_usd(base.plant.progress.cost_per_year * base.horizon.years_at(base.horizon.end));
  base.strategy = std::move(nobody);
  base.actuals = nullptr;
  interrupt_by_outages(base.plant, base.strategy.sites);
  return base;
}

}  // namespace fleetrace::scenario
