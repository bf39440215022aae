#include "models/theory/waiting.hpp"

#include "models/theory/require.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models::theory {
namespace {

double wait(double gain, double growth, double work) {
  core::require(work > 0 && work < kInfinity, "the work must be above 0 and finite");
  return gain * work > 1 ? core::log(gain * work) / growth : 0;
}

}  // namespace

double wait_before_job(double eta, double alpha, double work) {
  require_progress({.eta = eta, .alpha = alpha});
  return wait(eta, eta + alpha, work);
}

double wait_before_frozen_job(double eta, double alpha, double work) {
  require_progress({.eta = eta, .alpha = alpha});
  return wait(eta + alpha, eta + alpha, work);
}

double longest_job_started_now(double eta) {
  core::require(eta > 0 && eta < kInfinity, "eta must be above 0 and finite");
  return 1 / eta;
}

double leapfrog_indifference(double jump, double remaining) {
  core::require(jump >= 1 && jump < kInfinity, "the jump must be at least 1 and finite");
  core::require(remaining >= 0 && remaining < kInfinity, "the remaining time must be at least 0 and finite");
  return (1 - 1 / jump) * remaining;
}

double leapfrog_indifference_discounted(double jump, double discount) {
  core::require(jump >= 1 && jump < kInfinity, "the jump must be at least 1 and finite");
  core::require(discount > 0 && discount < kInfinity, "the discount rate must be above 0 and finite");
  return core::log(jump) / discount;
}

}  // namespace fleetrace::models::theory
