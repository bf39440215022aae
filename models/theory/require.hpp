#pragma once

#include "models/theory/growth_rates.hpp"
#include "sim/core/numeric/require.hpp"

namespace fleetrace::models::theory {

/// Checks eta, alpha, decay >= 0 and finite, and a lifetime above 0.
void require_progress(const GrowthRates& growth_rates);

/// Checks a horizon that is above 0 and finite.
void require_horizon(double horizon);

}  // namespace fleetrace::models::theory
