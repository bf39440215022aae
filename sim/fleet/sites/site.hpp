#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fleetrace/core/money.hpp"
#include "fleetrace/fleet/results.hpp"
#include "models/finance/finance.hpp"
#include "models/site/build_out.hpp"
#include "sim/core/numeric/sum.hpp"
#include "sim/fleet/results/constraint.hpp"
#include "sim/fleet/sites/power_outages.hpp"

/// Places with power: what fits there from when on, what it costs to build and to run.
namespace fleetrace::fleet {

/// What fits on a site.
struct SiteCapacity {
  std::int64_t it_power_milliwatt = kNoLimit;  ///< nameplate IT power [milliwatt]
  std::int64_t accelerators = kNoLimit;        ///< places in racks
  Constraint power_by = Constraint::power;     ///< the tightest limit of power: power or cooling

  [[nodiscard]] bool limits_power() const { return it_power_milliwatt != kNoLimit; }
  [[nodiscard]] bool limits_space() const { return accelerators != kNoLimit; }
  /// How many more units of a nameplate power [milliwatt] fit beside what is there; `wanted` at most.
  [[nodiscard]] std::int64_t room(std::int64_t wanted, std::int64_t nameplate_milliwatt, bool needs_space,
                                  std::int64_t powered_milliwatt, std::int64_t places_taken) const;
};

/// Resources of a site, before the tightest of them is found. Each is infinite where it is unlimited.
struct SiteResources {
  double power = 0;         ///< from the grid [W]
  double distribution = 0;  ///< IT power that its power tree delivers [W]
  double cooling = 0;       ///< IT power whose heat is taken away [W]
  double racks = 0;
};

/// Resources that come later: a phase of the grid connection, or what a project builds. A phase with less power than there was takes
/// some away.
struct SiteAddition {
  core::Time opens;
  /// Before it opens, strategies count on it for dates from this one on; once it is open, they do in any case.
  core::Time announced;
  SiteResources adds;
  double cost_per_watt = 0;  ///< cost of the IT power that it adds [USD/W], paid when it opens
  /// What strategies expect it to add before it opens, where that is not what it adds.
  std::optional<SiteResources> announces = {};
  std::uint32_t part = 0;  ///< number of the part on its site, in the order of the scenario: phases, then projects
};

/// What energy costs and emits from a date on. Figures that are absent stay as they were.
struct SiteTariff {
  core::Time from;
  std::optional<double> electricity;  ///< [USD/kWh]
  std::optional<double> intensity;    ///< [kg/kWh]
};

/// A contract for power: what is paid for each month beside the energy that is drawn. A month of which it holds for a part counts
/// by that part.                                                                                 docs/derivations.md 4.7f
struct PowerContract {
  core::Time from;
  core::Time until;
  double take_or_pay = 0;  ///< draw, averaged over a month, that is paid for in any case [W]
  std::optional<double>
      price;  ///< of energy that is paid for and not drawn [USD/kWh]; that of the electricity without one
  double demand_charge = 0;  ///< for a month, of each W of the most nameplate power with overhead in it [USD/W]

  /// The part of a time during which it holds.
  [[nodiscard]] double share_of(core::Time begin, core::Time end) const;
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
  models::Carbon carbon;
  double water = 0;  ///< water usage effectiveness [L of site water per kWh of IT energy]
  double accelerators_per_rack = 0;
  SiteResources base;        ///< from the start of the horizon on
  double cost_per_watt = 0;  ///< cost of the IT power that is there at the start [USD/W], paid then
  /// Over which what was built loses its value in a straight line [yr]; 0 where nothing is left of it in the end.
  double facility_life = 0;
  std::vector<SiteAddition> additions;   ///< by `opens`
  bool retires_displaced = false;        ///< whether what no longer fits retires, and does not wait
  std::vector<SiteTariff> tariffs;       ///< by `from`
  std::vector<PowerContract> contracts;  ///< by date, none overlaps another
  std::vector<Project> projects;
  std::shared_ptr<const PowerOutages> outages;  ///< outages of the power tree; null where no element of it fails

  /// The share of what is installed that is powered on average, where outages are a factor and not events.
  [[nodiscard]] double powered(const models::FailureLaw& law) const {
    return outages && !law.drawn() ? outages->mean_share : 1;
  }
  /// Site power over IT power of one more W of load: the PUE without the overhead that is drawn whatever the load.
  [[nodiscard]] double marginal_pue() const { return fixed_overhead == 0 ? pue : 1 + (pue - 1) * (1 - fixed_overhead); }
  /// Overhead that is drawn whatever the load, where so much fits [W]: (PUE - 1) x share x IT power that fits.
  [[nodiscard]] double fixed_watts(const SiteCapacity& limits) const {
    return fixed_overhead == 0 ? 0 : (pue - 1) * fixed_overhead * static_cast<double>(limits.it_power_milliwatt) / 1e3;
  }
  [[nodiscard]] SiteCapacity capacity(const SiteResources& resources) const;
  /// What fits at that time.
  [[nodiscard]] SiteCapacity capacity_at(core::Time time) const;
  /// What strategies count on at `then`, as far as they know `now`: what is open, and what is announced for a date after now
  /// and not after then. What is late is not counted on until it opens.
  [[nodiscard]] SiteCapacity counted_on(core::Time now, core::Time then) const;
  /// Whether less ever fits than before.
  [[nodiscard]] bool shrinks() const;
  /// What all that is open by then has cost to build, each part paid when it opens. Power that comes back is not built again.
  [[nodiscard]] core::Money facility_cost(core::Time until) const;
  /// What is left of it at `at`, each part aging from when it was paid: when it opens, at `start` where it is there then [USD].
  [[nodiscard]] double facility_residual(core::Time start, core::Time at) const;
  /// What a kW that is drawn all the time costs from one time to another [USD/kW], each hour at the tariff of that hour.
  [[nodiscard]] double usd_per_kilowatt(core::Time from, core::Time until) const;
  /// What the overhead costs that is drawn whatever the load, likewise [USD].
  [[nodiscard]] double fixed_energy_usd(core::Time from, core::Time until) const;
  /// The cheapest kWh of electricity from the start on, which may cost less than nothing; and whether
  /// any has a price or a contract.
  [[nodiscard]] double cheapest_electricity() const;
  [[nodiscard]] bool has_energy_costs() const;
  /// Whether it is described by more than figures that never change.
  [[nodiscard]] bool changes() const { return !additions.empty() || !tariffs.empty() || cost_per_watt > 0; }
};

}  // namespace fleetrace::fleet
