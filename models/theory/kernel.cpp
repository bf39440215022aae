#include "models/theory/kernel.hpp"

#include <algorithm>
#include <cmath>

#include "models/theory/require.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models::theory {
namespace {

// Unlike require_progress this allows an eta below 0, which volatility can cause.
void require_kernel(const GrowthRates& growth_rates) {
  core::require(
      std::isfinite(growth_rates.eta) && std::isfinite(growth_rates.alpha) && std::isfinite(growth_rates.decay),
      "rates must be finite");
  core::require(growth_rates.lifetime > 0, "the lifetime must be above 0");
}

}  // namespace

double kernel(const GrowthRates& growth_rates, double t, double horizon) {
  require_kernel(growth_rates);
  core::require(t >= 0, "a purchase must not be before the start");
  if (t >= horizon) return 0;
  return core::exp((growth_rates.eta + growth_rates.alpha) * t) *
         core::integral_of_exp(growth_rates.alpha - growth_rates.decay, std::min(growth_rates.lifetime, horizon - t));
}

double theta(const GrowthRates& growth_rates) {
  require_kernel(growth_rates);
  const double owned = growth_rates.eta + growth_rates.decay;
  if (owned <= 0 || growth_rates.eta + growth_rates.alpha <= 0) return kInfinity;
  // ln(1 + (alpha - delta)/(eta + delta)) / (alpha - delta), with its limit where alpha = delta.
  const double difference = growth_rates.alpha - growth_rates.decay;
  const double ratio = difference / owned;
  if (std::fabs(ratio) < 1e-16) return 1 / owned;
  return core::log1p(ratio) / difference;
}

double best_lead(const GrowthRates& growth_rates) {
  require_kernel(growth_rates);
  if (growth_rates.eta + growth_rates.alpha <= 0) return kInfinity;
  return std::min(growth_rates.lifetime, theta(growth_rates));
}

double best_purchase(const GrowthRates& growth_rates, double horizon) {
  core::require(horizon >= 0 && horizon < kInfinity, "the horizon must be at least 0 and finite");
  return std::max(0.0, horizon - best_lead(growth_rates));
}

double latest_best_purchase(const GrowthRates& growth_rates, double horizon) {
  const double best = best_purchase(growth_rates, horizon);
  return growth_rates.eta + growth_rates.alpha == 0 ? std::max(best, horizon - growth_rates.lifetime) : best;
}

}  // namespace fleetrace::models::theory
