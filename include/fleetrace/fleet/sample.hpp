#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "fleetrace/core/money.hpp"
#include "fleetrace/core/time.hpp"

/// What a fleet is at an instant, and has done and spent by then.
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
  core::Money research;             ///< spent on progress since the start, likewise
  core::Money rent;                 ///< of accelerators since the start, likewise
  core::Money resale;               ///< received for accelerators since the start
  core::Money revenue;              ///< earned since the start, whether it is booked yet or not
  double serving_load = 0;          ///< load that serving is asked for [FLOP/s]
  double serving_carried = 0;       ///< load that serving carries within the service that is owed [FLOP/s]
  double unmet_flop = 0;            ///< load beyond what serving carries, summed since the start [FLOP]

  [[nodiscard]] core::Money opex() const { return energy_cost + research + rent; }
  [[nodiscard]] core::Money spend() const { return capex + facility + opex(); }
};

}  // namespace fleetrace::fleet
