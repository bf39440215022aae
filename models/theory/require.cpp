#include "models/theory/require.hpp"

namespace fleetrace::models::theory {

void require_progress(const GrowthRates& growth_rates) {
  core::require(growth_rates.eta >= 0 && growth_rates.eta < kInfinity, "eta must be at least 0 and finite");
  core::require(growth_rates.alpha >= 0 && growth_rates.alpha < kInfinity, "alpha must be at least 0 and finite");
  core::require(growth_rates.decay >= 0 && growth_rates.decay < kInfinity, "the decay must be at least 0 and finite");
  core::require(growth_rates.lifetime > 0, "the lifetime must be above 0");
}

void require_horizon(double horizon) {
  core::require(horizon > 0 && horizon < kInfinity, "the horizon must be above 0 and finite");
}

}  // namespace fleetrace::models::theory
