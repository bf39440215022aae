#pragma once

#include <array>
#include <cstdint>
#include <numeric>

#include "fleetrace/core/money.hpp"
#include "fleetrace/core/time.hpp"
#include "fleetrace/fleet/results.hpp"

namespace fleetrace::fleet {

/// In place of the index of a site: none in particular, wherever there is room.
inline constexpr std::uint32_t kAnySite = 0xFFFF'FFFF;

[[nodiscard]] constexpr bool is_healthy(State state) {
  return state == State::in_service || state == State::standby || state == State::serving;
}
[[nodiscard]] constexpr bool is_installed(State state) { return is_healthy(state) || state == State::in_repair; }
/// Whether units in that state are still to enter service.
[[nodiscard]] constexpr bool is_pending(State state) {
  return state == State::ordered || state == State::in_transit || state == State::waiting_for_power;
}

/// Identical accelerators bought together, counted per state. Capacity of a trend is a cohort of one unit. Units that are taken out
/// of service before their time become a cohort of their own: a part of the one that they were bought with.
struct Cohort {
  static constexpr std::uint32_t kCapacity = 0xFFFF'FFFF;

  std::uint32_t type = kCapacity;  ///< index into Market::types
  std::int64_t size = 0;           ///< how many it has, retired ones included; the counts always add up to it
  std::int64_t split_off = 0;      ///< units that became a part of their own, and that `size` does not count any more
  std::array<std::int64_t, kStates> counts = {};
  double peak = 0;                       ///< FLOP/s per unit
  double relative_mfu = 1;               ///< its MFU over the one that the fleet states
  double work_rate = 0;                  ///< useful FLOP/s per unit as effective compute counts them
  double average_power = 0;              ///< W per unit that is up
  std::int64_t nameplate_milliwatt = 0;  ///< milliwatt per unit, out of the sites' power
  std::int64_t rented_milliwatt = 0;     ///< milliwatt per rented unit, out of the landlord's power
  double cost_usd = 0;  ///< all-in cost per unit when it was bought, or would have been where it is rented
  bool rented = false;  ///< whether it belongs to someone else for a term: no purchase, no site power, no resale
  core::Time ordered;   ///< when it was ordered; for an initial cohort, when it was installed
  /// Since when units of it are in place, with power or without; of an initial cohort, since it was installed.
  core::Time waits_since;
  std::uint32_t site = kAnySite;  ///< the only site that it may stand on, or any
  /// The site whose allocation it was taken from; kAnySite for an allocation to none.
  std::uint32_t allotted_to = kAnySite;
  core::Money prepaid;                          ///< what was paid for it before the start, where it was ordered before
  core::Money owed;                             ///< what of its price falls due after the order
  core::Time arrives = core::Time::earliest();  ///< the date of delivery by its contract; earliest() without one
  /// When it is taken out of service, where its life has not ended before; latest() for never.
  core::Time taken_out = core::Time::latest();
  bool is_contract = false;    ///< whether it was ordered on terms of its own, and cannot be cancelled
  bool is_part = false;        ///< whether its units were bought with those of another cohort
  core::Duration served;       ///< how long they have been in service; what waits does not age
  std::int64_t credited = 0;   ///< units out of service that were handed down before, and credited for it
  bool is_for_site = false;    ///< whether its order names its site, not its allocation alone
  double working = 0;          ///< units in service, each counted by the share that works on average
  double training = 1;         ///< fraction of `working` that trains now (Serving::training_fraction)
  core::Time changed;          ///< when what is installed changed last
  double unit_seconds = 0;     ///< integral of installed units until `changed`
  double healthy_seconds = 0;  ///< integral of units in service or standing by until `changed`
  double working_seconds = 0;  ///< integral of `working` x `training` until `changed`

  /// How many were bought together, parts included.
  [[nodiscard]] std::int64_t bought() const { return size + split_off; }
  [[nodiscard]] bool is_capacity() const { return type == kCapacity; }
  /// FLOP/s per unit, each counted by what is useful of it over what is useful of the fleet's at large.
  [[nodiscard]] double useful_peak() const { return peak * relative_mfu; }
  /// Whether its units stand in the racks of a site.
  [[nodiscard]] bool takes_place() const { return !is_capacity() && !rented; }
  [[nodiscard]] std::int64_t count(State state) const { return counts[static_cast<std::size_t>(state)]; }
  std::int64_t& count(State state) { return counts[static_cast<std::size_t>(state)]; }
  [[nodiscard]] std::int64_t healthy() const {
    return count(State::in_service) + count(State::standby) + count(State::serving);
  }
  [[nodiscard]] std::int64_t installed() const { return healthy() + count(State::in_repair); }
  /// Brings the three integrals up to date.
  void count_until(core::Time at) {
    const double seconds = (at - changed).seconds();
    unit_seconds += static_cast<double>(installed()) * seconds;
    healthy_seconds += static_cast<double>(healthy()) * seconds;
    working_seconds += working * training * seconds;
    changed = at;
  }
  [[nodiscard]] std::int64_t total() const { return std::accumulate(counts.begin(), counts.end(), std::int64_t{0}); }
  /// Units that are still to be delivered.
  [[nodiscard]] std::int64_t coming() const { return count(State::ordered) + count(State::in_transit); }
  /// Units that are ordered, on their way or waiting.
  [[nodiscard]] std::int64_t pending() const { return coming() + count(State::waiting_for_power); }
};

/// How many units of a cohort more than before are installed, draw power, and work.
struct UnitChange {
  std::int64_t installed = 0;
  std::int64_t healthy = 0;
  std::int64_t in_service = 0;
  double working = 0;      ///< units in service, each counted by the share that works on average
  std::uint32_t site = 0;  ///< index into Plant::sites of the site where they stand
  /// Unit-seconds before now, of changes that were spread over the time since the last one [s].
  double healthy_seconds = 0;
  double working_seconds = 0;
  std::int64_t serving = 0;  ///< how many more of them were handed down, and serve
  /// When the lives of those began that come into service or serve, or go: what they earn depends on it.
  core::Time born = {};
  // As above: of what serves; and the sums of the squares of those times [s^2].
  double serving_seconds = 0;
  double working_squares = 0;
  double serving_squares = 0;
};

}  // namespace fleetrace::fleet
