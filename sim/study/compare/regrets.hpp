#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "fleetrace/study/comparison.hpp"
#include "sim/study/compare/samples.hpp"

/// How much worse a strategy is than the best of the same replication.
namespace fleetrace::study {

/// By replication, the smallest loss of the strategies that can be chosen; infinite where none has a value.
[[nodiscard]] std::vector<double> best_choices(const Samples& samples, const std::vector<StrategyStanding>& standings);
/// Of the replications in which the strategy counts and some strategy has a value.
[[nodiscard]] std::vector<double> regrets_of(const Samples& samples, const std::vector<double>& best_choices,
                                             std::size_t strategy);

/// Sets the intervals of mean regret and CVaR of all strategies (regret_intervals()).
void set_regret_intervals(const Results& results, std::uint32_t seed, bool has_chance, Comparison& comparison);

}  // namespace fleetrace::study
