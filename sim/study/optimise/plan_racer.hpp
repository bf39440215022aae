#pragma once

#include <string>
#include <vector>

#include "fleetrace/study/optimum.hpp"
#include "sim/fleet/results/outcome.hpp"
#include "sim/fleet/setup.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/study/optimise/plan_problem.hpp"

namespace fleetrace::study {

/// A plan as the simulator has it.
struct RacedPurchases {
  std::vector<PlannedPurchase> schedule;
  std::vector<EarlyRetirement> retired;
  double value = 0;  ///< of the objective; no number where it does not come to its target
  fleet::Summary final;
};

/// Races plans in the place of a strategy, as the strategy `optimum` of a scenario would be.
class PlanRacer {
 public:
  /// `scenario` must outlive it.
  PlanRacer(const scenario::Scenario& scenario, std::string strategy, core::Money budget, bool is_trend,
            std::uint32_t seed)
      : scenario_(&scenario), strategy_(std::move(strategy)), budget_(budget), is_trend_(is_trend), seed_(seed) {}

  [[nodiscard]] fleet::StrategySetup resolved(const std::vector<PlannedPurchase>& schedule,
                                              const std::vector<EarlyRetirement>& retired) const;
  /// Where prices fall with what is bought, orders are given what they cost in the race.
  [[nodiscard]] RacedPurchases race(const PlanProblem& problem, const Counts& counts, const PlanRequest& request) const;

 private:
  const scenario::Scenario* scenario_;
  std::string strategy_;
  core::Money budget_;
  bool is_trend_;
  std::uint32_t seed_;
};

}  // namespace fleetrace::study
