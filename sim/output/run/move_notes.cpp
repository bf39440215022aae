#include <algorithm>

#include "sim/output/run/report.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output {
namespace {

/// How many units a move took along: the parts that were to arrive there then.
std::int64_t moved_by(const fleet::PlannedMove& move, const fleet::Outcome& outcome) {
  const core::Time arrives = core::saturating_add(move.at, move.pause);
  std::int64_t count = 0;
  for (const fleet::Cohort& cohort : outcome.cohorts) {
    if (cohort.is_part && cohort.type == move.type && cohort.site == move.to && cohort.arrives == arrives)
      count += cohort.bought();
  }
  return count;
}

}  // namespace

std::vector<std::string> move_notes(const fleet::StrategySetup& setup, const fleet::Outcome& outcome) {
  std::vector<std::string> notes;
  for (const fleet::PlannedMove& move : setup.strategy.moves) {
    const std::int64_t moved = moved_by(move, outcome);
    if (moved >= move.count) continue;
    const std::string& from = setup.plant.sites[move.from].name;
    notes.push_back(shown_name(outcome) + ": of " + grouped(move.count) + " " +
                    setup.plant.market.types[move.type].name + " that were to leave " + core::printable(from) + " on " +
                    core::to_date(move.at) + ", " + (moved == 0 ? "none was" : "only " + grouped(moved) + " were") +
                    " there.");
  }
  return notes;
}

}  // namespace fleetrace::output
