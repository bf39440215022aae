#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "sim/fleet/accounting/compute_meter.hpp"
#include "sim/fleet/cohort.hpp"
#include "sim/fleet/events/scheduler.hpp"
#include "sim/fleet/setup.hpp"
#include "sim/fleet/sites/site.hpp"

namespace fleetrace::fleet {

/// A site of one race.
struct SiteState {
  SiteCapacity limits;                   ///< what fits now
  std::int64_t powered_milliwatt = 0;    ///< nameplate of what is installed
  std::int64_t accelerators = 0;         ///< real ones installed, that take a place
  std::int64_t past_peak_milliwatt = 0;  ///< the most of it at once, until power changed last anywhere
  double electricity = 0;                ///< price now [USD/kWh]
  double intensity = 0;                  ///< carbon now [kg/kWh]
  double fixed_watts = 0;                ///< overhead drawn now whatever the load [W]
  core::Sum fixed_joule;                 ///< energy of that overhead until `changed` [J]
  core::Time changed;                    ///< when the site was brought up to date last
  double billed_kwh = 0;                 ///< energy until the last change of the tariff [kWh]
  core::Sum billed_usd;                  ///< what that energy cost [USD]
  core::Sum emitted_kg;                  ///< what that energy emitted [kg]
  core::Money facility;                  ///< paid for building so far
  // Contracts are settled by the month.
  core::Time settled;      ///< until then
  double settled_kwh = 0;  ///< energy until then [kWh]
  double month_peak_watts =
      0;  ///< the most nameplate power with overhead since then, until power changed last anywhere [W]
  double take_or_pay_usd = 0;    ///< paid for energy that was not drawn [USD]
  double demand_charge_usd = 0;  ///< paid for peaks [USD]
  double unjoined_rate = 0;      ///< useful FLOP/s of its accelerators on their own, while they belong to no run
  core::Sum unjoined_flop;       ///< the integral of that until `unjoined_since` [FLOP]
  core::Time unjoined_since;

  /// Energy of the site until `at`, where its IT load has drawn `it_joule` until then [kWh].
  [[nodiscard]] double energy_kwh(const Site& site, double it_joule, core::Time at) const;
  [[nodiscard]] std::int64_t peak_powered_milliwatt() const { return std::max(past_peak_milliwatt, powered_milliwatt); }
  [[nodiscard]] double unjoined_by(core::Time at) const {
    return unjoined_flop.value() + unjoined_rate * (at - unjoined_since).seconds();
  }
  [[nodiscard]] double energy_usd(double kwh) const { return billed_usd.value() + (kwh - billed_kwh) * electricity; }
  [[nodiscard]] double contract_usd() const { return take_or_pay_usd + demand_charge_usd; }
  [[nodiscard]] double carbon_kg(double kwh) const { return emitted_kg.value() + (kwh - billed_kwh) * intensity; }
};

/// The sites of one race: what fits on each, what is installed there, what waits for room, and the energy drawn.
/// Limits of power, cooling and space are enforced here, by room().
class Sites {
 public:
  /// Opens the sites as they are at the start, and plans every later change of them. Each must be brought up to date then.
  void reset(const StrategySetup& setup, EventScheduler& events);

  /// Brings a site up to date: what fits there, what a kWh costs, what is drawn whatever the load. Returns what has become due
  /// for building it.
  [[nodiscard]] core::Money update(std::uint32_t index, const ComputeMeter& meter, core::Time now);

  [[nodiscard]] const std::vector<SiteState>& states() const { return states_; }
  [[nodiscard]] const SiteState& operator[](std::uint32_t index) const { return states_[index]; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(states_.size()); }

  // What waits for power or space. Whenever there may be more room, all that waits is asked in the order in which it came: it
  // takes what fits on the first of its sites, then on the next, and what fits nowhere holds up nobody.

