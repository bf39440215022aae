#pragma once

#include "fleetrace/study/optimum.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/study/optimise/plan_problem.hpp"

/// Finds the best purchase schedule of a strategy, and proves how far from the best it can be at most.
namespace fleetrace::study {

/// One world: inputs at their medians, chance that of replication 0 of the seed. In seven steps: the strategy as one that places
/// orders; unit purchases raced alone; limits as rows; a linear programme, or for mean loss a row of them; a bound that holds
/// whatever the solver says; whole units; a race of the plan, whose result is the value. Where a sum of unit purchases does not
/// meet a race of all of them to 1e-9 there is no bound.                                        docs/derivations.md 8.5
/// Throws PlanError, NoSolver, PlanStopped where it was stopped before there was a plan, and core::InputError.
[[nodiscard]] Optimum optimise(const scenario::Scenario& scenario, const PlanRequest& request);

}  // namespace fleetrace::study
