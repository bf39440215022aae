#pragma once

#include <optional>
#include <vector>

#include "sim/study/optimise/named_orders.hpp"
#include "sim/study/optimise/sample_loss.hpp"

/// One plan for several worlds: sample average approximation of the best plan under uncertainty.
namespace fleetrace::study {

/// How losses of several worlds become one number.
struct Risk {
  /// The mean of the worst share of 1 - level of them; their plain mean without one. In (0, 1).
  std::optional<double> tail_level = {};
};

struct SamplePlan {
  std::vector<NamedOrder> orders;  ///< all that are possible, without their counts
  std::vector<double> units;       ///< of each order
  std::vector<double> worth;       ///< by how much one more unit of each lowers the value, in units of its own
  double value = 1;                ///< of the plan, by what sums of units compute
  double bound = 0;  ///< no plan that keeps to the limits of all these worlds is better, whatever the solver says
  double edge = 0;   ///< with a tail, the loss at which it begins
  int rounds = 0;
};

/// The plan whose loss, final or mean as the request says, is the least on average over these worlds or over the worst of them. A plan
/// keeps to the limits of every world. What is not on sale in one of them costs and computes nothing there. By tangents of the loss of
/// each world (Kelley 1960; cuts of each world: Birge and Louveaux 1988), for mean loss of each of some parts of its horizon, until
/// less than `gap` is left.                                                                           docs/derivations.md 8.7a
/// Throws PlanError, PlanStopped and NoSolver.
[[nodiscard]] SamplePlan best_sample_plan(const std::vector<PlanProblem>& worlds, const PlanRequest& request,
                                          const Risk& risk);

/// Whole units of each order of such a plan, in whole lots, that keep to the limits of every world: rounded down, and topped up with
/// what lowers the loss most per dollar. `prices` are of the orders; what has none is not topped up.
[[nodiscard]] Counts whole_sample_units(const std::vector<const PlanProblem*>& worlds, const PlanRequest& request,
                                        const SamplePlan& plan, const std::vector<core::Money>& prices);

/// The mean of losses or, with a tail, edge + mean of what is above it / (1 - level).        Rockafellar and Uryasev 2000
[[nodiscard]] double risk_of(const std::vector<double>& losses, const Risk& risk, double edge);

}  // namespace fleetrace::study
