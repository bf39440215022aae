#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/api/plan_periods.hpp"
#include "sim/scenario/scenario.hpp"

/// Plans of many replications.
namespace fleetrace {

/// Which replications are asked for their plans, and which figures of each period.
struct PlanQuestion {
  PlanOptions options;
  std::uint32_t seed = 1;
  std::size_t replications = 1;
  int jobs = 0;             ///< threads; 0 stands for all cores
  std::size_t figures = 0;  ///< how many `read` writes
  /// Writes the figures of a period; no number where there is none.
  std::function<void(const StrategyPlan& plan, const PlanPeriod& period, std::span<double> figures)> read;
};

/// Figures by strategy, period, figure and replication.
struct PlanSamples {
  PlanOptions options;
  std::size_t replications = 0;
  std::size_t figures = 0;
  std::vector<std::string> strategies;
  std::vector<PlanDates> periods;
  std::vector<double> values;

  /// All replications of one figure, in their order.
  [[nodiscard]] std::span<const double> of(std::size_t strategy, std::size_t period, std::size_t figure) const {
    return {values.data() + ((strategy * periods.size() + period) * figures + figure) * replications, replications};
  }
};

/// Runs the replications that a study with that seed has, the first ones. None where it was stopped.
[[nodiscard]] std::optional<PlanSamples> sample_plans(const scenario::Scenario& scenario, const PlanQuestion& question,
                                                      const std::atomic<bool>& stop,
                                                      const std::function<void(std::size_t done)>& finished = {});

}  // namespace fleetrace
