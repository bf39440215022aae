#pragma once

#include "fleetrace/fleet/case.hpp"

namespace fleetrace::fleet {

/// What loss is reckoned by for all strategies, in the place of another draw's, whose memory and tables it uses. `base` is the
/// plant without changes.
void resolve_accounting(const core::Spec& spec, const Plant& base, const Horizon& horizon, LossAccounting& loss,
                        core::Diagnostics& diagnostics);

}  // namespace fleetrace::fleet
