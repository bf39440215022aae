#pragma once

#include <string>

#include "sim/scenario/scenario.hpp"

namespace fleetrace {

/// The scenario as YAML. Every default is filled in and marked by a comment with its source, and CSV files are written inline. The
/// text loads again to the same results.
[[nodiscard]] std::string to_yaml(const scenario::Scenario& scenario);

}  // namespace fleetrace
