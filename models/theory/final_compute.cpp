#include "fleetrace/models/theory/final_compute.hpp"

#include <algorithm>
#include <cmath>

#include "divided_exp.hpp"
#include "fleetrace/core/math.hpp"
#include "fleetrace/models/theory/kernel.hpp"
#include "require.hpp"
#include "root.hpp"

namespace fleetrace::models::theory {
namespace {

// ln((e^(rate length) - 1)/rate), also where the exponential overflows.
double log_integral_of_exp(double rate, double length) {
  if (rate * length <= 0) return core::log(core::integral_of_exp(rate, length));
  return rate * length + core::log(core::integral_of_exp(-rate, length));
}

double log_of_sum(double a, double b) {
  const double high = std::max(a, b);
  return high + core::log1p(core::exp(std::min(a, b) - high));
}

}  // namespace

double front_loaded_compute(const Terms& terms, double horizon) {
  require_progress(terms);
  require_horizon(horizon);
  return kernel(terms, 0, horizon);
}

double uniform_compute(const Terms& terms, double horizon) {
  return front_loaded_compute(terms, horizon) * core::exp(uniform_advantage(terms, horizon));
}

double uniform_advantage(const Terms& terms, double horizon) {
  require_progress(terms);
  require_horizon(horizon);
  const double growth = terms.eta + terms.alpha;
  const double alpha = terms.alpha - terms.decay;
  const double eta = terms.eta + terms.decay;
  const double life = std::min(terms.lifetime, horizon);
  // What is bought in the last `life` years and is still in service at the horizon, over what the hare does. Its exponent is
  // growth * horizon - alpha * life, written so that large terms do not cancel.
  const double young = 2 * core::log(life) + core::log(divided_exp(-eta * life, -growth * life));
  const double late = alpha > 0 ? growth * (horizon - life) + eta * life + young - log_integral_of_exp(-alpha, life)
                                : growth * horizon + young - log_integral_of_exp(alpha, life);
  if (life >= horizon) return late - core::log(horizon);
  // Before that each purchase lives its full life, as the hare's does.
  return log_of_sum(log_integral_of_exp(growth, horizon - life), late) - core::log(horizon);
}

double final_break_even(const Terms& terms) {
  require_progress(terms);
  const double growth = terms.eta + terms.alpha;
  const double eta = terms.eta + terms.decay;
  if (growth == 0 || (eta == 0 && std::isinf(terms.lifetime))) return kInfinity;
  // Far below every time scale the advantage is -ln 2; from there on it crosses 0 once.
  const double low = 1e-3 / (growth + eta);
  return first_root_above([&](double horizon) { return uniform_advantage(terms, horizon); }, low, 2, 1e300);
}

}  // namespace fleetrace::models::theory
