#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/study/goal.hpp"

/// The input that meets a goal.
namespace fleetrace::study {

struct SolveRequest {
  double start = 1;   ///< where the search begins; finite where no bounds are given
  core::Range range;  ///< valid inputs
  bool is_whole = false;
  double unit = 1;                                   ///< in which the solution is to have few digits
  std::optional<std::pair<double, double>> between;  ///< looked at only there, low < high, both valid
};

/// One input that was tried.
struct SolveSample {
  double input = 0;
  double reached = 0;
  bool met = false;
};

struct Solution {
  enum class End {
    found,   ///< on one side of the input the goal is met, on the other it is not
    always,  ///< every input that was tried meets it
    never,   ///< none does
  };
  End end = End::never;
  SolveSample best;         ///< the input found, to six digits where these meet the goal; else the nearest to it
  bool rises = true;        ///< found: whether larger inputs meet the goal, next to it
  bool is_monotone = true;  ///< among the samples
  std::vector<SolveSample> samples;  ///< of the search before the root, by input
  std::string refused;               ///< why the search ended early on one side; empty where it did not
};

/// What the goal's column comes to for an input. Throws ReplicationError for inputs that cannot be raced.
using Reached = std::function<double(double input)>;

/// Looks for the input at which a goal begins to be met. Without bounds it doubles and halves the start, up to 2^20 times,
/// until one value meets the goal and the one before it does not or the other way round, the nearest to the start first; a side
/// on which four values in a row reach the very same is given up. Then, or within the bounds, it samples sixteen steps to see
/// whether the column rises or falls throughout, and takes the first crossing from the low end. The crossing itself is found
/// by the method of Alefeld, Potra and Shi (TOMS 748, Boost.Math) to a billionth of the input; of whole numbers by bisection,
/// exactly. Where it jumps the side on which the goal is met is given.
[[nodiscard]] Solution solve(const Goal& goal, const Reached& reached, const SolveRequest& request);

}  // namespace fleetrace::study
