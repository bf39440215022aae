#pragma once

#include <cstdint>
#include <limits>
#include <optional>

#include "fleetrace/core/money.hpp"
#include "fleetrace/core/time.hpp"
#include "fleetrace/models/hardware.hpp"

/// What a strategy knows when it decides. Nothing here depends on the future: amounts and dates are of the past and the
/// present, rates and laws are those that a scenario declares, never what was drawn from them. Two worlds that agree until
/// now give equal observations, whatever happens to them later.
namespace fleetrace::models {

/// The hardware on sale now that the strategy would choose now.
struct Offer {
  double flops_per_usd = 0;    ///< peak FLOP/s per all-in USD; 0 where nothing is on sale
  double watts_per_flops = 0;  ///< nameplate IT power per peak FLOP/s
  double unit_usd = 0;         ///< all-in cost of one accelerator; 0 for capacity, which any amount buys
  double growth = 0;           ///< of flops_per_usd until the next release, as far as it is known [1/yr]
  double efficiency = 0;       ///< growth of FLOP/s per W until the next release [1/yr]

  bool operator==(const Offer&) const = default;
};

/// The fleet now.
struct FleetView {
  double power = 0;               ///< nameplate IT power of all that is not retired, orders included [W]
  double power_installed = 0;     ///< of it, installed, whether it works or not [W]
  double capacity = 0;            ///< peak FLOP/s of all that is not retired, orders included
  double capacity_installed = 0;  ///< of it, installed
  std::int64_t accelerators_installed = 0;

  bool operator==(const FleetView&) const = default;
};

/// What is known of releases: their law and the last of them.
struct ReleaseNews {
  ReleaseLaw law;
  core::Time last;                  ///< the newest type on sale was released then
  double launch_flops_per_usd = 0;  ///< of it, at its launch
  double launch_flops_per_watt = 0;

  bool operator==(const ReleaseNews&) const = default;
};

/// What is known of the time to come: declared rates and constants.
struct Outlook {
  double progress = 0;    ///< expected growth of the algorithmic multiplier now [1/yr]
  bool embodied = false;  ///< whether that growth helps only hardware bought after it
  core::Duration lead_time;
  core::Duration lifetime = core::Duration::unlimited();
  double utilisation = 1;  ///< useful over peak FLOP/s, but for interruptions
  double power_limit = std::numeric_limits<
      double>::infinity();              ///< nameplate IT power that its sites take when an order of now arrives [W]
  double order_usd = 0;                 ///< cost of each order, whatever its size
  std::optional<ReleaseNews> releases;  ///< nothing before the first release, or without a law

  bool operator==(const Outlook&) const = default;
};

/// What serving is asked for now, and what it carries within the service that it owes, orders included.
struct ServingView {
  double load = 0;     ///< [FLOP/s]
  double growth = 0;   ///< [1/yr]
  double carried = 0;  ///< [FLOP/s]
  double per_capacity =
      0;  ///< what a further FLOP/s of the fleet's peak adds to it; 0 where serving has no share of it

  bool operator==(const ServingView&) const = default;
};

/// All of it, at one review.
struct Observation {
  core::Time now;
  core::Time start;       ///< of the horizon
  core::Time end;         ///< of the horizon
  core::Money budget;     ///< for hardware, over the whole horizon
  core::Money released;   ///< of it so far
  core::Money cash = {};  ///< released and neither spent nor reserved
  Offer offer = {};
  FleetView fleet = {};
  Outlook outlook = {};
  std::optional<ServingView> serving = {};  ///< where the scenario states a demand

  bool operator==(const Observation&) const = default;
};

}  // namespace fleetrace::models
