#include "sim/fleet/sites/site.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/numeric/fit.hpp"

namespace fleetrace::fleet {
namespace {

SiteResources& operator+=(SiteResources& sum, const SiteResources& more) {
  sum.power += more.power;
  sum.distribution += more.distribution;
  sum.cooling += more.cooling;
  sum.racks += more.racks;
  return sum;
}

/// Whole milliwatts, or places, that a limit holds; never so many that they would stand for no limit.
std::int64_t whole(double limit) { return core::count_of_units(std::min(limit, 8e18)); }

/// What the IT power between two states costs to build.
core::Money built(const SiteCapacity& before, const SiteCapacity& after, double cost_per_watt) {
  if (cost_per_watt == 0 || !after.limits_power()) return {};
  return core::Money::from_usd(static_cast<double>(after.it_power_milliwatt - before.it_power_milliwatt) / 1e3 *
                               cost_per_watt);
}

}  // namespace

std::int64_t SiteCapacity::room(std::int64_t wanted, std::int64_t nameplate_milliwatt, bool needs_space,
                                std::int64_t powered_milliwatt, std::int64_t places_taken) const {
  std::int64_t fitting = wanted;
  if (limits_power() && nameplate_milliwatt > 0)
    fitting = std::min(fitting, (it_power_milliwatt - powered_milliwatt) / nameplate_milliwatt);
  if (limits_space() && needs_space) fitting = std::min(fitting, accelerators - places_taken);
  return std::max<std::int64_t>(0, fitting);
}

SiteCapacity Site::capacity(const SiteResources& resources) const {
  SiteCapacity limits;
  const double grid = resources.power / redundancy / pue;
  const double delivered = std::min(grid, resources.distribution);
  const double tightest = std::min(delivered, resources.cooling);
  if (resources.cooling < delivered) limits.power_by = Constraint::cooling;
  if (std::isfinite(tightest)) limits.it_power_milliwatt = whole(tightest * 1e3);
  if (std::isfinite(resources.racks)) limits.accelerators = whole(resources.racks * accelerators_per_rack);
  return limits;
}

SiteCapacity Site::capacity_at(core::Time time) const { return counted_on(time, time); }

SiteCapacity Site::counted_on(core::Time now, core::Time then) const {
  if (additions.empty()) return capacity(base);
  SiteResources resources = base;
  for (const SiteAddition& each : additions) {
    if (each.opens <= now) {
      resources += each.adds;
    } else if (each.announced > now && each.announced <= then) {
      resources += each.announces.value_or(each.adds);
    }
  }
  return capacity(resources);
}

bool Site::shrinks() const {
  return std::any_of(additions.begin(), additions.end(), [](const SiteAddition& each) { return each.adds.power < 0; });
}

core::Money Site::facility_cost(core::Time until) const {
  SiteResources resources = base;
  SiteCapacity most = capacity(resources);
  core::Money cost = built(SiteCapacity{0, 0}, most, cost_per_watt);
  for (const SiteAddition& each : additions) {
    if (each.opens > until) break;
    resources += each.adds;
    const SiteCapacity after = capacity(resources);
    if (after.it_power_milliwatt <= most.it_power_milliwatt) continue;
    cost += built(most, after, each.cost_per_watt);
    most = after;
  }
  return cost;
}

double Site::facility_residual(core::Time start, core::Time at) const {
  if (facility_life == 0) return 0;
  double left = 0;
  core::Money before;
  const auto add = [&](core::Time paid) {
    const core::Money cost = facility_cost(paid);
    left += (cost - before).usd() * models::straight_line_book_share((at - paid).years(), facility_life);
    before = cost;
  };
  add(start);
  for (const SiteAddition& each : additions) {
    if (each.opens > start && each.opens < at) add(each.opens);
  }
  return left;
}

double PowerContract::share_of(core::Time begin, core::Time end) const {
  const core::Time first = std::max(begin, from);
  const core::Time last = std::min(end, until);
  return last > first ? (last - first).seconds() / (end - begin).seconds() : 0;
}

double Site::usd_per_kilowatt(core::Time from, core::Time until) const {
  double usd = 0;
  double price = electricity;
  core::Time since = from;
  for (const SiteTariff& each : tariffs) {
    if (each.from >= until) break;
    if (!each.electricity) continue;
    if (each.from > since) {
      usd += price * (each.from - since).hours();
      since = each.from;
    }
    price = *each.electricity;
  }
  return until > since ? usd + price * (until - since).hours() : usd;
}

double Site::fixed_energy_usd(core::Time from, core::Time until) const {
  double usd = 0;
  core::Time since = from;
  for (const SiteAddition& each : additions) {
    if (each.opens <= since || each.opens >= until) continue;
    usd += fixed_watts(capacity_at(since)) / 1e3 * usd_per_kilowatt(since, each.opens);
    since = each.opens;
  }
  return usd + fixed_watts(capacity_at(since)) / 1e3 * usd_per_kilowatt(since, until);
}

double Site::cheapest_electricity() const {
  double cheapest = electricity;
  for (const SiteTariff& each : tariffs) cheapest = std::min(cheapest, each.electricity.value_or(cheapest));
  return cheapest;
}

bool Site::has_energy_costs() const {
  return electricity != 0 || !contracts.empty() ||
         std::any_of(tariffs.begin(), tariffs.end(),
                     [](const SiteTariff& each) { return each.electricity.value_or(0) != 0; });
}

}  // namespace fleetrace::fleet
