#include "fleetrace/models/theory/kernel.hpp"

#include <algorithm>
#include <cmath>

#include "fleetrace/core/math.hpp"
#include "require.hpp"

namespace fleetrace::models::theory {
namespace {

// Volatility can leave eta below 0, which the kernel stands.
void require_kernel(const Terms& terms) {
  require(std::isfinite(terms.eta) && std::isfinite(terms.alpha) && std::isfinite(terms.decay), "rates must be finite");
  require(terms.lifetime > 0, "the lifetime must be above 0");
}

}  // namespace

double kernel(const Terms& terms, double t, double horizon) {
  require_kernel(terms);
  require(t >= 0, "a purchase must not be before the start");
  if (t >= horizon) return 0;
  return core::exp((terms.eta + terms.alpha) * t) *
         core::integral_of_exp(terms.alpha - terms.decay, std::min(terms.lifetime, horizon - t));
}

double theta(const Terms& terms) {
  require_kernel(terms);
  const double owned = terms.eta + terms.decay;
  if (owned <= 0 || terms.eta + terms.alpha <= 0) return kInfinity;
  // ln(1 + (alpha - delta)/(eta + delta)) / (alpha - delta), with its limit where alpha = delta.
  const double difference = terms.alpha - terms.decay;
  const double ratio = difference / owned;
  if (std::fabs(ratio) < 1e-16) return 1 / owned;
  return core::log1p(ratio) / difference;
}

double best_lead(const Terms& terms) {
  require_kernel(terms);
  if (terms.eta + terms.alpha <= 0) return kInfinity;
  return std::min(terms.lifetime, theta(terms));
}

double best_purchase(const Terms& terms, double horizon) {
  require(horizon >= 0 && horizon < kInfinity, "the horizon must be at least 0 and finite");
  return std::max(0.0, horizon - best_lead(terms));
}

}  // namespace fleetrace::models::theory
