#pragma once

#include <cstddef>

#include "sim/core/numeric/sum.hpp"

/// Ends the estimation of a mean once its interval is as narrow as was asked for.
namespace fleetrace::study {

/// The estimation stops at the first n >= first at which   t(n - 1) s / sqrt(n) <= max(absolute, relative |mean|).
struct HalfWidthRule {
  double absolute = 0;  ///< half-width in units of the values, >= 0
  double relative = 0;  ///< half-width as a fraction of the mean, >= 0; absolute or relative must be above 0
  double confidence = 0.95;
  std::size_t first = 30;  ///< the least number of values, >= 30: fewer stop too early by luck of a small s
};

/// The mean of a sequence of values, which decides by itself when it is known well enough. The values may be the paired
/// differences of two systems on common random numbers.
///
/// The interval covers the mean with the stated probability in the limit of small widths. With 30 values to begin with, a
/// stated 95 % is 93 % or more, because the rule tends to stop where s happens to be small.
///   Chow and Robbins 1965, "On the asymptotic theory of fixed-width sequential confidence intervals", with Student's t
class SequentialMean {
 public:
  /// Throws std::invalid_argument for a rule outside its range.
  explicit SequentialMean(const HalfWidthRule& rule);

  /// Takes the next value, also after the rule is met. Throws std::invalid_argument for a value that is not finite.
  void add(double value);

  [[nodiscard]] std::size_t n() const { return n_; }
  [[nodiscard]] double mean() const;
  /// Standard deviation of the sample, with n - 1 in the denominator; 0 for n < 2.
  [[nodiscard]] double sd() const;
  /// Half the width of Student's interval at the rule's confidence; infinite for n < 2.
  [[nodiscard]] double half_width() const;
  /// Whether the rule is met now.
  [[nodiscard]] bool done() const;

 private:
  HalfWidthRule rule_;
  double normal_;  ///< the normal quantile at the rule's confidence, a lower bound of Student's
  std::size_t n_ = 0;
  double origin_ = 0;  ///< the first value, subtracted from all, so that a large mean takes no digits from s
  core::Sum sum_;      ///< sum of the values less the origin
  core::Sum squares_;  ///< sum of the squares of the values less the origin
};

}  // namespace fleetrace::study
