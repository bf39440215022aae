#include "fleetrace/models/theory/best_run.hpp"

#include <algorithm>
#include <cmath>

#include "divided_exp.hpp"
#include "fleetrace/core/math.hpp"
#include "require.hpp"
#include "root.hpp"

namespace fleetrace::models::theory {
namespace {

void require_valid(const Terms& terms, double length) {
  require_progress(terms);
  require(terms.decay == 0, "the decay must be 0");
  require(length > 0 && length < kInfinity, "the length must be above 0 and finite");
}

// The start of the hare's best run: the last one, unless machines die before that.
double front_loaded_start(const Terms& terms, double length, double horizon) {
  const double last = horizon - length;
  const double full = std::max(0.0, terms.lifetime - length);
  const double peak = terms.alpha > 0 ? terms.lifetime - 1 / terms.alpha : full;
  return std::min(last, std::max(full, peak));
}

double years_in_service(const Terms& terms, double length, double start) {
  return std::max(0.0, std::min(length, terms.lifetime - start));
}

// (1/H) int_0^H e^(eta (s - H)) |[s, s + T] and [H - L, H]| ds. A purchase takes part in the run with a share that rises with
// its date from H - L - T on, stays at min(T, L), and falls to 0 at the horizon.
double scaled_uniform_work(const Terms& terms, double length, double horizon) {
  const double eta = terms.eta;
  const double most = std::min(terms.lifetime, length);
  const double falls_from = horizon - most;
  const double stays_from = std::max(0.0, horizon - std::max(terms.lifetime, length));
  double work = most * most * divided_exp(-eta * most, -eta * most);
  work += most * core::exp(-eta * most) * core::integral_of_exp(-eta, falls_from - stays_from);
  if (stays_from > 0) {
    // The rising part ends `most` into its full height; where it began before the start, only its end counts.
    const double rise = std::min(most, stays_from);
    const double missing = most - rise;
    const double end = core::exp(-eta * (horizon - stays_from));
    work += end * (missing * core::integral_of_exp(-eta, rise) + rise * rise * divided_exp(-eta * rise, 0));
  }
  return work / horizon;
}

}  // namespace

double front_loaded_run(const Terms& terms, double length, double horizon) {
  require_valid(terms, length);
  require_horizon(horizon);
  if (horizon < length) return 0;
  const double start = front_loaded_start(terms, length, horizon);
  return core::exp(terms.alpha * start) * years_in_service(terms, length, start);
}

double uniform_run(const Terms& terms, double length, double horizon) {
  require_valid(terms, length);
  require_horizon(horizon);
  if (horizon < length) return 0;
  return core::exp(terms.alpha * (horizon - length) + terms.eta * horizon) *
         scaled_uniform_work(terms, length, horizon);
}

double single_purchase_run(const Terms& terms, double length, double horizon, double t) {
  require_valid(terms, length);
  require_horizon(horizon);
  require(t >= 0 && t <= horizon, "the purchase must be within the horizon");
  if (horizon < length) return 0;
  const double shared = std::min(t + terms.lifetime, horizon) - std::max(t, horizon - length);
  return core::exp(terms.alpha * (horizon - length) + terms.eta * t) * std::max(0.0, shared);
}

double best_run_lead(const Terms& terms, double length) {
  require(std::isfinite(terms.eta) && std::isfinite(terms.alpha), "rates must be finite");
  require(terms.decay >= 0 && terms.decay < kInfinity, "the decay must be at least 0 and finite");
  require(terms.eta >= 0 || terms.decay == 0, "the decay must be 0 where eta is below 0");
  require(terms.lifetime > 0, "the lifetime must be above 0");
  require(length > 0 && length < kInfinity, "the length must be above 0 and finite");
  const double most = std::min(length, terms.lifetime);
  if (terms.eta == 0) return most;
  if (terms.eta < 0) {
    if (terms.eta + terms.alpha <= 0) return kInfinity;
    return length + terms.lifetime - std::min(most, -1 / terms.eta);
  }
  const double ratio = terms.decay / terms.eta;
  return std::min(most, ratio < 1e-16 ? 1 / terms.eta : core::log1p(ratio) / terms.decay);
}

double best_run_break_even(const Terms& terms, double length) {
  require_valid(terms, length);
  // Logarithm of uniform over front-loaded.
  const auto advantage = [&](double horizon) {
    const double start = front_loaded_start(terms, length, horizon);
    return terms.alpha * (horizon - length - start) + terms.eta * horizon +
           core::log(scaled_uniform_work(terms, length, horizon) / years_in_service(terms, length, start));
  };
  if (advantage(length) >= 0) return 0;
  if (terms.eta == 0 && (terms.alpha == 0 || std::isinf(terms.lifetime))) return kInfinity;
  // While nothing dies the advantage only grows. Later even spending loses machines too, which can give the lead back to the
  // hare, so that large steps would miss the first crossing.
  if (std::isinf(terms.lifetime)) return first_root_above(advantage, length, 1.5, 1e300);
  const double all_serve = std::max(length, terms.lifetime);
  if (advantage(all_serve) >= 0) return root_between(advantage, length, all_serve);
  return first_root_above(advantage, all_serve, 1.05, 1e300);
}

}  // namespace fleetrace::models::theory
