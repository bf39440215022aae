#pragma once

#include <string_view>

#include "sim/fleet/results/metrics.hpp"

/// What the library itself asks of objectives of one's own.
namespace fleetrace::fleet {

/// The information about an objective that was added.
[[nodiscard]] const MetricInfo& own_info(Metric metric);

/// Gives a race that has been measured its value of the objective, where that is one of one's own. Throws models::ModelError for
/// what is not finite, and what the objective throws.
void add_own(Metric objective, std::string_view strategy, Metrics& metrics);

}  // namespace fleetrace::fleet
