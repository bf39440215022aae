#pragma once

#include "fleetrace/optimize.hpp"
#include "sim/api/optimum_report.hpp"

namespace fleetrace {

/// The best schedule with what its writers need. Throws as optimize() does.
[[nodiscard]] OptimumReport optimum_report(const scenario::Scenario& scenario, const OptimizeOptions& options);

/// The strategy in whose place a plan is asked for: the only one where none is named. Throws OptimizeError.
[[nodiscard]] std::string planned_strategy(const scenario::Scenario& scenario, const std::string& asked);

}  // namespace fleetrace
