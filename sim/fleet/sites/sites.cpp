#include "sim/fleet/sites/sites.hpp"

#include <algorithm>
#include <numeric>

namespace fleetrace::fleet {

void Sites::reset(const StrategySetup& setup, EventScheduler& events) {
  setup_ = &setup;
  const std::vector<Site>& all = setup.plant.sites;
  states_.assign(all.size(), {});
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    states_[i].changed = states_[i].settled = states_[i].unjoined_since = setup.horizon.start;
    states_[i].electricity = all[i].electricity;
    states_[i].intensity = all[i].carbon.intensity;
    core::Time last = setup.horizon.start;
    const auto schedule_once = [&](core::Time at) {
      if (at > last) events.schedule(at, EventKind::site_change, i);
      last = std::max(last, at);
    };
    for (const SiteAddition& each : all[i].additions) schedule_once(each.opens);
    last = setup.horizon.start;
    for (const SiteTariff& each : all[i].tariffs) schedule_once(each.from);
  }
  all_.resize(all.size());
  std::iota(all_.begin(), all_.end(), 0U);
  queue_.clear();
  least_milliwatt_ = kNoLimit;
  all_take_place_ = true;
  is_installation_planned_ = false;
  powered_milliwatt_ = peak_powered_milliwatt_ = 0;
  peak_site_watts_ = 0;
  power_changed_ = setup.horizon.start;
}

core::Money Sites::update(std::uint32_t index, const ComputeMeter& meter, core::Time now) {
  const Site& site = setup_->plant.sites[index];
  SiteState& state = states_[index];
  close_peaks(now);
  const double kwh = energy_kwh(index, meter, now);
  state.fixed_joule.add(state.fixed_watts * (now - state.changed).seconds());
  state.changed = now;
  state.limits = site.capacity_at(now);
  core::Money due;
  const std::vector<std::uint32_t>& used = setup_->strategy.sites;
  if (std::find(used.begin(), used.end(), index) != used.end()) {
    state.fixed_watts = site.fixed_watts(state.limits);
    due = site.facility_cost(now) - state.facility;
    state.facility += due;
  }
  for (const SiteTariff& each : site.tariffs) {
    if (each.from != now && !(now == setup_->horizon.start && each.from < now)) continue;
    state.billed_usd.add((kwh - state.billed_kwh) * state.electricity);
    state.emitted_kg.add((kwh - state.billed_kwh) * state.intensity);
    state.billed_kwh = kwh;
    state.electricity = each.electricity.value_or(state.electricity);
    state.intensity = each.intensity.value_or(state.intensity);
  }
  return due;
}

void Sites::enqueue(std::uint32_t index, const Cohort& cohort) {
  queue_.push_back(index);
  least_milliwatt_ = std::min(least_milliwatt_, cohort.nameplate_milliwatt);
  all_take_place_ = all_take_place_ && cohort.takes_place();
}

void Sites::request_installation(EventScheduler& events) {
  if (is_installation_planned_ || queue_.empty()) return;
  is_installation_planned_ = true;
  events.schedule(events.now(), EventKind::installation);
}

std::span<const std::uint32_t> Sites::open_to(const Cohort& cohort, bool is_initial) const {
  if (cohort.site != kAnySite) return {&cohort.site, 1};
  return is_initial ? all_ : setup_->strategy.sites;
}

bool Sites::may_take_any() const {
  return std::any_of(states_.begin(), states_.end(), [this](const SiteState& site) {
    return site.limits.room(1, least_milliwatt_, all_take_place_, site.powered_milliwatt, site.accelerators) > 0;
  });
}

BindingConstraint Sites::shortage(const Cohort& cohort, bool is_initial) const {
  const std::uint32_t site = open_to(cohort, is_initial).front();
  const SiteState& state = states_[site];
  const bool has_place = !cohort.takes_place() || !state.limits.limits_space() ||
                         state.accelerators < state.limits.accelerators;
  return {has_place ? state.limits.power_by : Constraint::space, size() > 1 ? site : BindingConstraint::kNoSite};
}

