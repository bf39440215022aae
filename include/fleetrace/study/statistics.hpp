#pragma once

#include <cstddef>
#include <span>
#include <vector>

/// Statistics of samples, in the order in which they are given: the same numbers give the same bits.
namespace fleetrace::study {

/// [low, high]; both infinite where a sample says nothing about its mean.
struct Interval {
  double low = 0;
  double high = 0;

  [[nodiscard]] bool contains(double value) const { return low <= value && value <= high; }
  [[nodiscard]] double half_width() const { return (high - low) / 2; }
};

struct Moments {
  std::size_t n = 0;
  double mean = 0;
  double sd = 0;  ///< of the sample, with n - 1; 0 for n < 2
};
[[nodiscard]] Moments moments(std::span<const double> sample);

/// Student's interval for the mean: covers it with probability `confidence` where the sample is normal, and closely where
/// it is large. Exact, of no width, where sd is 0 and n >= 2; infinite for n = 1.
[[nodiscard]] Interval mean_interval(const Moments& moments, double confidence);

/// Linear between the order statistics (Hyndman and Fan 1996, type 7). `sorted` is not empty, p in [0, 1].
[[nodiscard]] double quantile(std::span<const double> sorted, double p);

/// Mean of the largest share `tail` of the values, in (0, 1]: the conditional value at risk at 1 - tail. The value at the
/// edge counts with its part of a share (Rockafellar and Uryasev 2000). `sorted` ascends and is not empty.
[[nodiscard]] double upper_tail_mean(std::span<const double> sorted, double tail);

}  // namespace fleetrace::study
