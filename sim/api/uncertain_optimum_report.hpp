#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "fleetrace/optimize.hpp"
#include "sim/scenario/scenario.hpp"

namespace fleetrace {

/// The best plan under uncertainty, with what it was asked: everything that its writers need.
struct UncertainOptimumReport {
  std::string name;    ///< Name of the scenario.
  std::string sha256;  ///< SHA-256 of the scenario.
  std::uint32_t seed = 1;
  study::UncertainOptimum optimum;
  scenario::Scenario plan;  ///< The scenario with the strategies `optimum` and `at_medians` beside the others.
};

/// Throws as optimize_uncertain() does, which `stop` ends.
[[nodiscard]] UncertainOptimumReport uncertain_optimum_report(const scenario::Scenario& scenario,
                                                              const UncertainOptimizeOptions& options,
                                                              const std::atomic<bool>& stop);

}  // namespace fleetrace
