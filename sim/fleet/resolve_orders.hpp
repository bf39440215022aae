#pragma once

#include "fleetrace/fleet/case.hpp"

namespace fleetrace::fleet {

/// Whether it is a generation that another draw of random releases may bring within the horizon.
[[nodiscard]] bool may_still_come(const models::Market& market, const std::string& wanted);

/// Finds what a strategy orders by name, and what it costs where no budget says so. `path` is the strategy's.
void resolve_orders(const core::Spec& spec, const std::string& path, const Plant& plant, Strategy& strategy,
                    core::Diagnostics& diagnostics);

}  // namespace fleetrace::fleet
