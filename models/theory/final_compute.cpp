#include "models/theory/final_compute.hpp"

#include <algorithm>
#include <cmath>

#include "models/theory/divided_exp.hpp"
#include "models/theory/kernel.hpp"
#include "models/theory/require.hpp"
#include "models/theory/root.hpp"
#include "sim/core/numeric/math.hpp"

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

double front_loaded_compute(const GrowthRates& growth_rates, double horizon) {
  require_progress(growth_rates);
  require_horizon(horizon);
  return kernel(growth_rates, 0, horizon);
}

double uniform_compute(const GrowthRates& growth_rates, double horizon) {
  return front_loaded_compute(growth_rates, horizon) * core::exp(uniform_advantage(growth_rates, horizon));
}

double uniform_advantage(const GrowthRates& growth_rates, double horizon) {
  require_progress(growth_rates);
  require_horizon(horizon);
  const double growth = growth_rates.eta + growth_rates.alpha;
  const double alpha = growth_rates.alpha - growth_rates.decay;
  const double eta = growth_rates.eta + growth_rates.decay;
  const double life = std::min(growth_rates.lifetime, horizon);
  // Compute of purchases in the last `life` years, which are in service at the horizon, over that of front-loaded
  // spend. The exponent is growth * horizon - alpha * life, written so that large terms do not cancel.
  const double young = 2 * core::log(life) + core::log(divided_exp(-eta * life, -growth * life));
  const double late = alpha > 0 ? growth * (horizon - life) + eta * life + young - log_integral_of_exp(-alpha, life)
                                : growth * horizon + young - log_integral_of_exp(alpha, life);
  if (life >= horizon) return late - core::log(horizon);
  // Earlier purchases live their full life, as front-loaded ones do.
  return log_of_sum(log_integral_of_exp(growth, horizon - life), late) - core::log(horizon);
}

double final_break_even(const GrowthRates& growth_rates) {
  require_progress(growth_rates);
  const double growth = growth_rates.eta + growth_rates.alpha;
  const double eta = growth_rates.eta + growth_rates.decay;
  if (growth == 0 || (eta == 0 && std::isinf(growth_rates.lifetime))) return kInfinity;
  // Far below every time scale the advantage is -ln 2; from there on it crosses 0 once.
  const double low = 1e-3 / (growth + eta);
  return first_root_above([&](double horizon) { return uniform_advantage(growth_rates, horizon); }, low, 2, 1e300);
}

}  // namespace fleetrace::models::theory
