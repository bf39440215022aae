#pragma once

#include <optional>

#include "models/theory/mean_loss.hpp"

namespace fleetrace::models::theory {

/// How an optimal plan for mean loss ends: it stops buying q / eta before the horizon, with an impulse that lifts the fleet's
/// FLOP/s to z eta (1 + C/C0) C0.                                                              docs/derivations.md 8.3e
///   int_0^q (1 + z v)^-(1+kappa) dv = int_0^q v (1 + z v)^-(1+kappa) dv = 1
/// that is, 1 + z q = (1 - kappa z)^(-1/kappa) and ((1 + z q)^(1-kappa) - 1)/(1 - kappa) = z + z^2.
struct TerminalImpulse {
  double z = 0;
  double q = 0;
};
/// `kappa` in [0, 1], else std::invalid_argument. At 0 it is the limit e^z = 1 + z + z^2, q = 1 + z.
[[nodiscard]] TerminalImpulse terminal_impulse(double kappa);

/// The plan that minimises J = int_0^H (1 + nu C)^-kappa dt for alpha = 0 and T >= H: an impulse, a singular arc of almost
/// constant nominal spend from s0 to s1 on which 1 + C/C0 grows at eta/(1 + kappa), and a terminal impulse at s1.
/// A small budget waits until s0; a large one buys at 0 and then pauses until s0.              docs/derivations.md 8.3h
struct OptimalPlan {
  double loss = 0;           ///< J* [yr]
  double arc_from = 0;       ///< s0 [yr]
  double arc_to = 0;         ///< s1 = H - q / eta [yr]
  double first_impulse = 0;  ///< share of the budget that is spent at the start; 0 for a plan that waits
  double last_impulse = 0;   ///< share of the budget that is spent at s1
};
/// The optimal plan, or nullopt where the horizon or the budget is too small for an arc, so that one or a few purchases
/// are best. `eta`, `horizon` above 0; else std::invalid_argument.
[[nodiscard]] std::optional<OptimalPlan> optimal_plan(double eta, const LossScale& scale, double horizon);

}  // namespace fleetrace::models::theory
