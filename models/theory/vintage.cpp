#include "models/theory/vintage.hpp"

#include <cmath>

#include "models/theory/require.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models::theory {
namespace {

double mean_lag_factor(double eta, double time) {
  core::require(eta >= 0 && eta < kInfinity, "eta must be at least 0 and finite");
  core::require(time > 0 && time < kInfinity, "the time must be above 0 and finite");
  return core::integral_of_exp(-eta, time) / time;
}

}  // namespace

double staggered_refresh_factor(double eta, double life) { return mean_lag_factor(eta, life); }

double exponential_retirement_factor(double eta, double retirement) {
  core::require(eta >= 0 && eta < kInfinity, "eta must be at least 0 and finite");
  core::require(retirement > 0 && retirement < kInfinity, "the retirement rate must be above 0 and finite");
  return retirement / (retirement + eta);
}

double cadence_factor(double eta, double cadence) { return mean_lag_factor(eta, cadence); }

double renewal_growth_rate(double jump, double cadence, double shape) {
  core::require(jump > 0 && jump < kInfinity, "the jump must be above 0 and finite");
  core::require(cadence > 0 && cadence < kInfinity, "the cadence must be above 0 and finite");
  core::require(shape > 0, "the shape must be above 0");
  const double log_jump = core::log(jump);
  return std::isinf(shape) ? log_jump / cadence : core::expm1(log_jump / shape) * shape / cadence;
}

}  // namespace fleetrace::models::theory
