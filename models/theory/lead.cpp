#include "models/theory/lead.hpp"

#include <cmath>

#include "models/theory/require.hpp"

namespace fleetrace::models::theory {

double embodied_lead(double eta, double alpha) {
  core::require(std::isfinite(eta) && std::isfinite(alpha), "rates must be finite");
  return eta + alpha > 0 ? 1 / (eta + alpha) : kInfinity;
}

double lead_with_opex(double eta, double opex) {
  core::require(std::isfinite(eta), "eta must be finite");
  core::require(opex >= 0 && opex < kInfinity, "the opex must be at least 0 and finite");
  if (eta <= 0) return kInfinity;
  // The formula multiplied by its conjugate, which does not cancel and has the right limit at c = 0.
  return 2 / (eta * (std::sqrt(1 + 4 * opex / eta) + 1));
}

}  // namespace fleetrace::models::theory
