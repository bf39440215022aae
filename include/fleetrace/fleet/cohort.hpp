#pragma once

#include <array>
#include <cstdint>
#include <numeric>

#include "fleetrace/core/money.hpp"
#include "fleetrace/core/time.hpp"

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

[[nodiscard]] constexpr bool is_healthy(State state) {
  return state == State::in_service || state == State::standby || state == State::serving;
}
[[nodiscard]] constexpr bool is_installed(State state) { return is_healthy(state) || state == State::in_repair; }

/// Identical accelerators bought together, counted per state. Capacity of a trend is a cohort of one unit.
struct Cohort {
  static constexpr std::uint32_t kCapacity = 0xFFFF'FFFF;

  std::uint32_t type = kCapacity;  ///< index into Market::types
  std::int64_t size = 0;           ///< how many were bought; the counts always add up to it
  std::array<std::int64_t, kStates> counts = {};
  double peak = 0;                   ///< FLOP/s per unit
  double work_rate = 0;              ///< useful FLOP/s per unit as effective compute counts them
  double average_power = 0;          ///< W per unit that is up
  std::int64_t nameplate_mw = 0;     ///< milliwatt per unit
  double cost_usd = 0;               ///< all-in cost per unit when it was bought, or would have been where it is rented
  bool rented = false;               ///< someone else's, for a term: no purchase, no site power, no resale
  core::Time ordered;                ///< for an initial cohort: when it was installed
  std::uint32_t site = 0xFFFF'FFFF;  ///< the only one that it may stand on; else SiteState::kAny
  std::uint32_t allotted_to =
      0xFFFF'FFFF;             ///< the site whose allocation it was taken from; SiteState::kAny for no site's
  bool is_for_site = false;    ///< whether its order names its site, not its allocation alone
  double working = 0;          ///< units in service, each counted by the share that works on average
  core::Time changed;          ///< when what is installed changed last
  double unit_seconds = 0;     ///< installed until then
  double healthy_seconds = 0;  ///< in service or standing by until then
  double working_seconds = 0;  ///< the integral of `working` until then

  [[nodiscard]] bool is_capacity() const { return type == kCapacity; }
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
    working_seconds += working * seconds;
    changed = at;
  }
  [[nodiscard]] std::int64_t total() const { return std::accumulate(counts.begin(), counts.end(), std::int64_t{0}); }
};

}  // namespace fleetrace::fleet