void Sites::count_installed(const Cohort& cohort, std::int64_t change, std::uint32_t site, core::Time now) {
  close_peaks(now);
  const std::int64_t milliwatt = change * cohort.nameplate_milliwatt;
  SiteState& state = states_[site];
  state.powered_milliwatt += milliwatt;
  if (cohort.takes_place()) state.accelerators += change;
  powered_milliwatt_ += milliwatt;
}

double Sites::nameplate_site_watts() const {
  double watts = 0;
  for (std::size_t i = 0; i < states_.size(); ++i) watts += site_watts(i);
  return watts;
}

double Sites::site_watts(std::size_t index) const {
  return static_cast<double>(states_[index].powered_milliwatt) / 1e3 * setup_->plant.sites[index].marginal_pue() +
         states_[index].fixed_watts;
}

/// Before power changes: what has been there until now counts, if it was there for any time.
void Sites::close_peaks(core::Time now) {
  if (now == power_changed_) return;
  power_changed_ = now;
  for (std::size_t i = 0; i < states_.size(); ++i) {
    states_[i].past_peak_milliwatt = states_[i].peak_powered_milliwatt();
    if (!setup_->plant.sites[i].contracts.empty())
      states_[i].month_peak_watts = std::max(states_[i].month_peak_watts, site_watts(i));
  }
  peak_powered_milliwatt_ = peak_powered_milliwatt();
  peak_site_watts_ = peak_site_watts();
}

double Sites::energy_usd(const ComputeMeter& meter, core::Time at) const {
  double usd = 0;
  for (std::size_t i = 0; i < states_.size(); ++i) {
    const double kwh = states_[i].energy_kwh(setup_->plant.sites[i], meter.it_joule(i, at), at);
    usd += states_[i].energy_usd(kwh) + states_[i].contract_usd();
  }
  return usd;
}

void Sites::settle_contracts(const ComputeMeter& meter, core::Time now) {
  for (const std::uint32_t index : setup_->strategy.sites) {
    const Site& site = setup_->plant.sites[index];
    SiteState& state = states_[index];
    if (site.contracts.empty() || now == state.settled) continue;
    // What comes in this instant belongs to the next month.
    close_peaks(now);
    const double kwh = energy_kwh(index, meter, now);
    const double drawn_kwh = kwh - state.settled_kwh;
    const double peak_watts = std::max(state.month_peak_watts, site_watts(index));
    const double months = (now - state.settled).seconds() / core::kMonth.seconds();
    for (const PowerContract& contract : site.contracts) {
      const double share = contract.share_of(state.settled, now);
      if (share == 0) continue;
      const double owed_kwh = contract.take_or_pay / 1e3 * (now - state.settled).hours();
      state.take_or_pay_usd += share * std::max(0.0, owed_kwh - drawn_kwh) * contract.price.value_or(state.electricity);
      state.demand_charge_usd += share * months * peak_watts * contract.demand_charge;
    }
    state.settled = now;
    state.settled_kwh = kwh;
    state.month_peak_watts = 0;
  }
}

void Sites::set_unjoined(std::uint32_t index, double rate, core::Time now) {
  SiteState& site = states_[index];
  site.unjoined_flop.add(site.unjoined_rate * (now - site.unjoined_since).seconds());
  site.unjoined_since = now;
  site.unjoined_rate = rate;
}

bool Sites::within_limits() const {
  return std::all_of(states_.begin(), states_.end(), [](const SiteState& site) {
    return site.powered_milliwatt >= 0 && site.powered_milliwatt <= site.limits.it_power_milliwatt &&
           site.accelerators >= 0 && site.accelerators <= site.limits.accelerators;
  });
}

double SiteState::energy_kwh(const Site& site, double it_joule, core::Time at) const {
  const double load = it_joule / 3.6e6 * site.marginal_pue();
  if (site.fixed_overhead == 0) return load;
  return load + (fixed_joule.value() + fixed_watts * (at - changed).seconds()) / 3.6e6;
}

}  // namespace fleetrace::fleet
