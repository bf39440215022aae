#include "models/theory/fleet_worth.hpp"

#include <cmath>

#include "models/theory/require.hpp"
#include "models/theory/root.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models::theory {

double progress_years(double gamma, double t) {
  core::require(std::isfinite(gamma), "the rate must be finite");
  core::require(t >= 0 && t < kInfinity, "the time must be at least 0 and finite");
  return core::integral_of_exp(gamma * core::kLn2, t);
}

double fleet_worth(double fast, double slow, double horizon) {
  require_horizon(horizon);
  return progress_years(fast, horizon) / progress_years(slow, horizon);
}

double overtaking(double multiple, double slow, double fast) {
  core::require(multiple > 0 && multiple < kInfinity, "the multiple must be above 0 and finite");
  core::require(std::isfinite(slow) && std::isfinite(fast) && slow < fast, "the slow rate must be below the fast one");
  if (multiple <= 1) return 0;
  // Both rates are negative, so the ratio of what the fleets have done tends to slow/fast.
  if (fast < 0 && multiple >= slow / fast) return kInfinity;
  const double difference = (fast - slow) * core::kLn2;
  const auto lead = [&](double t) {
    // For a positive slow rate both sides are divided by e^(slow t), so that neither overflows before the crossing.
    if (slow <= 0) return progress_years(fast, t) - multiple * progress_years(slow, t);
    return core::exp(difference * t) * progress_years(-fast, t) - multiple * progress_years(-slow, t);
  };
  return first_root_above(lead, 1e-9 / difference, 2, 1e300);
}

}  // namespace fleetrace::models::theory
