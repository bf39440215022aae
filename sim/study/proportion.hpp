#pragma once

#include <cstddef>
#include <optional>

#include "fleetrace/study/comparison.hpp"

/// What a number of successes among independent trials says of their probability.
namespace fleetrace::study {

/// The exact interval of Clopper and Pearson 1934: each of its ends is the probability at which so many successes, or so few, have
/// the chance (1 - confidence)/2. It covers the probability with `confidence` or more, whatever n. docs/derivations.md 7j.
/// `successes` is at most `trials`, which is at least 1.
[[nodiscard]] Interval clopper_pearson(std::size_t successes, std::size_t trials, double confidence);

/// The score interval of Wilson 1927, which takes a share that is no fraction of the trials, as where ties are split. It covers
/// with `confidence` on average, not for every probability. docs/derivations.md 7k.
[[nodiscard]] Interval wilson(double share, std::size_t trials, double confidence);

/// How many of n replications must meet a goal where it is to be met with probability p.
struct Ranks {
  std::size_t answer = 1;  ///< the least number whose share is p or more
  std::size_t low = 0;     ///< the least number with which p is possible: the interval of its share reaches up to p
  /// The least number with which p is exceeded for sure: the interval of its share lies above p. Empty where even all of n are
  /// too few.
  std::optional<std::size_t> high;
};
/// By the intervals of Clopper and Pearson. p is in (0, 1).
[[nodiscard]] Ranks ranks_of(double p, std::size_t n, double confidence);
/// The least n for which Ranks::high is there.
[[nodiscard]] std::size_t least_trials(double p, double confidence);

}  // namespace fleetrace::study
