#include "fleetrace/fleet/site.hpp"

#include <algorithm>
#include <cmath>

namespace fleetrace::fleet {
namespace {

SiteResources& operator+=(SiteResources& sum, const SiteResources& more) {
  sum.power += more.power;
  sum.distribution += more.distribution;
  sum.cooling += more.cooling;
  sum.racks += more.racks;
  return sum;
}

std::int64_t milliwatt(double watts) { return static_cast<std::int64_t>(std::floor(std::min(watts * 1e3, 9e18))); }

/// What the IT power between two states costs to build.
core::Money built(const SiteCapacity& before, const SiteCapacity& after, double cost_per_watt) {
  if (cost_per_watt == 0 || after.it_power_mw < 0) return {};
  return core::Money::from_usd(static_cast<double>(after.it_power_mw - before.it_power_mw) / 1e3 * cost_per_watt);
}

}  // namespace

std::int64_t SiteCapacity::room(std::int64_t wanted, std::int64_t nameplate_mw, bool needs_space,
                                std::int64_t powered_mw, std::int64_t places_taken) const {
  std::int64_t fitting = wanted;
  if (it_power_mw >= 0 && nameplate_mw > 0) fitting = std::min(fitting, (it_power_mw - powered_mw) / nameplate_mw);
  if (accelerators >= 0 && needs_space) fitting = std::min(fitting, accelerators - places_taken);
  return std::max<std::int64_t>(0, fitting);
}

SiteCapacity Site::capacity(const SiteResources& resources) const {
  SiteCapacity fits;
  const double grid = redundancy == 1 ? resources.power / pue : resources.power / redundancy / pue;
  const double delivered = std::min(grid, resources.distribution);
  const double tightest = std::min(delivered, resources.cooling);
  if (resources.cooling < delivered) fits.power_by = Constraint::cooling;
  if (std::isfinite(tightest)) {
    fits.it_power_mw = tightest == grid && redundancy == 1
                           ? static_cast<std::int64_t>(std::floor(std::min(resources.power * 1e3 / pue, 9e18)))
                           : milliwatt(tightest);
  }
  if (std::isfinite(resources.racks)) {
    fits.accelerators = static_cast<std::int64_t>(std::floor(std::min(resources.racks * accelerators_per_rack, 9e18)));
  }
  return fits;
}

SiteCapacity Site::capacity_at(core::Time time) const { return counted_on(time, time); }

SiteCapacity Site::counted_on(core::Time now, core::Time then) const {
  if (additions.empty()) return capacity(base);
  SiteResources resources = base;
  for (const SiteAddition& each : additions) {
    if (each.opens <= now || (each.announced > now && each.announced <= then)) resources += each.adds;
  }
  return capacity(resources);
}

core::Money Site::facility_cost(core::Time until) const {
  SiteResources resources = base;
  SiteCapacity before = capacity(resources);
  core::Money cost = built(SiteCapacity{0, 0}, before, cost_per_watt);
  for (const SiteAddition& each : additions) {
    if (each.opens > until) break;
    resources += each.adds;
    const SiteCapacity after = capacity(resources);
    cost += built(before, after, each.cost_per_watt);
    before = after;
  }
  return cost;
}

double Site::dearest_electricity() const {
  double dearest = electricity;
  for (const SiteTariff& each : tariffs) dearest = std::max(dearest, each.electricity.value_or(0));
  return dearest;
}

double SiteState::energy_kwh(const Site& site, double it_joule, core::Time at) const {
  const double load = it_joule / 3.6e6 * site.marginal_pue();
  if (site.fixed_overhead == 0) return load;
  return load + (fixed_joule.value() + fixed_watts * (at - changed).seconds()) / 3.6e6;
}

}  // namespace fleetrace::fleet
