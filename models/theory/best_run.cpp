#include "models/theory/best_run.hpp"

#include <algorithm>
#include <cmath>

#include "models/theory/divided_exp.hpp"
#include "models/theory/require.hpp"
#include "models/theory/root.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models::theory {
namespace {

void require_valid(const GrowthRates& growth_rates, double length) {
  require_progress(growth_rates);
  core::require(growth_rates.decay == 0, "the decay must be 0");
  core::require(length > 0 && length < kInfinity, "the length must be above 0 and finite");
}

// The start of the best run of front-loaded spend: the last run, unless machines retire before.
double front_loaded_start(const GrowthRates& growth_rates, double length, double horizon) {
  const double last = horizon - length;
  const double full = std::max(0.0, growth_rates.lifetime - length);
  const double peak = growth_rates.alpha > 0 ? growth_rates.lifetime - 1 / growth_rates.alpha : full;
  return std::min(last, std::max(full, peak));
}

double years_in_service(const GrowthRates& growth_rates, double length, double start) {
  return std::max(0.0, std::min(length, growth_rates.lifetime - start));
}

// (1/H) int_0^H e^(eta (s - H)) |[s, s + T] and [H - L, H]| ds. The time for which a purchase at s takes part in the
// run rises from 0 at s = H - L - T to min(T, L), and falls to 0 at s = H.
double scaled_uniform_work(const GrowthRates& growth_rates, double length, double horizon) {
  const double eta = growth_rates.eta;
  const double most = std::min(growth_rates.lifetime, length);
  const double falls_from = horizon - most;
  const double stays_from = std::max(0.0, horizon - std::max(growth_rates.lifetime, length));
  double work = most * most * divided_exp(-eta * most, -eta * most);
  work += most * core::exp(-eta * most) * core::integral_of_exp(-eta, falls_from - stays_from);
  if (stays_from > 0) {
    // The rising part lasts for `most`; if it began before the start of the horizon, only its end counts.
    const double rise = std::min(most, stays_from);
    const double missing = most - rise;
    const double end = core::exp(-eta * (horizon - stays_from));
    work += end * (missing * core::integral_of_exp(-eta, rise) + rise * rise * divided_exp(-eta * rise, 0));
  }
  return work / horizon;
}

}  // namespace

double front_loaded_run(const GrowthRates& growth_rates, double length, double horizon) {
  require_valid(growth_rates, length);
  require_horizon(horizon);
  if (horizon < length) return 0;
  const double start = front_loaded_start(growth_rates, length, horizon);
  return core::exp(growth_rates.alpha * start) * years_in_service(growth_rates, length, start);
}

double uniform_run(const GrowthRates& growth_rates, double length, double horizon) {
  require_valid(growth_rates, length);
  require_horizon(horizon);
  if (horizon < length) return 0;
  return core::exp(growth_rates.alpha * (horizon - length) + growth_rates.eta * horizon) *
         scaled_uniform_work(growth_rates, length, horizon);
}

double single_purchase_run(const GrowthRates& growth_rates, double length, double horizon, double t) {
  require_valid(growth_rates, length);
  require_horizon(horizon);
  core::require(t >= 0 && t <= horizon, "the purchase must be within the horizon");
  if (horizon < length) return 0;
  const double shared = std::min(t + growth_rates.lifetime, horizon) - std::max(t, horizon - length);
  return core::exp(growth_rates.alpha * (horizon - length) + growth_rates.eta * t) * std::max(0.0, shared);
}

double best_run_lead(const GrowthRates& growth_rates, double length) {
  core::require(std::isfinite(growth_rates.eta) && std::isfinite(growth_rates.alpha), "rates must be finite");
  core::require(growth_rates.decay >= 0 && growth_rates.decay < kInfinity, "the decay must be at least 0 and finite");
  core::require(growth_rates.eta >= 0 || growth_rates.decay == 0, "the decay must be 0 where eta is below 0");
  core::require(growth_rates.lifetime > 0, "the lifetime must be above 0");
  core::require(length > 0 && length < kInfinity, "the length must be above 0 and finite");
  const double most = std::min(length, growth_rates.lifetime);
  if (growth_rates.eta == 0) return most;
  if (growth_rates.eta < 0) {
    if (growth_rates.eta + growth_rates.alpha <= 0) return kInfinity;
    return length + growth_rates.lifetime - std::min(most, -1 / growth_rates.eta);
  }
  const double ratio = growth_rates.decay / growth_rates.eta;
  return std::min(most, ratio < 1e-16 ? 1 / growth_rates.eta : core::log1p(ratio) / growth_rates.decay);
}

PurchaseDates best_run_purchases(const GrowthRates& growth_rates, double length, double horizon) {
  const double latest = std::max(0.0, horizon - best_run_lead(growth_rates, length));
  if (growth_rates.eta != 0 || growth_rates.decay != 0) return {latest, latest};
  if (growth_rates.alpha == 0) return {0, latest};
  return {std::max(0.0, horizon - std::max(length, growth_rates.lifetime)), latest};
}

double best_run_break_even(const GrowthRates& growth_rates, double length) {
  require_valid(growth_rates, length);
  // Logarithm of the best run of uniform spend over that of front-loaded spend.
  const auto advantage = [&](double horizon) {
    const double start = front_loaded_start(growth_rates, length, horizon);
    return growth_rates.alpha * (horizon - length - start) + growth_rates.eta * horizon +
           core::log(scaled_uniform_work(growth_rates, length, horizon) /
                     years_in_service(growth_rates, length, start));
  };
  if (advantage(length) >= 0) return 0;
  if (growth_rates.eta == 0 && (growth_rates.alpha == 0 || std::isinf(growth_rates.lifetime))) return kInfinity;
  // While no machine retires the advantage only grows. Later uniform spend loses machines too, which can give the lead
  // back to front-loaded spend, so that large steps would miss the first crossing.
  if (std::isinf(growth_rates.lifetime)) return first_root_above(advantage, length, 1.5, 1e300);
  const double all_serve = std::max(length, growth_rates.lifetime);
  if (advantage(all_serve) >= 0) return root_between(advantage, length, all_serve);
  return first_root_above(advantage, all_serve, 1.05, 1e300);
}

}  // namespace fleetrace::models::theory
