#pragma once

#include "models/purchase/purchase.hpp"

/// Strategies whose purchases are the best plan that a solver finds. They state what a plan is to be the best by; the plan itself
/// is made where the scenario is resolved, by whoever can solve (sim/scenario/resolve/purchase_planner.hpp).
namespace fleetrace::models {

/// When a strategy optimises.
enum class Optimises {
  never,
  in_advance,      ///< once, before the start
  at_each_review,  ///< anew, by what is believed then
};
[[nodiscard]] Optimises optimises(const core::Entry& entry);

/// What its plan is the best by.
enum class PlanObjective { final_loss, mean_loss };
/// Of the policy of a strategy that optimises.
[[nodiscard]] PlanObjective plan_objective(const PurchasePolicy& policy);

}  // namespace fleetrace::models
