#pragma once

#include <cstddef>

#include "fleetrace/core/sum.hpp"

/// How many replications a mean takes: until its interval is as narrow as was asked for.
namespace fleetrace::study {

/// Stop at the first n >= first at which   t(n - 1) s / sqrt(n) <= max(absolute, relative |mean|).
struct HalfWidthRule {
  double absolute = 0;  ///< in units of the values, >= 0
  double relative = 0;  ///< [1], >= 0; one of the two must be above 0
  double confidence = 0.95;
  std::size_t first = 30;  ///< the least number of values, >= 30: fewer stop too early by luck of a small s
};

/// The mean of a sequence that decides by itself when it is known well enough. Feed it values, or the paired differences of
/// two systems on common random numbers.
///
/// The interval covers with the stated probability in the limit of small widths; with 30 values to begin with, 95 % are
/// 93 % or more (the rule tends to stop where s happens to be small).
///   Chow and Robbins 1965, "On the asymptotic theory of fixed-width sequential confidence intervals", with Student's t
class SequentialMean {
 public:
  /// Throws std::invalid_argument for a rule outside its range.
  explicit SequentialMean(const HalfWidthRule& rule);

  /// Throws std::invalid_argument for a value that is not finite. Values after the stop are taken like any others.
  void add(double value);

  [[nodiscard]] std::size_t n() const { return n_; }
  [[nodiscard]] double mean() const;
  /// Of the sample, with n - 1; 0 for n < 2.
  [[nodiscard]] double sd() const;
  /// Of Student's interval at the rule's confidence; infinite for n < 2.
  [[nodiscard]] double half_width() const;
  /// Whether the rule is met now.
  [[nodiscard]] bool done() const;

 private:
  HalfWidthRule rule_;
  double normal_;  ///< the quantile that Student's is never below
  std::size_t n_ = 0;
  double origin_ = 0;  ///< the first value: sums are of what is left, so that a large mean takes no digits from s
  core::Sum sum_;
  core::Sum squares_;
};

/// The smallest n >= 2 at which Student's interval for a mean difference excludes zero, were mean and standard deviation
/// what they are now:   t(n - 1) sd / sqrt(n) < |mean|.
/// Infinite for a mean of 0, and where it is above 1e15. sd >= 0, both finite, else std::invalid_argument.
[[nodiscard]] double replications_to_separate(double mean_difference, double sd, double confidence);

}  // namespace fleetrace::study
