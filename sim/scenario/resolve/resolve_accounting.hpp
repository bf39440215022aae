#pragma once

#include <optional>

#include "sim/fleet/setup.hpp"

namespace fleetrace::scenario {

/// Resolves how loss is computed, which is the same for all strategies. `loss` may hold that of another draw, whose memory and
/// tables are used again. `base` is the plant of strategies that change nothing; `yardstick` is the C0 that the scenario is
/// measured against, if it is known.
void resolve_accounting(const core::Spec& spec, const fleet::Plant& base, const fleet::Horizon& horizon,
                        const std::optional<fleet::Reference>& yardstick, fleet::LossAccounting& loss,
                        core::Diagnostics& diagnostics);

}  // namespace fleetrace::scenario
