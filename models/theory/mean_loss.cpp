#include "fleetrace/models/theory/mean_loss.hpp"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>

#include "fleetrace/core/math.hpp"
#include "fleetrace/models/theory/final_compute.hpp"
#include "require.hpp"
#include "root.hpp"

namespace fleetrace::models::theory {
namespace {

void require_valid(const Terms& terms, const LossScale& scale, double horizon) {
  require_progress(terms);
  require_horizon(horizon);
  require(scale.kappa > 0 && scale.kappa <= 1, "kappa must be above 0 and at most 1");
  require(scale.nu > 0 && scale.nu < kInfinity, "nu must be above 0 and finite");
}

// Gauss-Legendre quadrature of a positive function with 15 nodes, halving intervals until the halves agree with the whole to
// 1e-11, which leaves them far more accurate than that. Tolerances relative to the interval cannot get stuck on rounding.
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

// Compute bends where the first machines die.
template <class F>
double integral_bent_at(F&& f, double bend, double to) {
  return integral(f, 0.0, std::min(bend, to)) + integral(f, std::min(bend, to), to);
}

double front_loaded_at(const Terms& terms, double t) {
  return core::integral_of_exp(terms.alpha - terms.decay, std::min(terms.lifetime, t));
}

// A horizon t is the same plan cut short: t/H of the money, evenly over [0, t].
double uniform_at(const Terms& terms, double horizon, double t) {
  return t > 0 ? t / horizon * uniform_compute(terms, t) : 0;
}

// What one purchase has done at an age.
double single_at(const Terms& terms, double bought, double age) {
  return core::exp((terms.eta + terms.alpha) * bought) * front_loaded_at(terms, age);
}

// dJ/dt of a purchase at t, over kappa nu: what a later purchase serves less, minus what it gets more for the money. Two
// integrals, because quadrature to a relative tolerance would never be content with one that is near 0.
double single_loss_slope(const Terms& terms, const LossScale& scale, double horizon, double bought) {
  const double growth = terms.eta + terms.alpha;
  const double served = horizon - bought;
  const auto weight = [&](double age) {
    return core::exp(-(1 + scale.kappa) * core::log1p(scale.nu * single_at(terms, bought, age)));
  };
  const auto more = [&](double age) { return weight(age) * single_at(terms, bought, age); };
  const auto less = [&](double age) {
    return weight(age) * core::exp(growth * bought + (terms.alpha - terms.decay) * age);
  };
  return integral(less, 0.0, std::min(terms.lifetime, served)) -
         growth * integral_bent_at(more, terms.lifetime, served);
}

}  // namespace

double relative_loss_at(const LossScale& scale, double compute) {
  return core::exp(-scale.kappa * core::log1p(scale.nu * compute));
}

double front_loaded_loss(const Terms& terms, const LossScale& scale, double horizon) {
  require_valid(terms, scale, horizon);
  if (terms.alpha == terms.decay && terms.lifetime >= horizon) {
    return core::integral_of_exp(1 - scale.kappa, core::log1p(scale.nu * horizon)) / scale.nu;
  }
  return integral_bent_at([&](double t) { return relative_loss_at(scale, front_loaded_at(terms, t)); }, terms.lifetime,
                          horizon);
}

double uniform_loss(const Terms& terms, const LossScale& scale, double horizon) {
  require_valid(terms, scale, horizon);
  return integral_bent_at([&](double t) { return relative_loss_at(scale, uniform_at(terms, horizon, t)); },
                          terms.lifetime, horizon);
}

double single_purchase_loss(const Terms& terms, const LossScale& scale, double horizon, double t) {
  require_valid(terms, scale, horizon);
  require(t >= 0 && t <= horizon, "the purchase must be within the horizon");
  return t + integral_bent_at([&](double age) { return relative_loss_at(scale, single_at(terms, t, age)); },
                              terms.lifetime, horizon - t);
}

SinglePurchase best_single_purchase(const Terms& terms, const LossScale& scale, double horizon) {
  require_valid(terms, scale, horizon);
  // A grid finds the valley, the root of the slope its floor: J is flat there, so that minimising it would lose half the digits.
  constexpr int kSteps = 200;
  const auto at = [&](int step) { return horizon * step / kSteps; };
  int lowest = 0;
  double loss = single_purchase_loss(terms, scale, horizon, 0);
  for (int step = 1; step < kSteps; ++step) {
    const double candidate = single_purchase_loss(terms, scale, horizon, at(step));
    if (candidate < loss) {
      loss = candidate;
      lowest = step;
    }
  }
  const auto slope = [&](double t) { return single_loss_slope(terms, scale, horizon, t); };
  const double low = at(std::max(0, lowest - 1));
  const double high = at(lowest + 1);
  if (!(slope(low) < 0 && slope(high) > 0)) return {at(lowest), loss};
  const double best = root_between(slope, low, high);
  return {best, single_purchase_loss(terms, scale, horizon, best)};
}

double mean_loss_break_even(const Terms& terms, const LossScale& scale) {
  // Up to the break-even on final loss the hare is ahead at every instant, so that this is a lower bound.
  const double final = final_break_even(terms);
  require_valid(terms, scale, 1);
  if (final == kInfinity) return kInfinity;
  const auto advantage = [&](double horizon) {
    return (front_loaded_loss(terms, scale, horizon) - uniform_loss(terms, scale, horizon)) / horizon;
  };
  return first_root_above(advantage, final, 1.1, kBreakEvenSearch * final);
}

}  // namespace fleetrace::models::theory
