#pragma once

#include "fleetrace/optimize.hpp"
#include "sim/api/optimum_report.hpp"

namespace fleetrace {

/// The best schedule with what its writers need. Throws as optimize() does.
[[nodiscard]] OptimumReport optimum_report(const scenario::Scenario& scenario, const OptimizeOptions& options);

}  // namespace fleetrace
