#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fleetrace/core/money.hpp"
#include "fleetrace/core/sum.hpp"
#include "fleetrace/fleet/constraint.hpp"
#include "fleetrace/fleet/power_outages.hpp"
#include "fleetrace/models/build_out.hpp"
#include "fleetrace/models/finance.hpp"

/// Places with power: what fits there from when on, what it costs to build and to run.
namespace fleetrace::fleet {

/// What fits on a site.
struct SiteCapacity {
  std::int64_t it_power_mw = -1;            ///< nameplate IT power [milliwatt]; -1 where unlimited
  std::int64_t accelerators = -1;           ///< places in racks; -1 where unlimited
  Constraint power_by = Constraint::power;  ///< which limit of power is the tightest: power or cooling

  /// How many more units of a nameplate power [milliwatt] fit beside what is there; `wanted` at most.
  [[nodiscard]] std::int64_t room(std::int64_t wanted, std::int64_t nameplate_mw, bool needs_space,
                                  std::int64_t powered_mw, std::int64_t places_taken) const;
};

/// Resources of a site, before the tightest of them is found. Infinity where unlimited.
struct SiteResources {
  double power = 0;         ///< from the grid [W]
  double distribution = 0;  ///< that its power tree delivers [W], IT power
  double cooling = 0;       ///< IT power whose heat is taken away [W]
  double racks = 0;
};

/// Resources that come later: a phase of the grid connection, or what a project builds.
struct SiteAddition {
  core::Time opens;
  core::Time announced;  ///< from `opens` on at the latest strategies count on it; before, for dates from this one on
  SiteResources adds;
  double cost_per_watt = 0;  ///< of the IT power that it adds [USD/W], paid when it opens
};

/// From `from` on. Absent figures stay as they were.
struct SiteTariff {
  core::Time from;
  std::optional<double> electricity;  ///< [USD/kWh]
  std::optional<double> intensity;    ///< [kg/kWh]
};

/// A build-out as it was planned or drawn.
struct Project {
  std::string name;
  core::Time start;
  core::Time opens;
  std::vector<models::Task> tasks;
  models::CriticalPath path;
};

struct Site {
  std::string name;
  double pue = 1;             ///< site power over IT power, at full load
  double fixed_overhead = 0;  ///< share of the overhead at full load that is drawn whatever the load, in [0, 1]
  double redundancy = 1;      ///< grid power built over grid power used, at least 1
  double electricity = 0;     ///< at the start [USD/kWh]
  std::optional<models::Carbon> carbon;
  double accelerators_per_rack = 0;
  SiteResources base;                   ///< from the start of the horizon on
  double cost_per_watt = 0;             ///< of the IT power that is there at the start [USD/W], paid then
  std::vector<SiteAddition> additions;  ///< by `opens`
  std::vector<SiteTariff> tariffs;      ///< by `from`
  std::vector<Project> projects;
  std::shared_ptr<const PowerOutages> outages;  ///< where elements of its power tree fail

  /// Of what is installed, the share that is powered on average, where that is a factor and not events.
  [[nodiscard]] double powered(const models::FailureLaw& law) const {
    return outages && !law.drawn() ? outages->mean_share : 1;
  }
  /// Site power over IT power of one more W of load: all of the PUE but for what is drawn anyway.
  [[nodiscard]] double marginal_pue() const { return fixed_overhead == 0 ? pue : 1 + (pue - 1) * (1 - fixed_overhead); }
  /// What is drawn beside the load, where so much fits [W]: (PUE - 1) x share x IT power that fits.
  [[nodiscard]] double fixed_watts(const SiteCapacity& fits) const {
    return fixed_overhead == 0 ? 0 : (pue - 1) * fixed_overhead * static_cast<double>(fits.it_power_mw) / 1e3;
  }
  [[nodiscard]] SiteCapacity capacity(const SiteResources& resources) const;
  /// What fits at that time.
  [[nodiscard]] SiteCapacity capacity_at(core::Time time) const;
  /// What strategies count on at `then`, as far as they know `now`: what is open, and what is announced for a date after now
  /// and not after then. What is late is not counted on until it opens.
  [[nodiscard]] SiteCapacity counted_on(core::Time now, core::Time then) const;
  /// What all that is open by then has cost to build, each part paid when it opens.
  [[nodiscard]] core::Money facility_cost(core::Time until) const;
  /// The dearest kWh of electricity from the start on.
  [[nodiscard]] double dearest_electricity() const;
  /// Whether it is described by more than figures that never change.
  [[nodiscard]] bool changes() const { return !additions.empty() || !tariffs.empty() || cost_per_watt > 0; }
};

/// A site of one race.
struct SiteState {
  static constexpr std::uint32_t kAny = 0xFFFF'FFFF;

  SiteCapacity fits;
  std::int64_t powered_mw = 0;    ///< nameplate of what is installed
  std::int64_t accelerators = 0;  ///< real ones installed, that take a place
  std::int64_t peak_powered_mw = 0;
  std::int64_t bound_mw = 0;     ///< nameplate of what may stand here alone and is not installed yet
  std::int64_t bound_units = 0;  ///< real ones of it, that take a place
  double electricity = 0;        ///< now [USD/kWh]
  double intensity = 0;          ///< now [kg/kWh]
  double fixed_watts = 0;        ///< overhead drawn now whatever the load
  core::Sum fixed_joule;         ///< of it, until `changed`
  core::Time changed;
  double billed_kwh = 0;  ///< until the last change of the tariff
  core::Sum billed_usd;   ///< for them
  core::Sum emitted_kg;   ///< by them
  core::Money facility;   ///< paid so far
  double share = 1;       ///< of what is installed and up that its power tree delivers power for
  double apart = 0;       ///< useful FLOP/s of its accelerators on their own, while they belong to no run
  core::Sum apart_flop;   ///< of them, until `apart_since`
  core::Time apart_since;
  bool full = false;  ///< for what waits: scratch of World::install_waiting()

  /// Energy of the site until `at`, where its IT load has drawn `it_joule` until then [kWh].
  [[nodiscard]] double energy_kwh(const Site& site, double it_joule, core::Time at) const;
  [[nodiscard]] double apart_by(core::Time at) const {
    return apart_flop.value() + apart * (at - apart_since).seconds();
  }
  [[nodiscard]] double energy_usd(double kwh) const { return billed_usd.value() + (kwh - billed_kwh) * electricity; }
  [[nodiscard]] double carbon_kg(double kwh) const { return emitted_kg.value() + (kwh - billed_kwh) * intensity; }
};

/// What became of a site.
struct SiteFigures {
  std::string name;
  double it_power = 0;            ///< that fits at the end [W]; infinite where unlimited
  double peak_it_power = 0;       ///< nameplate, the most that was installed at once [W]
  std::int64_t accelerators = 0;  ///< installed at the end
  double energy_kwh = 0;
  double energy_usd = 0;
  core::Money facility;
  /// What its accelerators could have done on their own while the run had no use for them [FLOP], physical; only where sites
  /// train as one over links.
  std::optional<double> apart_flop;
};

}  // namespace fleetrace::fleet
