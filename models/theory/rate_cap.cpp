#include "fleetrace/models/theory/rate_cap.hpp"

#include <algorithm>

#include "fleetrace/core/math.hpp"
#include "fleetrace/models/theory/kernel.hpp"
#include "require.hpp"
#include "root.hpp"

namespace fleetrace::models::theory {

Window rate_capped_window(const Terms& terms, double horizon, double length) {
  require_progress(terms);
  require_horizon(horizon);
  require(length > 0, "the length must be above 0");
  require((terms.eta + terms.alpha) * horizon <= 700, "growth within the horizon must be below e^700");
  if (length >= horizon) return {0, horizon};
  // w is unimodal, so that the difference of w at the two ends falls through 0 once while the interval slides over its peak.
  const auto difference = [&](double from) {
    return kernel(terms, from, horizon) - kernel(terms, from + length, horizon);
  };
  if (difference(0) >= 0) return {0, length};
  const double peak = best_purchase(terms, horizon);
  const double from = root_between(difference, std::max(0.0, peak - length), std::min(peak, horizon - length));
  return {from, from + length};
}

}  // namespace fleetrace::models::theory
