#pragma once

#include <string>
#include <vector>

#include "fleetrace/run.hpp"
#include "sim/api/plan_periods.hpp"
#include "sim/fleet/results/plan_entry.hpp"

/// The plan of a race: its books are noted at every boundary between two periods, and a period is the difference of two notes,
/// so that periods add up to the whole however its numbers came about.
namespace fleetrace {

/// Notes the books of one race.
class PlanRecorder {
 public:
  explicit PlanRecorder(const std::vector<PlanDates>& periods) : periods_(periods) {}

  /// Before the event at `time`, which is to be called for all of them: notes every boundary that lies there or before.
  void before(fleet::World& world, core::Time time);
  /// At the end of the race.
  void finish(fleet::World& world, const fleet::Outcome& outcome) {
    entries_.push_back(fleet::plan_entry(world, outcome.series.back()));
  }
  /// Of a race that is finished.
  [[nodiscard]] StrategyPlan plan(const fleet::StrategySetup& setup, const fleet::Outcome& outcome) const;

 private:
  const std::vector<PlanDates>& periods_;
  std::vector<fleet::PlanEntry> entries_;  ///< at the beginning of each period, and at the end
};

/// Instants between two periods, for which a race has to stop.
[[nodiscard]] std::vector<core::Time> boundaries(const std::vector<PlanDates>& periods);

}  // namespace fleetrace
