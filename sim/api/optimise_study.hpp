#pragma once

#include <atomic>

#include "fleetrace/optimize.hpp"
#include "sim/api/optimum_report.hpp"

namespace fleetrace {

/// The best schedule with what its writers need, or the best so far where `stop` is set meanwhile. Throws as optimize() does.
[[nodiscard]] OptimumReport optimum_report(const scenario::Scenario& scenario, const OptimizeOptions& options,
                                           const std::atomic<bool>& stop);

/// The strategy in whose place a plan is asked for: the only one where none is named. Throws OptimizeError.
[[nodiscard]] std::string planned_strategy(const scenario::Scenario& scenario, const std::string& asked);

}  // namespace fleetrace
