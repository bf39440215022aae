#include "sim/study/compare/regrets.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/study/compare/regret_intervals.hpp"

namespace fleetrace::study {

std::vector<double> best_choices(const Samples& samples, const std::vector<StrategyStanding>& standings) {
  std::vector<double> best(samples.replications(), std::numeric_limits<double>::infinity());
  for (std::size_t i = 0; i < standings.size(); ++i) {
    if (standings[i].is_bound) continue;
    for (std::size_t r = 0; r < best.size(); ++r) {
      if (samples.has_value(i, r)) best[r] = std::min(best[r], samples.loss(i, r));
    }
  }
  return best;
}

std::vector<double> regrets_of(const Samples& samples, const std::vector<double>& best_choices, std::size_t strategy) {
  std::vector<double> regrets;
  regrets.reserve(samples.replications());
  for (std::size_t r = 0; r < samples.replications(); ++r) {
    if (samples.counts(strategy, r) && std::isfinite(best_choices[r]))
      regrets.push_back(samples.above(samples.loss(strategy, r), best_choices[r]));
  }
  return regrets;
}

void set_regret_intervals(const Results& results, std::uint32_t seed, bool has_chance, Comparison& comparison) {
  std::vector<StrategyStanding>& all = comparison.strategies;
  if (!has_chance) {
    for (StrategyStanding& each : all) {
      if (each.regret_replications == 0) continue;
      each.regret_mean_interval = {each.regret_mean, each.regret_mean};
      each.regret_cvar95_interval = {each.regret_cvar95, each.regret_cvar95};
    }
    return;
  }
  const Samples samples(results, comparison.objective);
  const std::vector<double> best = best_choices(samples, all);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const RegretIntervals intervals = regret_intervals(regrets_of(samples, best, i), seed, comparison.confidence);
    all[i].regret_mean_interval = intervals.mean;
    all[i].regret_cvar95_interval = intervals.cvar95;
  }
}

}  // namespace fleetrace::study
