#pragma once

#include <string>
#include <vector>

#include "models/purchase/optimised.hpp"
#include "sim/fleet/setup.hpp"

/// Where the plans of strategies that optimise come from. This floor solves nothing: a floor above it provides what does, as other
/// programs provide models of their own.
namespace fleetrace::scenario {

/// What makes plans. Its functions are pure, and several threads may call them.
struct PurchasePlanner {
  /// Gives the policy of `setup` its plan: orders, or money for trend hardware.
  /// `believed`  the same strategy in the world as it is believed to be before anything is seen of it; null where the strategy knows the
  ///             world of `setup`
  /// `when`      whether the plan is made once or anew at each review; of no meaning where the world is known
  /// Throws std::runtime_error where no plan can be made.
  void (*plan)(const fleet::StrategySetup* believed, models::Optimises when, fleet::StrategySetup& setup) = nullptr;
  /// Why nothing proves that its plans are the best in the world of `setup`, in plain words; empty where a bound can be proved.
  std::vector<std::string> (*doubts)(const fleet::StrategySetup& setup) = nullptr;
};

/// Sets the planner of this process, before the first scenario is loaded that needs it. It must outlive all use.
void provide_purchase_planner(const PurchasePlanner& planner);

/// What the planner doubts of the plan of a setup; nothing where there is no planner, or while planning is paused.
[[nodiscard]] std::vector<std::string> plan_doubts(const fleet::StrategySetup& setup);

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
