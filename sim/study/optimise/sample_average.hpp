#pragma once

#include <optional>
#include <vector>

#include "sim/study/optimise/named_orders.hpp"

/// One plan for several worlds: sample average approximation of the best plan under uncertainty.
namespace fleetrace::study {

/// How losses of several worlds become one number.
struct Risk {
  /// The mean of the worst share of 1 - level of them; their plain mean without one. In (0, 1).
  std::optional<double> tail_level = {};
};

/// The final loss of a world as a function of what purchases compute.
struct WorldLoss {
  models::LossLaw law;
  double reference = 1;  ///< [FLOP]
  double base = 0;       ///< of the world without purchases [FLOP]
  double years = 0;

  [[nodiscard]] double loss(double purchased) const { return law.loss(1 + (base + purchased) / reference, years); }
  /// Its derivative, of a sum of powers [1/FLOP].
  [[nodiscard]] double slope(double purchased) const;
};
[[nodiscard]] WorldLoss world_loss(const PlanProblem& problem);

struct SamplePlan {
  std::vector<NamedOrder> orders;  ///< all that are possible, without their counts
  std::vector<double> units;       ///< of each order
  double value = 1;                ///< of the plan, by what sums of units compute
  double bound = 0;  ///< no plan that keeps to the limits of all these worlds is better, whatever the solver says
  double edge = 0;   ///< with a tail, the loss at which it begins
  int rounds = 0;
};

/// The plan whose mean loss over these worlds, or whose mean over the worst of them, is the least. A plan keeps to the limits of every
/// world. What is not on sale in one of them costs and computes nothing there. By tangents of the loss of each world (Kelley 1960; one
/// cut a world: Birge and Louveaux 1988) until less than `gap` is left.                              docs/derivations.md 8.7a
/// Throws PlanError and NoSolver.
[[nodiscard]] SamplePlan best_sample_plan(const std::vector<PlanProblem>& worlds, const PlanRequest& request,
                                          const Risk& risk);

/// The mean of losses or, with a tail, edge + mean of what is above it / (1 - level).        Rockafellar and Uryasev 2000
[[nodiscard]] double risk_of(const std::vector<double>& losses, const Risk& risk, double edge);

}  // namespace fleetrace::study
