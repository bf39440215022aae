#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "fleetrace/study/comparison.hpp"
#include "sim/study/compare/samples.hpp"

/// Regrets by replication, and what they say beyond the replications that were run.
namespace fleetrace::study {

/// How much worse a strategy is than the best in one replication.
struct Regret {
  std::size_t replication = 0;
  double value = 0;
};

/// The smallest loss in a replication of the strategies that can be chosen; infinite where none has a value.
[[nodiscard]] double best_choice(const Samples& samples, const std::vector<StrategyStanding>& standings,
                                 std::size_t replication);
/// Of the replications in which the strategy counts and some strategy has a value.
[[nodiscard]] std::vector<Regret> regrets_of(const Samples& samples, const std::vector<StrategyStanding>& standings,
                                             std::size_t strategy);

/// Sets the intervals of mean regret and CVaR of all strategies: BCa intervals (Efron 1987) of a bootstrap over whole
/// replications, with random numbers of its own that depend on the seed alone. docs/derivations.md 7m.
void bootstrap_regrets(const Results& results, std::uint32_t seed, bool has_chance, Comparison& comparison);

/// The interval of the bootstrap for a sample's mean and for that of its largest 5 %.
struct RegretIntervals {
  Interval mean;
  Interval cvar95;
};
[[nodiscard]] std::vector<RegretIntervals> bootstrap(const std::vector<std::vector<Regret>>& samples,
                                                     std::size_t replications, std::uint32_t seed, double confidence);

}  // namespace fleetrace::study
