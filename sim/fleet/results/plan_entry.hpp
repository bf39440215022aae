#pragma once

#include <vector>

#include "sim/fleet/world.hpp"

/// What the periods of a plan are made of: the books of a race at the boundaries between them.
namespace fleetrace::fleet {

/// Accelerators of one type: totals since before the start, and what there is now.
struct TypeCounts {
  std::int64_t ordered = 0;  ///< without the initial fleet
  std::int64_t delivered = 0;
  std::int64_t installed = 0;
  std::int64_t retired = 0;
  std::int64_t on_order = 0;
  std::int64_t waiting = 0;
  std::int64_t in_service = 0;
  std::int64_t standby = 0;
  std::int64_t serving = 0;
  std::int64_t in_repair = 0;
  std::int64_t rented = 0;  ///< of those in place
};

struct SiteBooks {
  double nameplate_power = 0;  ///< IT power of what is installed [W]
  double power_limit = 0;      ///< IT power that fits [W]; infinite where it is unlimited
  double energy_kwh = 0;       ///< since the start
  double average_draw = 0;     ///< power that it draws on average now, with its overhead [W]
};

/// The books at an instant, as the events before it left them.
struct PlanEntry {
  core::Time at;
  Sample state;
  core::Money budget_left;
  core::Money correction;  ///< part of the capital expenditure
  core::Money interest;    ///< on money that waited, since the start
  double book_usd = 0;
  std::vector<TypeCounts> types;       ///< by Market::types
  std::vector<SiteBooks> sites;        ///< by Plant::sites
  std::vector<std::int64_t> in_place;  ///< accelerators by Market::types and Plant::sites: type x sites + site
};

/// The books of a race whose state at that instant is `state` (World::state_at). Nothing is applied or booked.
[[nodiscard]] PlanEntry plan_entry(World& world, const Sample& state);

}  // namespace fleetrace::fleet
