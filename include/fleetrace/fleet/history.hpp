#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fleetrace/core/money.hpp"
#include "fleetrace/core/time.hpp"

/// The course of a race: what a fleet is at an instant and has done and spent by then, and what kept its compute from growing when.
namespace fleetrace::fleet {

/// Where an accelerator is in its life.
enum class State : std::uint8_t {
  ordered,
  in_transit,
  waiting_for_power,
  in_service,
  standby,    ///< a spare: powered, and fails like the others, but does no work
  serving,    ///< handed down from training: powered, and fails like the others, but trains nothing
  in_repair,  ///< keeps its place and its share of site power, but draws none
  retired
};
inline constexpr std::size_t kStates = 8;

/// The state of a race at one instant, as the events of that instant left it.
struct Sample {
  core::Time time;
  double relative_loss = 1;
  double effective_flop = 0;
  double physical_flop = 0;
  std::array<std::int64_t, kStates> accelerators = {};  ///< by State
  double capacity = 0;                                  ///< peak FLOP/s installed
  double h100e_bf16 = 0;            ///< the capacity in H100 SXM with as much dense peak in 16-bit numbers
  double h100e_8bit = 0;            ///< the capacity in H100 SXM with as much dense peak in 8-bit numbers
  double average_site_power = 0;    ///< average draw with the overhead of the sites [W]
  double nameplate_site_power = 0;  ///< nameplate of what is installed, with that overhead [W]
  double energy_kwh = 0;            ///< energy of all sites since the start
  core::Money capex;                ///< spent on hardware since the start
  core::Money facility;             ///< spent on sites since the start
  core::Money energy_cost;          ///< of energy used since the start, whether it is booked yet or not
  core::Money research;             ///< spent on progress since the start, whether it is booked yet or not
  core::Money rent;                 ///< of accelerators since the start, whether it is booked yet or not
  core::Money resale;               ///< received for accelerators since the start
  core::Money revenue;              ///< earned since the start, whether it is booked yet or not
  double serving_load = 0;          ///< load that serving is asked for [FLOP/s]
  double serving_carried = 0;       ///< load that serving carries within the service that is owed [FLOP/s]
  double unmet_flop = 0;            ///< load beyond what serving carries, summed since the start [FLOP]

  [[nodiscard]] core::Money opex() const { return energy_cost + research + rent; }
  [[nodiscard]] core::Money spend() const { return capex + facility + opex(); }
};

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
