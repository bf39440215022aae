#include "models/theory/rate_cap.hpp"

#include <algorithm>

#include "models/theory/kernel.hpp"
#include "models/theory/require.hpp"
#include "models/theory/root.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models::theory {

Window rate_capped_window(const GrowthRates& growth_rates, double horizon, double length) {
  require_progress(growth_rates);
  require_horizon(horizon);
  core::require(length > 0, "the length must be above 0");
  core::require((growth_rates.eta + growth_rates.alpha) * horizon <= 700,
                "growth within the horizon must be below e^700");
  if (length >= horizon) return {0, horizon};
  // w is unimodal, so that the difference of w at the two ends falls through 0 once while the interval slides over its peak.
  const auto difference = [&](double from) {
    return kernel(growth_rates, from, horizon) - kernel(growth_rates, from + length, horizon);
  };
  if (difference(0) >= 0) return {0, length};
  const double peak = best_purchase(growth_rates, horizon);
  const double from = root_between(difference, std::max(0.0, peak - length), std::min(peak, horizon - length));
  return {from, from + length};
}

}  // namespace fleetrace::models::theory
