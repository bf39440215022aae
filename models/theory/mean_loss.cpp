#include "models/theory/mean_loss.hpp"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>

#include "models/theory/final_compute.hpp"
#include "models/theory/require.hpp"
#include "models/theory/root.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models::theory {
namespace {

void require_valid(const GrowthRates& growth_rates, const LossScale& scale, double horizon) {
  require_progress(growth_rates);
  require_horizon(horizon);
  core::require(scale.kappa > 0 && scale.kappa <= 1, "kappa must be above 0 and at most 1");
  core::require(scale.nu > 0 && scale.nu < kInfinity, "nu must be above 0 and finite");
}

// Gauss-Legendre quadrature of a positive function with 15 nodes. Intervals are halved until the halves agree with the
// whole to 1e-11; they are then far more accurate than that. A tolerance relative to the interval cannot get stuck on
// rounding.
constexpr double kAgreement = 1e-11;
constexpr int kMostHalvings = 60;

template <class F>
double refined(F&& f, double from, double to, double whole, int halvings) {
  using Rule = boost::math::quadrature::gauss<double, 15>;
  const double middle = 0.5 * (from + to);
  const double left = Rule::integrate(f, from, middle);
  const double right = Rule::integrate(f, middle, to);
  if (std::fabs(left + right - whole) <= kAgreement * (left + right) || halvings == 0) return left + right;
  return refined(f, from, middle, left, halvings - 1) + refined(f, middle, to, right, halvings - 1);
}

template <class F>
double integral(F&& f, double from, double to) {
  if (!(from < to)) return 0;
  return refined(f, from, to, boost::math::quadrature::gauss<double, 15>::integrate(f, from, to), kMostHalvings);
}

// Integrates in two parts, because compute has a kink where the first machines retire.
template <class F>
double integral_bent_at(F&& f, double bend, double to) {
  return integral(f, 0.0, std::min(bend, to)) + integral(f, std::min(bend, to), to);
}

double front_loaded_at(const GrowthRates& growth_rates, double t) {
  return core::integral_of_exp(growth_rates.alpha - growth_rates.decay, std::min(growth_rates.lifetime, t));
}

// Compute by the time t of uniform spend over a horizon H: that of a share t/H of the money, spread evenly over t years.
double uniform_at(const GrowthRates& growth_rates, double horizon, double t) {
  return t > 0 ? t / horizon * uniform_compute(growth_rates, t) : 0;
}

// Compute that one purchase has done up to an age.
double single_at(const GrowthRates& growth_rates, double bought, double age) {
  return core::exp((growth_rates.eta + growth_rates.alpha) * bought) * front_loaded_at(growth_rates, age);
}

// dJ/dt of a purchase at t, over kappa nu: the loss from less time in service minus the gain from more FLOP/s for the
// money. Two integrals, because quadrature to a relative tolerance would not end for their difference, which can be near 0.
double single_loss_slope(const GrowthRates& growth_rates, const LossScale& scale, double horizon, double bought) {
  const double growth = growth_rates.eta + growth_rates.alpha;
  const double served = horizon - bought;
  const auto weight = [&](double age) {
    return core::exp(-(1 + scale.kappa) * core::log1p(scale.nu * single_at(growth_rates, bought, age)));
  };
  const auto more = [&](double age) { return weight(age) * single_at(growth_rates, bought, age); };
  const auto less = [&](double age) {
    return weight(age) * core::exp(growth * bought + (growth_rates.alpha - growth_rates.decay) * age);
  };
  return integral(less, 0.0, std::min(growth_rates.lifetime, served)) -
         growth * integral_bent_at(more, growth_rates.lifetime, served);
}

}  // namespace

double relative_loss_at(const LossScale& scale, double compute) {
  return core::exp(-scale.kappa * core::log1p(scale.nu * compute));
}

double front_loaded_loss(const GrowthRates& growth_rates, const LossScale& scale, double horizon) {
  require_valid(growth_rates, scale, horizon);
  if (growth_rates.alpha == growth_rates.decay && growth_rates.lifetime >= horizon) {
    return core::integral_of_exp(1 - scale.kappa, core::log1p(scale.nu * horizon)) / scale.nu;
  }
  return integral_bent_at([&](double t) { return relative_loss_at(scale, front_loaded_at(growth_rates, t)); },
                          growth_rates.lifetime, horizon);
}

double uniform_loss(const GrowthRates& growth_rates, const LossScale& scale, double horizon) {
  require_valid(growth_rates, scale, horizon);
  return integral_bent_at([&](double t) { return relative_loss_at(scale, uniform_at(growth_rates, horizon, t)); },
                          growth_rates.lifetime, horizon);
}

double single_purchase_loss(const GrowthRates& growth_rates, const LossScale& scale, double horizon, double t) {
  require_valid(growth_rates, scale, horizon);
  core::require(t >= 0 && t <= horizon, "the purchase must be within the horizon");
  return t + integral_bent_at([&](double age) { return relative_loss_at(scale, single_at(growth_rates, t, age)); },
                              growth_rates.lifetime, horizon - t);
}

SinglePurchase best_single_purchase(const GrowthRates& growth_rates, const LossScale& scale, double horizon) {
  require_valid(growth_rates, scale, horizon);
  // A grid brackets the minimum of J, and the root of the slope locates it: minimising J, which is flat there, would
  // lose half the digits.
  constexpr int kSteps = 200;
  const auto at = [&](int step) { return horizon * step / kSteps; };
  int lowest = 0;
  double loss = single_purchase_loss(growth_rates, scale, horizon, 0);
  for (int step = 1; step < kSteps; ++step) {
    const double candidate = single_purchase_loss(growth_rates, scale, horizon, at(step));
    if (candidate < loss) {
      loss = candidate;
      lowest = step;
    }
  }
  const auto slope = [&](double t) { return single_loss_slope(growth_rates, scale, horizon, t); };
  const double low = at(std::max(0, lowest - 1));
  const double high = at(lowest + 1);
  if (!(slope(low) < 0 && slope(high) > 0)) return {at(lowest), loss};
  const double best = root_between(slope, low, high);
  return {best, single_purchase_loss(growth_rates, scale, horizon, best)};
}

double mean_loss_break_even(const GrowthRates& growth_rates, const LossScale& scale) {
  // Up to the break-even on final compute, front-loaded spend is ahead at every instant, so that this is a lower bound.
  const double final = final_break_even(growth_rates);
  require_valid(growth_rates, scale, 1);
  if (final == kInfinity) return kInfinity;
  const auto advantage = [&](double horizon) {
    return (front_loaded_loss(growth_rates, scale, horizon) - uniform_loss(growth_rates, scale, horizon)) / horizon;
  };
  return first_root_above(advantage, final, 1.1, kBreakEvenSearch * final);
}

}  // namespace fleetrace::models::theory
