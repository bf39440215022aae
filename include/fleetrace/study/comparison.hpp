#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "fleetrace/fleet/metric.hpp"

/// What a comparison of strategies over many replications comes to, as plain values.
namespace fleetrace::study {

/// The closed interval [low, high]. Both ends are infinite where a sample says nothing about its mean.
struct Interval {
  double low = 0;
  double high = 0;

  [[nodiscard]] bool contains(double value) const { return low <= value && value <= high; }
  [[nodiscard]] double half_width() const { return (high - low) / 2; }

  /// The interval that says nothing.
  [[nodiscard]] static constexpr Interval unknown() {
    return {-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  }
};

/// How outcomes spread over the futures: a tenth, half and nine tenths of them lie at or below. Infinite where there is no value.
struct Spread {
  double p10 = 0;
  double p50 = 0;
  double p90 = 0;
};

/// A sample in three numbers.
struct Moments {
  std::size_t n = 0;
  double mean = 0;
  double sd = 0;  ///< standard deviation of the sample, with n - 1 in the denominator; 0 for n < 2
};

/// What it is worth to react and to know, where strategies plan by what they believe. Three numbers stand beside each other: the
/// mean objective of the best plan made in advance, that of each policy, and the bound that hindsight sets.
struct InformationValue {
  std::optional<std::size_t> fixed;  ///< the strategy without beliefs that has the best mean; empty where there is none
  std::vector<std::size_t> policies;  ///< the strategies that plan by what they believe
  /// The objective of the best in each draw: of all strategies, and of the policies as if each knew what is drawn.
  Moments hindsight;
  Interval hindsight_mean;  ///< for the mean of `hindsight`, at the study's confidence
};

/// One strategy over all replications.
///
/// A replication may have no value of the objective: the target is not reached, or the money bought no compute. It is then worse
/// than every value. A mean over times to a target is restricted: it counts the horizon where the target is not reached. Means
/// of other objectives leave such replications out, and `objective.n` says how many they speak of; without any they are no number.
struct StrategyStanding {
  std::string name;
  /// Whether it has hindsight, where others have none: a bound, which neither leads nor sets the regret of others.
  bool is_bound = false;
  Moments objective;
  Interval mean;           ///< for the mean of the objective, at the study's confidence
  std::size_t valued = 0;  ///< number of replications that have a value of the objective
  /// Median of the objective over all replications. It and the quantiles are infinite where they fall on replications without a
  /// value.
  double median = 0;
  double quantile_05 = 0;
  double quantile_10 = 0;
  double quantile_90 = 0;
  double quantile_95 = 0;
  /// Fraction of all replications in which it is best; ties are split. Where no strategy has a value, none is best.
  double p_best = 0;
  Interval p_best_interval;  ///< for the probability of being best, at the study's confidence (Wilson)
  double regret_mean = 0;  ///< mean of the regret: how much worse it is than the best strategy of the same replication
  double regret_cvar95 = 0;  ///< mean of the largest 5 % of the regrets
  /// Intervals for both means of regret, at the study's confidence, by a bootstrap over replications (BCa), or its approximation
  /// where they are many (ABC); without ends where none was made.
  Interval regret_mean_interval = Interval::unknown();
  Interval regret_cvar95_interval = Interval::unknown();
  /// Number of replications that the regrets speak of: those in which the strategy counts and some strategy has a value.
  std::size_t regret_replications = 0;
  /// Mean of `cost_with_initial_fleet`; not a number where the objective is another one.
  double mean_with_initial_fleet = 0;
  double mean_spend = 0;      ///< [USD]
  double mean_energy = 0;     ///< [kWh]
  double target_reached = 0;  ///< fraction of the replications in which it reaches the target
  /// Whether no other strategy is as good in both mean objective and mean spending, and better in one of them.
  bool pareto_spend = false;
  /// Whether no other strategy is as good in both mean objective and mean energy, and better in one of them.
  bool pareto_energy = false;
};

/// The objective of strategy a minus that of strategy b, on the same draws.
struct PairStanding {
  std::size_t a = 0;
  std::size_t b = 0;
  Moments difference;  ///< over the replications that count for both; tied values differ by 0
  /// Simultaneous interval for the mean difference: all pairs' intervals hold together at the study's confidence (Bonferroni).
  Interval mean;
  std::size_t a_alone = 0;  ///< replications in which a has a value of the objective and b has none
  std::size_t b_alone = 0;  ///< replications in which b has one and a has none
  /// How many times as many replications the same precision would take if the two ran on draws of their own: the variance of
  /// the difference on independent draws over that on the same draws. Infinite where the difference does not vary.
  double pairing_gain = 1;
};

/// Who wins, by how much, and how sure that is.
struct Comparison {
  fleet::Metric objective = fleet::Metric::final_loss;
  double confidence = 0.95;
  std::size_t replications = 0;
  std::vector<StrategyStanding> strategies;
  std::vector<PairStanding> pairs;  ///< every pair once, a before b, in the order of the strategies
  /// The strategy with the best mean; for costs, of those that have a value most often. Empty where several share it, and where
  /// none ever has a value.
  std::optional<std::size_t> leader;
  std::vector<std::size_t> tied;  ///< the strategies that share the best place; empty where there is a leader
  double pair_confidence = 0.95;  ///< of each pair's interval by itself, so that all together hold at `confidence`
  /// The leader, if all its differences are told from zero, all together at the confidence: by their simultaneous intervals, or
  /// by a sign test where one has a value more often. Empty where the comparison is undecided.
  std::optional<std::size_t> best;
  std::optional<std::size_t> rival;  ///< where undecided: the strategy that is hardest to tell from the leader
  /// Replications that halve the interval for the difference between leader and rival. Their difference may be zero, so that no
  /// number of replications is sure to tell them apart.
  std::size_t replications_to_halve = 0;
  std::size_t without_winner = 0;  ///< replications in which no strategy has a value of the objective
  /// Where strategies plan by beliefs that a draw or the strategy itself may make wrong; only compare() finds it.
  std::optional<InformationValue> information = {};

  /// Whether means are restricted: times to a target, which some strategy does not always reach.
  [[nodiscard]] bool is_restricted() const;
};

}  // namespace fleetrace::study
