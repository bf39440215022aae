#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "fleetrace/study/comparison.hpp"

/// How well the regrets of a strategy are known from the replications that were run.
namespace fleetrace::study {

/// The fraction of the regrets whose mean is the CVaR.
inline constexpr double kWorstRegrets = 0.05;

/// Intervals for the mean of the regrets and for that of their largest 5 %.
struct RegretIntervals {
  Interval mean = Interval::unknown();
  Interval cvar95 = Interval::unknown();
};

/// Resampling takes time with the sample's size, a thousand times over. Beyond this size the tail has so many values that the
/// approximation covers as well.
inline constexpr std::size_t kMostResampled = 500;

/// Of regrets in the order of replications. One value tells nothing, and where all are equal the intervals have no width. A small sample is
/// resampled; the time that a large one takes grows with its size alone.
[[nodiscard]] RegretIntervals regret_intervals(std::vector<double> regrets, std::uint32_t seed, double confidence);

/// BCa intervals (Efron 1987) of a bootstrap, with random numbers of its own that depend on the seed alone. Regrets
/// vary. docs/derivations.md 7m.
[[nodiscard]] RegretIntervals resampled_intervals(const std::vector<double>& regrets, std::uint32_t seed,
                                                  double confidence);
/// What those would be of many resamples, from how each value bears on the figures: ABC intervals (DiCiccio and Efron 1992).
/// Regrets vary, and are hundreds. docs/derivations.md 7o.
[[nodiscard]] RegretIntervals approximate_intervals(std::vector<double> regrets, double confidence);

}  // namespace fleetrace::study
