#pragma once

#include <optional>
#include <vector>

#include "models/hardware/releases.hpp"
#include "models/progress/progress.hpp"
#include "models/purchase/belief.hpp"
#include "sim/fleet/plant.hpp"

/// What a strategy takes the world to be where it cannot see it. The world is a Plant, which a replication draws; beliefs are the
/// same in every draw, unless the strategy knows the draw with hindsight.
namespace fleetrace::fleet {

struct Beliefs {
  /// Growth of FLOP/s per USD: of what is on sale on a trend, else from launch to launch.
  models::Belief price_performance;
  models::Belief efficiency;     ///< growth of FLOP/s per W, likewise
  models::Belief price_decline;  ///< decline of each accelerator's price between releases
  std::optional<models::ReleaseLaw> releases;
  models::ProgressLaw progress;
  /// The same with its rates of growth a standard deviation lower and higher, for who learns.
  models::ProgressLaw slower_progress;
  models::ProgressLaw faster_progress;
  std::vector<models::AdoptionStep> adoptions;
  core::Duration lead_time;        ///< mean lead time, burn-in included
  core::Duration lifetime;         ///< time that hardware trains
  double utilisation = 1;          ///< useful over peak FLOP/s, before there is a fleet that shows it
  double serving_utilisation = 1;  ///< useful over peak FLOP/s of what serves
  double load_growth = 0;          ///< growth of the demand on serving [1/yr]
  bool learns = false;
  double observation_error = 0;  ///< standard error of the logarithm of what is seen after a year [1]
  bool is_hindsight = false;     ///< whether the beliefs are the world that was drawn
};

/// What is true of a plant. Nothing in it is doubted.
[[nodiscard]] Beliefs beliefs_of(const Plant& plant);

/// Gives rates the doubt between two plants, in which all that is uncertain grows a standard deviation slower and faster.
void doubt(Beliefs& beliefs, const Beliefs& slower, const Beliefs& faster);

/// Before a part of a site opens, strategies count on it as `believed` has it. False, and nothing changes, where the two have
/// other sites or other parts.
bool announce(std::vector<Site>& sites, const std::vector<Site>& believed);

}  // namespace fleetrace::fleet
