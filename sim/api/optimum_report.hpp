#pragma once

#include <cstdint>
#include <string>

#include "fleetrace/study/optimum.hpp"
#include "sim/scenario/scenario.hpp"

namespace fleetrace {

/// The best purchase schedule, with what it was asked: everything that its writers need.
struct OptimumReport {
  std::string name;    ///< Name of the scenario.
  std::string sha256;  ///< SHA-256 of the scenario.
  std::uint32_t seed = 1;
  study::Optimum optimum;
  scenario::Scenario plan;  ///< The scenario with the plan as the strategy `optimum` beside the others.
};

}  // namespace fleetrace
