#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/api/plan_periods.hpp"
#include "sim/study/study_design.hpp"

/// Plans of many replications.
namespace fleetrace {

/// Which figures of each period are asked for.
struct PlanQuestion {
  PlanOptions options;
  std::size_t figures = 0;  ///< how many `read` writes
  /// Writes the figures of a period; no number where there is none.
  std::function<void(const StrategyPlan& plan, const PlanPeriod& period, std::span<double> figures)> read;
};

/// Figures by strategy, period, figure and replication.
struct PlanSamples {
  PlanOptions options;
  std::size_t figures = 0;
  std::vector<std::string> strategies;
  std::vector<PlanDates> periods;
  /// A row for each replication, of all figures of all periods of all strategies; empty where it was not raced.
  std::vector<std::vector<double>> rows;

  [[nodiscard]] std::size_t replications() const { return rows.size(); }
  /// All replications of one figure, in their order.
  [[nodiscard]] std::vector<double> of(std::size_t strategy, std::size_t period, std::size_t figure) const;
};

/// Keeps the plans of the replications of a study while they are raced, which asks for memory when it comes to them.
class PlanWatch {
 public:
  /// Makes the races of a design, which has the setups of `scenario`, stop between periods and be followed. The watch must outlive
  /// them.
  PlanWatch(PlanQuestion question, const scenario::Scenario& scenario, std::size_t most, study::StudyDesign& design);

  /// How many replications it may keep.
  [[nodiscard]] std::size_t room() const { return samples_.rows.size(); }
  /// Whether all strategies of a replication are kept.
  [[nodiscard]] bool has(std::size_t replication) const { return kept_[replication] != 0; }
  /// What was kept of the first so many replications; the watch is used up.
  [[nodiscard]] PlanSamples take(std::size_t replications) &&;

 private:
  class Follower;
  void keep(std::size_t replication, std::size_t strategy, const StrategyPlan& plan);

  PlanQuestion question_;
  PlanSamples samples_;
  std::vector<unsigned char> kept_;  ///< whether all strategies are kept, by replication
};

}  // namespace fleetrace
