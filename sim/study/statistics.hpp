#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "fleetrace/study/results.hpp"
#include "sim/core/numeric/sum.hpp"

/// Statistics of samples. Sums run in the order in which the values are given, so that the same sample gives the same bits.
namespace fleetrace::study {

[[nodiscard]] Moments moments(std::span<const double> sample);
/// The same of a sample that stands nowhere as a whole: `for_each(take)` calls `take(value)` for each value, in the same order
/// every time.
template <class ForEach>
[[nodiscard]] Moments moments_of_each(const ForEach& for_each) {
  Moments result;
  core::Sum sum;
  for_each([&](double value) {
    sum.add(value);
    ++result.n;
  });
  if (result.n == 0) return result;
  const auto n = static_cast<double>(result.n);
  result.mean = sum.value() / n;
  if (result.n < 2) return result;
  core::Sum squares;
  for_each([&](double value) { squares.add((value - result.mean) * (value - result.mean)); });
  result.sd = std::sqrt(squares.value() / (n - 1));
  return result;
}

/// Student's interval for the mean. It covers the mean with probability `confidence` where the sample is normal, and nearly so
/// where the sample is large. The interval has no width where sd is 0 and n >= 2, and is infinite for n = 1.
[[nodiscard]] Interval mean_interval(const Moments& moments, double confidence);

/// The p-quantile, linear between the order statistics (Hyndman and Fan 1996, type 7). `sorted` ascends and is not empty; p
/// is in [0, 1]. Values may be infinite.
[[nodiscard]] double quantile(std::span<const double> sorted, double p);

/// The quantiles at a tenth, a half and nine tenths of a sample in any order, which is not empty.
[[nodiscard]] Spread spread(std::span<const double> sample);

/// The sign test: how probable it is that fair coins fall so unevenly, or more so, to either side. Exact up to 1,000 coins, from
/// there on by the normal distribution with a correction for continuity.
[[nodiscard]] double sign_test(std::size_t more, std::size_t fewer);

/// Mean of the largest values, which make up the fraction `tail` of the sample: the conditional value at risk at 1 - tail. The
/// value at the edge of the tail counts in part (Rockafellar and Uryasev 2000). `sorted` ascends and is not empty; tail is in
/// (0, 1].
[[nodiscard]] double upper_tail_mean(std::span<const double> sorted, double tail);

}  // namespace fleetrace::study
