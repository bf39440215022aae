#pragma once

#include <string>
#include <vector>

#include "fleetrace/study/optimum.hpp"
#include "sim/fleet/results/outcome.hpp"
#include "sim/fleet/setup.hpp"
#include "sim/scenario/scenario.hpp"

namespace fleetrace::study {

/// Races plans in the place of a strategy, as the strategy `optimum` of a scenario would be.
class PlanRacer {
 public:
  /// `scenario` must outlive it.
  PlanRacer(const scenario::Scenario& scenario, std::string strategy, core::Money budget, bool is_trend,
            std::uint32_t seed)
      : scenario_(&scenario), strategy_(std::move(strategy)), budget_(budget), is_trend_(is_trend), seed_(seed) {}

  [[nodiscard]] fleet::StrategySetup resolved(const std::vector<PlannedPurchase>& schedule) const;
  /// Where prices fall with what is bought, orders are given what they cost in the race.
  [[nodiscard]] fleet::Summary race(std::vector<PlannedPurchase>& schedule) const;

 private:
  const scenario::Scenario* scenario_;
  std::string strategy_;
  core::Money budget_;
  bool is_trend_;
  std::uint32_t seed_;
};

}  // namespace fleetrace::study
