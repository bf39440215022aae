#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "fleetrace/core/sum.hpp"

/// Which of k systems has the smallest mean, with as few replications as that takes.
namespace fleetrace::study {

/// What selection promises: where the best mean is smaller than every other by `indifference` or more, it is selected with
/// probability `confidence` or more.
struct SelectionRule {
  double indifference = 0;       ///< the smallest difference that matters, in units of the objective, > 0
  double confidence = 0.95;      ///< in [1 / k, 1), or what a blind choice achieves would do
  std::size_t first_stage = 10;  ///< replications that variances are estimated from, >= 2; 10 or more are advised
};

/// Fully sequential selection with elimination, on common random numbers: row by row, a row being one replication of all
/// systems on the same draws.
///
///   system i survives replication r iff   sum_i <= sum_l + max(0, delta / 2 (h2 S2_il / delta^2 - r))   for all l
///   h2 = 2 eta (n0 - 1),   eta = ((2 alpha / (k - 1))^(-2 / (n0 - 1)) - 1) / 2
///
/// S2_il is the variance of the paired difference in the first stage, which is where common random numbers save work: what
/// systems have in common cancels.      Kim and Nelson 2001, "A fully sequential procedure for indifference-zone selection
/// in simulation", ACM TOMACS 11:251, with c = 1
/// Scope: differences that are close to normal and independent from row to row.
class KimNelson {
 public:
  /// Throws std::invalid_argument for no system or a rule outside its range.
  KimNelson(std::size_t systems, const SelectionRule& rule);

  /// The next replication: one objective a system, smaller is better. Once finished, rows are not looked at any more.
  /// Throws std::invalid_argument for another number of values or one that is not finite.
  void add(std::span<const double> row);

  /// Whether further replications would change nothing.
  [[nodiscard]] bool finished() const { return finished_; }
  /// The selected system. None before the end, nor where the last ones are equal to the last bit: then all of them survive.
  [[nodiscard]] std::optional<std::size_t> best() const;
  /// Indices of the systems that are not eliminated, ascending.
  [[nodiscard]] const std::vector<std::size_t>& surviving() const { return surviving_; }
  /// How many replications were looked at.
  [[nodiscard]] std::size_t replications() const { return replications_; }
  /// By when it is finished at the latest, from the variances between those that survive; nothing before the end of the first
  /// stage.
  [[nodiscard]] std::optional<double> most_replications() const;

 private:
  void end_first_stage();
  void screen();
  [[nodiscard]] double& reach(std::size_t i, std::size_t l) { return reach_[i * systems_ + l]; }
  [[nodiscard]] double reach(std::size_t i, std::size_t l) const { return reach_[i * systems_ + l]; }

  std::size_t systems_;
  SelectionRule rule_;
  std::size_t replications_ = 0;
  bool finished_ = false;
  std::vector<std::size_t> surviving_;
  std::vector<core::Sum> sums_;
  std::vector<double> first_rows_;  ///< until the first stage ends
  std::vector<double> reach_;       ///< h2 S2_il / delta^2: how many replications the two may take
};

}  // namespace fleetrace::study
