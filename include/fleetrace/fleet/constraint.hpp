#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "fleetrace/core/time.hpp"

/// What binds: what kept a strategy's compute from growing, and when.
namespace fleetrace::fleet {

enum class Constraint : std::uint8_t {
  none,             ///< nothing: it waits by its own plan, or buys nothing
  budget,           ///< all money that it has released is spent
  supply,           ///< no more is allotted or made
  power,            ///< the site takes no more nameplate power
  space,            ///< the site has no room for more racks
  cooling,          ///< the site can take away no more heat
  network,          ///< the network lets no larger run make use of more
  data,             ///< there is no more data to train on
  demand,           ///< it wants no more: its load is met
  price,            ///< what is left does not pay for one
  nothing_on_sale,  ///< there is nothing to buy yet
};
inline constexpr std::size_t kConstraints = 11;

struct ConstraintInfo {
  std::string_view name;     ///< as results have it: "nothing_on_sale"
  std::string_view title;    ///< as a reader sees it: "nothing on sale"
  std::string_view meaning;  ///< one line
};
[[nodiscard]] const ConstraintInfo& info(Constraint constraint);

/// What binds, and at which site where it is one's: its index in the order of the scenario.
struct Binding {
  static constexpr std::uint32_t kNoSite = 0xFFFF'FFFF;

  Constraint constraint = Constraint::none;
  std::uint32_t site = kNoSite;

  bool operator==(const Binding&) const = default;
};

/// From `from` until the next spell, or the end of the horizon.
struct Spell {
  core::Time from;
  Binding binding;

  bool operator==(const Spell&) const = default;
};

/// The binding constraint over time. Three places report what holds back there, each until it reports otherwise:
///   ordering    at each review, what ended the purchase
///   installing  what keeps delivered accelerators from entering service
///   working     what keeps those in service from adding to the run (network, data, demand)
/// The one that binds is the last of them in that order which is not `none`: where delivered accelerators wait, more money
/// would not help, and where the run can use no more of what works, neither would more power.
class Bindings {
 public:
  /// Empties it, memory kept.
  void reset(core::Time start) {
    spells_.assign(1, Spell{start, {}});
    held_ = {};
  }
  void ordering(core::Time now, Binding what) { hold(0, now, what); }
  void installing(core::Time now, Binding what) { hold(1, now, what); }
  void working(core::Time now, Binding what) { hold(2, now, what); }

  /// By time, the first from the start of the horizon on; neighbours differ.
  [[nodiscard]] const std::vector<Spell>& spells() const { return spells_; }

 private:
  void hold(std::size_t place, core::Time now, Binding what) {
    if (held_[place] == what) return;
    held_[place] = what;
    update(now);
  }
  void update(core::Time now);

  std::array<Binding, 3> held_ = {};
  std::vector<Spell> spells_;
};

}  // namespace fleetrace::fleet
