#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/study/results.hpp"
#include "sim/study/solve/goal.hpp"

/// Finds the value of an input at which a goal begins to be met.
namespace fleetrace::study {

/// The numbers that an input can be, and how a person writes them. What is left out is a real number without a unit.
struct InputGrid {
  bool is_whole = false;  ///< whether only whole numbers are valid
  double unit = 1;        ///< a solution is rounded to few digits in this unit
  double first_step = 1;  ///< from a start of zero, which cannot be doubled
  double grain = 0;       ///< inputs are multiples of it, such as 1 ms where they are dates; 0 where any number will do
  /// The input that a person would have written, of one that was computed to few digits; none where they are the same.
  std::function<double(double computed)> tidied = {};

  /// The input nearest to a number.
  [[nodiscard]] double nearest(double number) const;
  /// An input rounded to so many digits in the unit: up for direction > 0, down for direction < 0, else to nearest. Inputs that
  /// come in grains are rounded to whole units.
  [[nodiscard]] double rounded(double input, int digits, int direction) const;
};

struct SolveRequest {
  double start = 1;        ///< where the search begins; must be finite where `between` is absent
  core::Range range = {};  ///< valid inputs
  std::optional<std::pair<double, double>> between = {};  ///< bounds of the search, low < high, both valid
  InputGrid grid = {};
  /// Whether an infinite number is a sample that does not meet the goal; else it could not be raced.
  bool may_be_infinite = false;
};

/// Returns the goal's metric for an input. Throws ReplicationError for an input that cannot be raced.
using Reached = std::function<double(double input)>;

/// Looks for the input at which a goal begins to be met, in three steps.
///   1. Without bounds, it doubles and halves the start, up to 2^20 times, until two neighbouring inputs differ in whether they
///      meet the goal; nearer ones are tried first. A side on which four inputs in a row reach exactly the same is given up.
///      A start of zero begins with `first_step` and goes on by factors of four.
///   2. Between these, or within the bounds, it samples sixteen steps to see whether the metric rises or falls throughout, and
///      takes the first crossing from the low end. Where all samples are on one side of the goal, it looks more closely around
///      the one that comes nearest to the other side: a metric that turns may meet the goal between two samples.
///   3. The crossing is narrowed down by the method of Alefeld, Potra and Shi (TOMS 748, Boost.Math) to a billionth of the
///      input, or for whole numbers by bisection, exactly. Where the metric jumps, the side that meets the goal is taken.
[[nodiscard]] Solution solve(const Goal& goal, const Reached& reached, const SolveRequest& request);

/// The third step alone, between two inputs of which one meets the goal and the other does not.
[[nodiscard]] SolveSample solve_between(const Goal& goal, const Reached& reached, const SolveRequest& request,
                                        double low, double high);

}  // namespace fleetrace::study
