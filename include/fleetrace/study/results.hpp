#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "fleetrace/core/time.hpp"
#include "fleetrace/fleet/history.hpp"
#include "fleetrace/fleet/metric.hpp"
#include "fleetrace/study/comparison.hpp"

/// What studies of many replications come to, as plain values.
namespace fleetrace::study {

/// A replication that cannot be run. The message names it and says why.
class ReplicationError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// When a comparison has seen enough.
struct StoppingRule {
  enum class Kind {
    fixed,       ///< stops after a number of replications
    half_width,  ///< stops once the interval of every paired difference is narrow enough
    select,      ///< stops once the best strategy is selected (Kim and Nelson 2001)
  };
  Kind kind = Kind::fixed;
  /// The half-width or, for a selection, the smallest difference that matters, in the objective's unit; > 0.
  double size = 0;
  std::size_t most = 0;  ///< the largest number of replications; the number itself for a fixed rule
};

/// Why a study stopped.
struct StoppingResult {
  StoppingRule rule;
  bool met = true;                      ///< false where the largest number of replications came first
  std::optional<std::size_t> selected;  ///< the strategy that a rule of kind `select` selected
};

/// The quantiles that bands of losses show.
inline constexpr std::array<double, 5> kBandQuantiles = {0.05, 0.25, 0.5, 0.75, 0.95};

/// Quantiles of relative loss at dates of the series.
struct LossBands {
  std::size_t replications = 0;  ///< how many of the first replications the quantiles are of; 0 where there are none
  std::vector<core::Time> times;
  /// Quantiles by strategy and date, at kBandQuantiles, linear between order statistics.
  std::vector<std::vector<std::array<double, 5>>> strategies;
};

/// A fraction of the variance of the result, with its interval.
struct SobolIndex {
  double value = 0;
  double low = 0;   ///< lower end of the interval, which may leave [0, 1]
  double high = 0;  ///< upper end of the interval
};

/// The effect of one input on the result.
struct InputEffect {
  std::size_t input = 0;  ///< index into the names of the uncertain inputs
  SobolIndex first;       ///< fraction of the variance that would go if the input were known
  SobolIndex total;       ///< fraction of the variance that would stay if all other inputs were known
  double at_low = 0;      ///< the result at the input's 5 % quantile, all others at their medians
  double at_high = 0;     ///< the result at the input's 95 % quantile, all others at their medians
  /// Uniform numbers of the input, ascending, at which a difference changes its sign, all others at their medians.
  std::vector<double> break_evens;
};

/// Which uncertain input decides: of one strategy's objective, or of the difference of two.
struct Sensitivity {
  fleet::Metric objective = fleet::Metric::final_loss;
  std::size_t strategy = 0;            ///< index into the strategies
  std::optional<std::size_t> against;  ///< the strategy whose objective is subtracted; empty where there is none
  double mean = 0;                     ///< of the result
  double variance = 0;                 ///< of the result
  double at_medians = 0;               ///< the result with all inputs at their medians
  std::vector<InputEffect> inputs;     ///< largest total index first; equal ones in the order of the scenario
  std::size_t runs = 0;                ///< rows of the Sobol design
  /// Rows in which the strategy, or the one it is compared with, does not reach the target. There the result, its mean and its
  /// variance count the horizon, or the spending until its end.
  std::size_t unreached = 0;
  /// Which strategy is better with all inputs at their medians: below 0 `strategy`, above 0 `against`, 0 where they are tied. One
  /// that misses the target is worse than one that reaches it. Empty without `against`.
  std::optional<int> order_at_medians;
};

/// One input and the values that it takes, as a scenario would write them.
struct Axis {
  std::string path;
  std::vector<std::string> values;
};

/// One input that was tried.
struct SolveSample {
  double input = 0;
  /// The goal's number: its mean, or where a probability is asked for, what is reached with that probability. Then it may be
  /// infinite: so many replications have no such number.
  double reached = 0;
  bool met = false;        ///< whether that meets the goal
  double probability = 0;  ///< share of the replications that meet the goal
  Interval chance = {};    ///< for the probability of meeting it, at the study's confidence (Clopper and Pearson)
};

/// What kept a goal from being met in replications that miss it.
struct SolveObstacle {
  fleet::Constraint constraint = fleet::Constraint::none;
  double years = 0;  ///< for which it binds until the goal's date, averaged over those replications
};

/// The input at which a goal begins to be met.
struct Solution {
  enum class End {
    found,   ///< on one side of `best` the goal is met, on the other it is not
    always,  ///< every input that was tried meets the goal
    never,   ///< no input that was tried meets the goal
  };
  End end = End::never;
  /// The input that was found, rounded to six digits where the rounded one meets the goal. If none was found: the sample that
  /// comes nearest to the goal.
  SolveSample best;
  bool rises = true;                 ///< if one was found: whether the goal is met by larger inputs next to it
  bool is_monotone = true;           ///< whether the samples rise or fall throughout
  std::vector<SolveSample> samples;  ///< the inputs that were tried before the crossing was narrowed down, ascending
  std::string refused;               ///< why inputs beyond some value could not be raced; empty where all could
  /// The probability with which the goal is to be met; empty where its mean is.
  std::optional<double> probability = {};
  /// For the input at which the probability is reached, where one was found: the inputs whose interval for the probability holds
  /// the one asked for. An end is infinite where no input that was tried bounds it.
  Interval input_interval = Interval::unknown();
  /// If none was found with a probability: whether further inputs beyond `best` change nothing.
  bool is_capped = false;
  std::vector<SolveObstacle> obstacles = {};  ///< at `best`, what binds longest first; only with a probability
};

/// Whether a strategy meets a goal.
struct GoalVerdict {
  std::size_t goal = 0;      ///< index into the goals that were asked
  std::size_t strategy = 0;  ///< index into the strategies
  /// Of the number over the replications, or of a goal about a probability that probability; nullopt where a race has no such
  /// number.
  std::optional<double> mean;
  bool met = false;               ///< whether the mean meets the goal, or the whole interval of a probability does
  Interval chance = {};           ///< of a probability, at the study's confidence (Clopper and Pearson)
  bool is_undecided = false;      ///< whether the interval of a probability lies on both sides of what the goal asks
  std::size_t without_value = 0;  ///< replications without such a number, which meet no goal
};

}  // namespace fleetrace::study
