#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "fleetrace/core/money.hpp"
#include "fleetrace/core/time.hpp"

/// What a strategy knows when it decides, and what it decides. Amounts, prices and dates are past or present ones of the world
/// that was drawn. Rates and laws are what the strategy believes: the medians of the scenario or its own `believes`, and what it
/// has learned from the past where it `learns`. Nothing depends on the future, except that strategies with `information:
/// hindsight` are told what was drawn. Two runs that agree until now give equal observations, whatever happens in them later.
namespace fleetrace::models {

/// The hardware that the strategy would buy now.
struct Offer {
  double flops_per_usd = 0;    ///< peak FLOP/s per all-in USD; 0 where nothing is on sale
  double watts_per_flops = 0;  ///< nameplate IT power per peak FLOP/s [W per FLOP/s]
  double unit_usd = 0;         ///< all-in cost of one accelerator; 0 for capacity, which any amount buys
  double growth = 0;           ///< believed growth of flops_per_usd until the next release [1/yr]
  double efficiency = 0;       ///< believed growth of FLOP/s per W until the next release [1/yr]

  bool operator==(const Offer&) const = default;
};

/// The fleet now.
struct FleetView {
  double power = 0;               ///< nameplate IT power of all that is neither retired nor rented, orders included [W]
  double power_installed = 0;     ///< nameplate IT power of all that is installed, working or not [W]
  double capacity = 0;            ///< peak FLOP/s of all that is not retired, orders and what is rented included
  double capacity_installed = 0;  ///< peak FLOP/s of all that is installed, working or not
  std::int64_t accelerators_installed = 0;

  bool operator==(const FleetView&) const = default;
};

/// What is publicly known of future releases. Their dates are not.
struct ReleaseLaw {
  core::Duration cadence;  ///< mean time between releases
  /// Shape of that time's Gamma law; infinite for a fixed cadence.
  double shape = std::numeric_limits<double>::infinity();
  double jump = 1;             ///< factor on FLOP/s per USD from launch to launch
  double efficiency_jump = 1;  ///< factor on FLOP/s per W from launch to launch
  std::string base = {};       ///< name of the base accelerator; releases are named base+1, base+2, ...

  bool operator==(const ReleaseLaw&) const = default;
};

/// What is known of hardware releases: their law and the latest one.
struct ReleaseNews {
  ReleaseLaw law;
  core::Time last;                   ///< release date of the newest type on sale
  double launch_flops_per_usd = 0;   ///< peak FLOP/s per all-in USD of the newest type at its release
  double launch_flops_per_watt = 0;  ///< peak FLOP/s per W of the newest type
  /// With hindsight alone: the date of the next release, latest() where none comes before the end.
  std::optional<core::Time> next = {};

  bool operator==(const ReleaseNews&) const = default;
};

/// What is believed of the future and of what has not been tried yet.
struct Outlook {
  double progress = 0;    ///< expected growth of the algorithmic multiplier now [1/yr]
  bool embodied = false;  ///< whether algorithmic progress helps only hardware that is bought after it
  core::Duration lead_time;
  core::Duration lifetime = core::Duration::unlimited();
  /// Useful over peak FLOP/s, without the effect of interruptions: what the fleet shows, or is believed before there is one.
  double utilisation = 1;
  /// Nameplate IT power of what the strategy's sites can hold when an order placed now arrives, and of what stands on others [W].
  double power_limit = std::numeric_limits<double>::infinity();
  double order_usd = 0;                 ///< cost of each order, whatever its size
  std::optional<ReleaseNews> releases;  ///< nullopt before the first release, or without a law of releases

  bool operator==(const Outlook&) const = default;
};

/// The load on serving now, and the load that it can carry.
struct ServingView {
  double load = 0;     ///< useful FLOP/s asked for
  double growth = 0;   ///< believed growth of the load [1/yr]
  double carried = 0;  ///< load carried with the service quality that is owed, orders included [FLOP/s]
  /// Growth of `carried` with each FLOP/s of the fleet's peak; 0 where serving gets none of it.
  double per_capacity = 0;

  bool operator==(const ServingView&) const = default;
};

/// What a strategy knows at one review.
struct Observation {
  core::Time now;
  core::Time start;       ///< start of the horizon
  core::Time end;         ///< end of the horizon
  core::Money budget;     ///< hardware budget over the whole horizon
  core::Money released;   ///< part of the budget that was released so far
  core::Money cash = {};  ///< money that was released and is neither spent nor reserved
  Offer offer = {};
  FleetView fleet = {};
  Outlook outlook = {};
  std::optional<ServingView> serving = {};  ///< nullopt unless the scenario states a demand

  bool operator==(const Observation&) const = default;
};

/// What a strategy decides at a review: how much of its budget is released, how much hardware may be bought now, what
/// retires before that, and when the next review is.
struct Decision {
  /// Part of the budget that is released so far, earlier amounts included. Orders that are planned one by one release what they
  /// cost.
  core::Money released;
  core::Time next_review = core::Time::latest();  ///< latest() for never
  /// Upper limits of the fleet after this purchase, orders and what is rented included and what retires now excluded: nameplate
  /// IT power [W] and peak FLOP/s. The number of accelerators is rounded down to meet them; 0 buys nothing.
  double fleet_power = std::numeric_limits<double>::infinity();
  double fleet_capacity = std::numeric_limits<double>::infinity();
  /// Upper limit of the nameplate IT power that this review orders and rents [W]. What it leaves of that, as far as `fleet_power`
  /// has room for it, is carried over to the next review.
  double order_power = std::numeric_limits<double>::infinity();
  /// Orders that the scenario lists one by one and that are placed now: those from `first_order` on, by date, until before
  /// `last_order`. A model of one's own leaves both at 0.
  std::size_t first_order = 0;
  std::size_t last_order = 0;
  /// All hardware that was ordered by this time retires now, before its life ends and before anything is bought.
  core::Time retire_ordered_by = core::Time::earliest();

  bool operator==(const Decision&) const = default;
};

}  // namespace fleetrace::models
