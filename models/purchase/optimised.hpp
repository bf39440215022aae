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
enum class PlanObjective { final_loss, mean_loss, time_to_target, cost_to_target, npv };
/// What its plan is asked.
struct PlanTerms {
  PlanObjective objective = PlanObjective::final_loss;
  std::optional<double> target;  ///< the loss that is to be met; where the scenario is to say it, nothing
  bool at_events = false;        ///< whether it also orders when something is released, opens or ends
  std::optional<core::Money> yearly_spend;
  std::optional<core::Money> smallest_order;
};
/// Of the policy of a strategy that optimises.
[[nodiscard]] PlanTerms plan_terms(const PurchasePolicy& policy);

}  // namespace fleetrace::models
