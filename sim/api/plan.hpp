#pragma once

#include <string>
#include <vector>

#include "fleetrace/plan.hpp"
#include "sim/api/plan_periods.hpp"
#include "sim/fleet/results/plan_entry.hpp"

/// The plan of a race: its books are noted at every boundary between two periods, and a period is the difference of two notes,
/// so that periods add up to the whole however its numbers came about.
namespace fleetrace {

/// Notes the books of one race: between its periods, and on the dates of its actuals.
class PlanRecorder {
 public:
  PlanRecorder(const std::vector<PlanDates>& periods, const fleet::StrategySetup& setup)
      : periods_(periods), setup_(setup) {}

  /// Before the event at `time`, which is to be called for all of them: notes every boundary that lies there or before.
  void before(fleet::World& world, core::Time time);
  /// At the end of the race.
  void finish(fleet::World& world, const fleet::Outcome& outcome);
  /// Of a race that is finished.
  [[nodiscard]] StrategyPlan plan(const fleet::Outcome& outcome) const;

 private:
  const std::vector<PlanDates>& periods_;
  const fleet::StrategySetup& setup_;
  std::vector<fleet::PlanEntry> entries_;  ///< at the beginning of each period, and at the end
  std::vector<fleet::PlanEntry> planned_;  ///< on the dates of the actuals, before anything is corrected to them
};

/// Instants between two periods and dates of actuals, for which a race has to stop.
[[nodiscard]] std::vector<core::Time> boundaries(const std::vector<PlanDates>& periods,
                                                 const std::vector<fleet::StrategySetup>& setups);

}  // namespace fleetrace
