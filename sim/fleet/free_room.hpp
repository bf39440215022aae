#pragma once

#include <limits>
#include <vector>

#include "fleetrace/fleet/world.hpp"

namespace fleetrace::fleet {

/// What an order may count on to find free on the sites of its strategy when it arrives.
struct FreeRoom {
  static constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max();

  struct AtSite {
    std::uint32_t site = 0;
    std::int64_t power_mw = kNoLimit;  ///< less what is on its way to it alone
    std::int64_t places = kNoLimit;    ///< likewise
    Constraint power_by = Constraint::power;
  };
  std::int64_t power_mw = kNoLimit;              ///< nameplate IT power of all sites together [milliwatt]
  std::int64_t power_mw_at_one_site = kNoLimit;  ///< the most that capacity, which is never split, finds on one of them
  std::int64_t places = kNoLimit;
  std::int64_t pending_mw = 0;     ///< of what is on its way already, to no site in particular
  std::int64_t pending_units = 0;  ///< likewise
  std::vector<AtSite> at;          ///< each site alone, before what is on its way; empty of a single site
  Constraint power_by = Constraint::power;
  std::uint32_t site = Binding::kNoSite;  ///< of several, the first that is used

  /// How many accelerators of that nameplate power fit.
  [[nodiscard]] std::int64_t units(std::int64_t nameplate_mw) const;
  /// What holds an order of them back: power, cooling or space, and where.
  [[nodiscard]] Binding binding(std::int64_t nameplate_mw) const;
  /// The room of one of the sites alone, as if what is on its way to none filled them in their order.
  [[nodiscard]] FreeRoom only(std::uint32_t wanted) const;
};

/// As far as it is known now: what is open or announced, less what stays installed until then and what is on its way.
[[nodiscard]] FreeRoom free_room(const World& world, core::Time arrival);

/// The site where a W of load costs most over the horizon. `used` is not empty.
[[nodiscard]] const Site& dearest_site(const Plant& plant, const std::vector<std::uint32_t>& used);

}  // namespace fleetrace::fleet
