#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "fleetrace/study/replications.hpp"
#include "fleetrace/study/statistics.hpp"

/// Who wins, by how much, and how sure that is: paired replications, compared.
namespace fleetrace::study {

/// One strategy over all replications.
struct StrategyStanding {
  std::string name;
  Moments objective;
  Interval mean;  ///< of the objective, at the study's confidence
  double median = 0;
  double quantile_05 = 0;
  double quantile_95 = 0;
  double p_best = 0;          ///< share of replications in which it is best; ties are split
  double regret_mean = 0;     ///< how much worse than the best of its replication
  double regret_cvar95 = 0;   ///< the same, mean of the worst 5 %
  double mean_spend = 0;      ///< [USD]
  double mean_energy = 0;     ///< [kWh]
  double target_reached = 0;  ///< share of replications
  bool pareto_spend = false;  ///< no other is as good in both mean objective and mean spending, and better in one
  bool pareto_energy = false;
};

/// Strategy a against strategy b on the same draws; objective of a minus that of b.
struct PairStanding {
  std::size_t a = 0;
  std::size_t b = 0;
  Moments difference;
  Interval mean;
  /// Variance of the difference if the two ran on draws of their own, over what it is on the same: how many times as many
  /// replications it would have taken. Infinite where the difference does not vary.
  double pairing_gain = 1;
};

struct Comparison {
  fleet::Measure objective = fleet::Measure::final_loss;
  double confidence = 0.95;
  std::size_t replications = 0;
  std::vector<StrategyStanding> strategies;
  std::vector<PairStanding> pairs;  ///< a before b, in the order of the strategies
  std::size_t leader = 0;           ///< the best mean
  /// The leader where each of its differences holds off zero, all together at the confidence (Bonferroni); else undecided.
  std::optional<std::size_t> best;
  std::optional<std::size_t> rival;  ///< where undecided: the strategy that is hardest to tell from the leader
  /// About how many replications it takes to tell them apart; infinite where they do not differ at all.
  double replications_needed = 0;
};

/// The measures that a comparison by this objective looks at.
[[nodiscard]] std::array<fleet::Measure, 4> compared_measures(fleet::Measure objective);

/// Compares what was replicated: at least one strategy and one replication. Where nothing is random one says everything.
/// Throws ReplicationError where the objective is no number: spending over no compute.
[[nodiscard]] Comparison compare(const Plan& plan, const Results& results, fleet::Measure objective, double confidence);

/// Index of the strategy of that name, or nullopt.
[[nodiscard]] std::optional<std::size_t> find_strategy(const Plan& plan, const std::string& name);

}  // namespace fleetrace::study
