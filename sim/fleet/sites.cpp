#include <algorithm>

#include "events/events.hpp"

namespace fleetrace::fleet {

void World::open_sites() {
  const std::vector<Site>& all = plan->plant.sites;
  sites.assign(all.size(), {});
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    sites[i].changed = sites[i].apart_since = plan->horizon.start;
    sites[i].electricity = all[i].electricity;
    sites[i].intensity = all[i].carbon ? all[i].carbon->intensity : 0;
    update_site(i);
    core::Time last = plan->horizon.start;
    const auto schedule_once = [&](core::Time at) {
      if (at > last) schedule(at, EventKind::site_change, i);
      last = std::max(last, at);
    };
    for (const SiteAddition& each : all[i].additions) schedule_once(each.opens);
    last = plan->horizon.start;
    for (const SiteTariff& each : all[i].tariffs) schedule_once(each.from);
  }
}

void World::update_site(std::uint32_t index) {
  const Site& site = plan->plant.sites[index];
  SiteState& state = sites[index];
  const double kwh = site_kwh(index, now());
  state.fixed_joule.add(state.fixed_watts * (now() - state.changed).seconds());
  state.changed = now();
  state.fits = site.capacity_at(now());
  const std::vector<std::uint32_t>& used = plan->strategy.sites;
  const bool is_used = std::find(used.begin(), used.end(), index) != used.end();
  if (is_used) {
    state.fixed_watts = site.fixed_watts(state.fits);
    const core::Money due = site.facility_cost(now()) - state.facility;
    state.facility += due;
    ledger.build(due, now());
  }
  for (const SiteTariff& each : site.tariffs) {
    if (each.from != now() && !(now() == plan->horizon.start && each.from < now())) continue;
    state.billed_usd.add((kwh - state.billed_kwh) * state.electricity);
    state.emitted_kg.add((kwh - state.billed_kwh) * state.intensity);
    state.billed_kwh = kwh;
    state.electricity = each.electricity.value_or(state.electricity);
    state.intensity = each.intensity.value_or(state.intensity);
  }
}

double World::site_kwh(std::size_t index, core::Time at) const {
  return sites[index].energy_kwh(plan->plant.sites[index], meter.it_joule(index, at), at);
}

void World::count_installed(const Cohort& cohort, std::int64_t change, std::uint32_t site) {
  const std::int64_t milliwatt = change * cohort.nameplate_mw;
  SiteState& state = sites[site];
  state.powered_mw += milliwatt;
  if (cohort.takes_place()) state.accelerators += change;
  powered_mw += milliwatt;
  if (milliwatt <= 0) return;
  state.peak_powered_mw = std::max(state.peak_powered_mw, state.powered_mw);
  peak_powered_mw = std::max(peak_powered_mw, powered_mw);
  double watts = 0;
  for (std::size_t i = 0; i < sites.size(); ++i) {
    watts += static_cast<double>(sites[i].powered_mw) / 1e3 * plan->plant.sites[i].marginal_pue() +
             sites[i].fixed_watts;
  }
  peak_site_watts = std::max(peak_site_watts, watts);
}

bool World::place(std::uint32_t index, std::uint32_t site) {
  SiteState& state = sites[site];
  if (state.full) return false;
  const Cohort& cohort = cohorts[index];
  const std::int64_t wanted = cohort.count(State::waiting_for_power);
  const std::int64_t fitting = state.fits.room(wanted, cohort.nameplate_mw, cohort.takes_place(), state.powered_mw,
                                               state.accelerators);
  // An initial cohort has been in service since before the race; everything else ages from today.
  const bool has_served = index < initial_cohorts && now() == plan->horizon.start;
  if (fitting > 0) install(index, fitting, has_served ? cohort.ordered : now(), site);
  state.full = fitting < wanted;
  return !state.full;
}

bool World::place(std::uint32_t index) {
  if (cohorts[index].site != SiteState::kAny) return place(index, cohorts[index].site);
  if (index >= initial_cohorts) {
    const std::vector<std::uint32_t>& own = plan->strategy.sites;
    return std::any_of(own.begin(), own.end(), [&](std::uint32_t site) { return place(index, site); });
  }
  for (std::uint32_t site = 0; site < sites.size(); ++site) {
    if (place(index, site)) return true;
  }
  return false;
}

Binding World::short_of(std::uint32_t index) const {
  const Cohort& cohort = cohorts[index];
  const std::uint32_t site = cohort.site != SiteState::kAny ? cohort.site
                             : index < initial_cohorts      ? 0
                                                            : plan->strategy.sites.front();
  const SiteCapacity& fits = sites[site].fits;
  const bool has_place = !cohort.takes_place() || fits.accelerators < 0 || sites[site].accelerators < fits.accelerators;
  return {has_place ? fits.power_by : Constraint::space, sites.size() > 1 ? site : Binding::kNoSite};
}

void World::install_waiting() {
  for (SiteState& site : sites) site.full = false;
  const auto is_full = [](const SiteState& site) { return site.full; };
  bool all_placed = true;
  Binding binding;
  for (std::size_t i = first_waiting; i < waiting.size(); ++i) {
    if (cohorts[waiting[i]].count(State::waiting_for_power) > 0 && !place(waiting[i])) {
      if (all_placed) binding = short_of(waiting[i]);
      all_placed = false;
    }
    if (all_placed) first_waiting = i + 1;
    // Who comes later does not get ahead of who waits for the same site.
    if (std::all_of(sites.begin(), sites.end(), is_full)) break;
  }
  bindings.installing(now(), binding);
}

void World::book(core::Time at) {
  double energy_usd = 0;
  for (std::size_t i = 0; i < sites.size(); ++i) energy_usd += sites[i].energy_usd(site_kwh(i, at));
  ledger.book(core::Money::from_usd(energy_usd),
              core::Money::from_usd(plan->plant.progress.cost_per_year * plan->horizon.years_at(at)), rent_due(at), at);
  if (!keeps_series && measured_target) bookings.push_back({at, ledger.energy(), ledger.research(), ledger.rent()});
}

void on_site_change(World& world, const Payload& payload) {
  world.update_site(payload.index);
  world.request_installation();
}

}  // namespace fleetrace::fleet
