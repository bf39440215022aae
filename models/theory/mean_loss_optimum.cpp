#include "models/theory/mean_loss_optimum.hpp"

#include <algorithm>

#include "models/theory/divided_exp.hpp"
#include "models/theory/require.hpp"
#include "models/theory/root.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models::theory {
namespace {

// ln(1 + z q) = -ln(1 - kappa z)/kappa, which is z in the limit kappa = 0.
double log_terminal_growth(double kappa, double z) { return kappa * z < 1e-16 ? z : -core::log1p(-kappa * z) / kappa; }

// The plan from the start of the arc on, for 1 + C/C0 = 1 at that start.
struct Tail {
  double cost;     ///< spend valued at the arc's start, over C0/g; the fleet owned there counts as bought
  double loss;     ///< integral of the loss over the loss at the arc's start [yr]
  double impulse;  ///< part of `cost` that the terminal impulse takes
};

struct Problem {
  double eta = 0;
  LossScale scale;
  double arc_to = 0;
  TerminalImpulse end;

  [[nodiscard]] double rate() const { return eta / (1 + scale.kappa); }

  [[nodiscard]] Tail tail(double arc_from) const {
    const double r = rate();
    const double length = arc_to - arc_from;
    // On the arc, spend valued at its start shrinks at the rate eta - r, and loss at kappa r, which is the same rate.
    const double decline = scale.kappa * r;
    const double left = core::exp(-decline * length);
    const double impulse = left * (end.z * eta - r);
    return {r + r * r * core::integral_of_exp(-decline, length) + impulse,
            core::integral_of_exp(-decline, length) + left * (1 + end.z) / eta, impulse};
  }

  // The first-order condition at the start s of the arc, after an impulse that gave nu0 at time 0. Above 0 while s is
  // too early:
  //   int_0^s u (X(u)^-(1+kappa) - X(s)^-(1+kappa) e^(eta (s - u))) du,  X(u) = 1 + nu0 u, over s^2
  [[nodiscard]] double gap(double nu0, double s) const {
    const double y = core::log1p(nu0 * s);
    const double stretch = y / (nu0 * s);
    return stretch * stretch * divided_exp((1 - scale.kappa) * y, -scale.kappa * y) -
           core::exp(-(1 + scale.kappa) * y) * divided_exp(eta * s, 0);
  }

  // The first impulse after which buying resumes at s, at most the whole budget. Larger impulses pause for longer.
  [[nodiscard]] double first_impulse(double s) const {
    if (gap(scale.nu, s) <= 0) return scale.nu;
    return gap(rate(), s) >= 0 ? rate() : root_between([&](double nu0) { return gap(nu0, s); }, rate(), scale.nu);
  }

  // The budget, as nu, of the plan with a pause until s.
  [[nodiscard]] double budget_with_pause(double s) const {
    const double nu0 = first_impulse(s);
    return nu0 + core::exp(-eta * s) * ((1 + nu0 * s) * tail(s).cost - nu0);
  }
};

OptimalPlan plan_that_waits(const Problem& problem) {
  const double nu = problem.scale.nu;
  const double from = root_between(
      [&](double s) { return core::log(problem.tail(s).cost) - problem.eta * s - core::log(nu); }, 0.0, problem.arc_to);
  const Tail tail = problem.tail(from);
  return {from + tail.loss, from, problem.arc_to, 0, core::exp(-problem.eta * from) * tail.impulse / nu};
}

OptimalPlan plan_with_pause(const Problem& problem, double shortest) {
  const LossScale& scale = problem.scale;
  const double from = root_between([&](double s) { return problem.budget_with_pause(s) - scale.nu; }, shortest,
                                   problem.arc_to);
  const double nu0 = problem.first_impulse(from);
  const double owned = 1 + nu0 * from;
  const double until_arc = core::integral_of_exp(1 - scale.kappa, core::log(owned)) / nu0;
  const Tail tail = problem.tail(from);
  return {until_arc + core::pow(owned, -scale.kappa) * tail.loss, from, problem.arc_to, nu0 / scale.nu,
          core::exp(-problem.eta * from) * owned * tail.impulse / scale.nu};
}

}  // namespace

TerminalImpulse terminal_impulse(double kappa) {
  core::require(kappa >= 0 && kappa <= 1, "kappa must be between 0 and 1");
  const auto difference = [&](double z) {
    return core::integral_of_exp(1 - kappa, log_terminal_growth(kappa, z)) - z - z * z;
  };
  const double z = root_between(difference, 0.3, std::min(2.6, (1 - 1e-12) / std::max(kappa, 1e-12)));
  return {z, core::expm1(log_terminal_growth(kappa, z)) / z};
}

std::optional<OptimalPlan> optimal_plan(double eta, const LossScale& scale, double horizon) {
  core::require(eta > 0 && eta < kInfinity, "eta must be above 0 and finite");
  require_horizon(horizon);
  core::require(scale.kappa > 0 && scale.kappa <= 1, "kappa must be above 0 and at most 1");
  core::require(scale.nu > 0 && scale.nu < kInfinity, "nu must be above 0 and finite");
  Problem problem{eta, scale, 0, terminal_impulse(scale.kappa)};
  problem.arc_to = horizon - problem.end.q / eta;
  if (problem.arc_to <= 0) return std::nullopt;
  if (scale.nu <= problem.tail(0).cost) {
    // The least budget for an arc is that of an arc without length; compared in logarithms.
    if (core::log(scale.nu) < core::log(problem.end.z * eta) - eta * problem.arc_to) return std::nullopt;
    return plan_that_waits(problem);
  }
  // Pauses much shorter than 1/eta are lost in rounding and change nothing.
  const double shortest = std::min(1e-6 / eta, problem.arc_to / 2);
  if (problem.budget_with_pause(shortest) >= scale.nu) {
    const Tail tail = problem.tail(0);
    return OptimalPlan{tail.loss, 0, problem.arc_to, problem.rate() / scale.nu, tail.impulse / scale.nu};
  }
  if (problem.budget_with_pause(problem.arc_to) < scale.nu) return std::nullopt;
  return plan_with_pause(problem, shortest);
}

}  // namespace fleetrace::models::theory
