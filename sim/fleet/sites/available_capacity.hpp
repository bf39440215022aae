#pragma once

#include <span>
#include <vector>

#include "sim/fleet/inventory/inventory.hpp"
#include "sim/fleet/reliability/retirements.hpp"
#include "sim/fleet/sites/sites.hpp"

namespace fleetrace::fleet {

/// What an order may count on to find free on the sites of its strategy when it arrives.
struct AvailableCapacity {
  /// One site. Numbers are kNoLimit where nothing limits them.
  struct AtSite {
    std::int64_t power_milliwatt = kNoLimit;  ///< nameplate IT power
    std::int64_t places = kNoLimit;           ///< places in racks
  };
  std::vector<AtSite> at;  ///< what each site has, in the strategy's order; empty where nothing is limited
  Constraint power_by = Constraint::power;          ///< the tightest limit of power on the first site: power or cooling
  std::uint32_t site = BindingConstraint::kNoSite;  ///< the first site, where the scenario has several

  /// How many accelerators of that nameplate power fit, whole ones on each site.
  [[nodiscard]] std::int64_t units(std::int64_t nameplate_milliwatt) const;
  /// The most that capacity, which is never split, finds on one of the sites.
  [[nodiscard]] std::int64_t milliwatt_at_one_site() const;
  /// What holds an order of them back on the first site: power, cooling or space.
  [[nodiscard]] BindingConstraint binding(std::int64_t nameplate_milliwatt) const;
};

/// What a fleet is and expects at a review.
struct FleetToday {
  const StrategySetup& setup;
  const Sites& sites;
  const Inventory& inventory;
  const Retirements& retirements;
  core::Time now;

  /// When the strategy expects what it orders at a time.
  [[nodiscard]] core::Time expected_arrival(core::Time ordered) const {
    const auto& beliefs = setup.strategy.beliefs;
    return beliefs ? core::saturating_add(ordered, beliefs->lead_time) : setup.plant.supply.mean_arrival(ordered);
  }
};

/// Foresees what will be free by going through the time until then as the race will: sites open as announced, what has come to
/// the end of its life leaves, what was ordered comes after the lead time that the
/// strategy believes in, and what waits is installed by the rule of
/// Sites. So whatever is on its way takes room once, at its own type's power, on the site where it will stand; and what will
/// find no room by then takes none.
/// Scope: it knows announced dates alone, no lead time that is drawn, no production that takes longer and no burn-in losses.
class CapacityForecast {
 public:
  /// What an order of today will find on one site, or on all of the strategy (kAnySite). It is valid until the next call.
  const AvailableCapacity& on_arrival(const FleetToday& today, std::uint32_t site);
  /// Nothing is limited.
  const AvailableCapacity& unlimited() {
    available_ = {};
    return available_;
  }

 private:
  struct Room {
    SiteCapacity limits;
    std::int64_t powered_milliwatt = 0;
    std::int64_t places_taken = 0;
  };
  /// Units of one cohort that are to be installed.
  struct Coming {
    core::Time at;
    std::uint32_t cohort = 0;
    std::int64_t count = 0;
  };
  /// What leaves a site.
  struct Leaving {
    core::Time at;
    std::uint32_t site = 0;
    std::int64_t milliwatt = 0;
    std::int64_t places = 0;
  };

  void begin(const FleetToday& today, core::Time arrival);
  void go_through(const FleetToday& today, core::Time arrival);
  void install_waiting(const FleetToday& today, core::Time at, core::Time arrival);
  void add_leaving(const Leaving& leaving);
  void free(std::uint32_t site, std::int64_t milliwatt, std::int64_t places);

  AvailableCapacity available_;
  std::vector<Room> rooms_;
  std::vector<core::Time> openings_;  ///< announced dates until the arrival
  std::vector<Coming> waiting_;       ///< what waits, in the order in which it came
  std::vector<Coming> coming_;        ///< what is ordered, by the date of its arrival
  std::vector<Leaving> leaving_;      ///< what will be installed and leave again until the arrival, by date
};

}  // namespace fleetrace::fleet
