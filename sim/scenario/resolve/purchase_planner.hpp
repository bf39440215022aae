#pragma once

#include "models/purchase/optimised.hpp"
#include "sim/fleet/setup.hpp"

/// Where the plans of strategies that optimise come from. This floor solves nothing: a floor above it provides what does, as other
/// programs provide models of their own.
namespace fleetrace::scenario {

/// Gives the policy of `setup` its plan: orders, or money for trend hardware.
/// `believed`  the same strategy in the world as it is believed to be before anything is seen of it; null where the strategy knows the
///             world of `setup`
/// `when`      whether the plan is made once or anew at each review; of no meaning where the world is known
/// A pure function; several threads may call it. Throws std::runtime_error where no plan can be made.
using PurchasePlanner = void (*)(const fleet::StrategySetup* believed, models::Optimises when,
                                 fleet::StrategySetup& setup);

/// Sets the planner of this process, before the first scenario is loaded that needs it.
void provide_purchase_planner(PurchasePlanner planner);

/// While one lives, this thread makes no plans: strategies that optimise then buy nothing. For setups that are only looked at.
class PlanningPause {
 public:
  PlanningPause();
  ~PlanningPause();
  PlanningPause(const PlanningPause&) = delete;
  PlanningPause& operator=(const PlanningPause&) = delete;
  PlanningPause(PlanningPause&&) = delete;
  PlanningPause& operator=(PlanningPause&&) = delete;

 private:
  bool outer_;
};

}  // namespace fleetrace::scenario
