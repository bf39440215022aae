#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleetrace/core/money.hpp"
#include "fleetrace/fleet/results.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/fleet/accounting/spending_record.hpp"
#include "sim/fleet/accounting/trajectory.hpp"
#include "sim/fleet/cohort.hpp"
#include "sim/fleet/results/constraint.hpp"
#include "sim/fleet/sites/site.hpp"

/// What one strategy's race came to.
namespace fleetrace::fleet {

/// How much of a race its outcome holds.
enum class Detail : std::uint8_t {
  whole,
  metrics,  ///< only what measure() reads of one target; all else is left empty, or as it was
  losses,  ///< the same, and losses over time: a series of up to kLossDates samples, evenly chosen, of compute and loss alone
};
/// At how many dates losses over time are kept.
inline constexpr std::size_t kLossDates = 49;

/// The result with the records that it was made from.
struct Outcome : StrategyResult {
  std::vector<Cohort> cohorts;
  std::vector<Sample> checkpoints;  ///< the states on the dates that were asked for, by time
  SpendingRecord spending;          ///< spending over time; empty where the race has no targets
  Trajectory trajectory;
  std::uint64_t events = 0;
  engine::StopReason stop_reason = engine::StopReason::horizon;
};

}  // namespace fleetrace::fleet
