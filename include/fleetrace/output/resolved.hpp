#pragma once

#include <string>

#include "fleetrace/fleet/scenario.hpp"

namespace fleetrace::output {

/// The scenario as YAML with every default filled in and marked by a comment with its source. Loads again to the same
/// results; CSV files are written inline.
[[nodiscard]] std::string to_yaml(const fleet::Scenario& scenario);

}  // namespace fleetrace::output
