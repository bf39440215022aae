#pragma once

#include "fleetrace/fleet/case.hpp"

namespace fleetrace::fleet {

/// Adds a diagnostic where the figures of a case could leave the range in which they are counted, or a review could take
/// too long: bounds from above, found without running it. `path` is the strategy's.
void check_magnitudes(const Case& one, const core::Location& where, const std::string& path,
                      core::Diagnostics& diagnostics);

}  // namespace fleetrace::fleet
