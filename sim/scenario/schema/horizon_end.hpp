#pragma once

#include <optional>

#include "fleetrace/core/spec.hpp"

namespace fleetrace::scenario {

/// The end of the horizon by its section: its `end`, or its `start` and `length`. Nothing where it says neither or starts never.
[[nodiscard]] std::optional<core::Time> horizon_end(const core::Spec& horizon);

/// Fills in the end of the horizon wherever a scenario says horizon.end. To be called after reading and whenever the horizon
/// changes; nothing happens where the horizon could not be read.
void bind_horizon_end(core::Spec& root);

}  // namespace fleetrace::scenario
