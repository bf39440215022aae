#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fleetrace/fleet/metric.hpp"
#include "sim/api/race.hpp"

/// What would turn a recommendation: numbers of a scenario, each changed alone.
namespace fleetrace {

/// One number of the scenario, and what the lead does where it is halved and doubled, as far as its range goes.
struct TurningPoint {
  std::string path;
  std::string value;     ///< in the scenario, as it is written
  std::string source;    ///< of a default; empty for what the scenario's author wrote, and for defaults without one
  bool preset = false;   ///< whether it is a default
  bool verified = true;  ///< whether a default was read in its source
  double influence = 0;  ///< the most by which the lead changes, in the unit of the objective
  /// The value nearest to that in the scenario, of those found, from which on another strategy leads; empty where none does.
  std::string turns_at;
  bool turns_below = false;  ///< whether it is below the value in the scenario
  double distance = 0;       ///< factor by which the value changes to get there, 1 or more
  std::string leader;        ///< who leads there
};

struct TurningPoints {
  fleet::Metric objective = fleet::Metric::final_loss;
  std::string leader;                ///< at the medians; empty where nobody leads, and then no number turns anything
  std::string rival;                 ///< who is next; empty for one strategy, which nothing turns
  std::vector<TurningPoint> points;  ///< those that change the lead, the most influential first
};

/// Races the scenario of the run again with each of its numbers halved and doubled, at the medians, and narrows down where the
/// leader changes. Numbers that nobody wrote and that have no source are left out, as are strategies with hindsight. An objective
/// that is about a target is looked for as the final loss where the scenario does not list the target.
/// Scope: one number at a time; a winner that changes twice between two values tried is not seen.
[[nodiscard]] TurningPoints turning_points(const Run& run, fleet::Metric objective, std::optional<double> target,
                                           int jobs);

}  // namespace fleetrace
