#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fleetrace/core/time.hpp"

/// What kept a strategy's compute from growing, and when.
namespace fleetrace::fleet {

/// What may keep compute from growing.
enum class Constraint : std::uint8_t {
  none,             ///< nothing does: the strategy waits by its own plan, or buys nothing
  budget,           ///< the strategy has spent all money that it has released
  supply,           ///< no more accelerators are allotted to the buyer or made
  power,            ///< the site takes no more nameplate power
  space,            ///< the site has no room for more racks
  cooling,          ///< the site can take away no more heat
  network,          ///< the network lets no larger run make use of more
  data,             ///< there is no more data to train on
  demand,           ///< the strategy wants no more: its load is met
  price,            ///< the money that is left does not pay for one accelerator
  nothing_on_sale,  ///< nothing can be bought, not yet or no more
};
inline constexpr std::size_t kConstraints = 11;

struct ConstraintInfo {
  std::string_view name;     ///< as results have it: "nothing_on_sale"
  std::string_view title;    ///< as a reader sees it: "nothing on sale"
  std::string_view meaning;  ///< one line of explanation
};
[[nodiscard]] const ConstraintInfo& info(Constraint constraint);

/// A constraint that binds. `site` is the site at which it does, by its index in the order of the scenario, or kNoSite.
struct BindingConstraint {
  static constexpr std::uint32_t kNoSite = 0xFFFF'FFFF;

  Constraint constraint = Constraint::none;
  std::uint32_t site = kNoSite;

  bool operator==(const BindingConstraint&) const = default;
};

/// A time during which one constraint binds: from `from` until the next spell, or the end of the horizon.
struct ConstraintSpell {
  core::Time from;
  BindingConstraint binding;

  bool operator==(const ConstraintSpell&) const = default;
};

/// A time during which delivered accelerators waited to enter service.
struct Wait {
  core::Time from;
  core::Time to;
};

}  // namespace fleetrace::fleet