  /// A cohort has come whose units wait.
  void enqueue(std::uint32_t index, const Cohort& cohort);
  /// Plans an installation in this instant, if anything waits.
  void request_installation(EventScheduler& events);
  void begin_installation() { is_installation_planned_ = false; }
  /// The cohorts that wait, in the order in which they came.
  [[nodiscard]] const std::vector<std::uint32_t>& queue() const { return queue_; }
  /// Takes those out of the queue of which `has_left(index)` says that none of their units wait any more.
  template <class HasLeft>
  void dequeue_if(const HasLeft& has_left) {
    queue_.erase(std::remove_if(queue_.begin(), queue_.end(), has_left), queue_.end());
  }
  /// The sites that a cohort may stand on, in the order in which it asks them.
  [[nodiscard]] std::span<const std::uint32_t> open_to(const Cohort& cohort, bool is_initial) const;
  /// Whether more is installed on a site than it has power for.
  [[nodiscard]] bool is_over_power(std::uint32_t index) const {
    return states_[index].powered_milliwatt > states_[index].limits.it_power_milliwatt;
  }
  /// How many of `wanted` units of a cohort fit on a site now.
  [[nodiscard]] std::int64_t room(std::uint32_t index, const Cohort& cohort, std::int64_t wanted) const {
    const SiteState& site = states_[index];
    return site.limits.room(wanted, cohort.nameplate_milliwatt, cohort.takes_place(), site.powered_milliwatt,
                            site.accelerators);
  }
  /// False where no site has room for the smallest of what has come.
  [[nodiscard]] bool may_take_any() const;
  /// What keeps a waiting cohort out of the first of its sites.
  [[nodiscard]] BindingConstraint shortage(const Cohort& cohort, bool is_initial) const;

  // What is installed.

  /// So many more units of a cohort are installed on a site.
  void count_installed(const Cohort& cohort, std::int64_t change, std::uint32_t site, core::Time now);
  /// Nameplate IT power of what is installed on all sites [milliwatt].
  [[nodiscard]] std::int64_t powered_milliwatt() const { return powered_milliwatt_; }
  /// Nameplate power of what is installed, with the overhead of the sites [W].
  [[nodiscard]] double nameplate_site_watts() const;
  // Peaks, up to now. What an instant passes through is none: what leaves in it and what takes its place count once.

  /// The most nameplate IT power at once on all sites [milliwatt], and with their overhead [W].
  [[nodiscard]] std::int64_t peak_powered_milliwatt() const {
    return std::max(peak_powered_milliwatt_, powered_milliwatt_);
  }
  [[nodiscard]] double peak_site_watts() const { return std::max(peak_site_watts_, nameplate_site_watts()); }

  // Energy, and compute that stays out of the run.

  /// Energy of a site since the start [kWh], and what that of all sites costs, with the contracts that are settled [USD].
  [[nodiscard]] double energy_kwh(std::uint32_t index, const ComputeMeter& meter, core::Time at) const {
    return states_[index].energy_kwh(setup_->plant.sites[index], meter.it_joule(index, at), at);
  }
  /// Water that a site has used since the start [L]: its water usage effectiveness times its IT energy.  docs/derivations.md 6r
  [[nodiscard]] double water_litres(std::uint32_t index, const ComputeMeter& meter, core::Time at) const {
    return setup_->plant.sites[index].water * (meter.it_joule(index, at) / 3.6e6);
  }
  [[nodiscard]] double energy_usd(const ComputeMeter& meter, core::Time at) const;
  /// Settles the contracts of the sites that the strategy uses, for the month that ends now.
  void settle_contracts(const ComputeMeter& meter, core::Time now);
  /// From now on accelerators of a site could do so much on their own [FLOP/s] while the run has no use for them.
  void set_unjoined(std::uint32_t index, double rate, core::Time now);

  /// Whether no site holds more than fits.
  [[nodiscard]] bool within_limits() const;

 private:
  void close_peaks(core::Time now);
  [[nodiscard]] double site_watts(std::size_t index) const;

  const StrategySetup* setup_ = nullptr;
  std::vector<SiteState> states_;
  std::vector<std::uint32_t> all_;  ///< every site, in the scenario's order
  std::vector<std::uint32_t> queue_;
  std::int64_t least_milliwatt_ = kNoLimit;  ///< nameplate of the smallest unit that has come
  bool all_take_place_ = true;               ///< whether all units that have come take a place
  bool is_installation_planned_ = false;
  std::int64_t powered_milliwatt_ = 0;
  core::Time power_changed_;  ///< when what is installed, or the overhead, changed last
  // The peaks until then.
  std::int64_t peak_powered_milliwatt_ = 0;
  double peak_site_watts_ = 0;
};

}  // namespace fleetrace::fleet
