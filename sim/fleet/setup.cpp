#include "sim/fleet/setup.hpp"

#include <algorithm>

namespace fleetrace::fleet {

std::size_t StrategySetup::initial_cohorts() const {
  return static_cast<std::size_t>(
      std::count_if(plant.initial.begin(), plant.initial.end(),
                    [this](const InitialCohort& initial) { return plant.retires(initial) > horizon.start; }));
}

}  // namespace fleetrace::fleet
