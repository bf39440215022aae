#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "sim/core/numeric/sum.hpp"

/// Selects the system with the smallest mean out of k, with few replications.
namespace fleetrace::study {

/// The guarantee of a selection: if the best mean is smaller than every other by `indifference` or more, that system is
/// selected with probability `confidence` or more.
struct SelectionRule {
  double indifference = 0;       ///< the smallest difference that matters, in units of the objective, > 0
  double confidence = 0.95;      ///< in [1 / k, 1); a blind choice achieves 1 / k
  std::size_t first_stage = 10;  ///< replications that variances are estimated from, >= 2; 10 or more are advised
};

/// Fully sequential selection with elimination, on common random numbers. It is fed row by row; a row is one replication of
/// all systems on the same draws.
///
///   system i survives replication r iff   sum_i <= sum_l + max(0, delta / 2 (h2 S2_il / delta^2 - r))   for all l
///   h2 = 2 eta (n0 - 1),   eta = ((2 alpha / (k - 1))^(-2 / (n0 - 1)) - 1) / 2
///
/// where S2_il is the variance of the paired difference in the first stage, n0 its replications, delta the indifference and
/// alpha 1 - confidence. Common random numbers save work because what two systems have in common cancels in their difference.
///   Kim and Nelson 2001, "A fully sequential procedure for indifference-zone selection in simulation", ACM TOMACS 11:251,
///   with c = 1
/// Scope: differences must be close to normal and independent from row to row.
class KimNelson {
 public:
  /// Throws std::invalid_argument for no system or a rule outside its range.
  KimNelson(std::size_t systems, const SelectionRule& rule);

  /// Takes the next replication: one objective a system, where smaller is better. Once finished, rows are ignored. Throws
  /// std::invalid_argument for another number of values or one that is not finite.
  void add(std::span<const double> row);

  /// Whether further replications would change nothing.
  [[nodiscard]] bool finished() const { return finished_; }
  /// The selected system. There is none before the end, nor where several systems are equal to the last bit; these then all
  /// survive.
  [[nodiscard]] std::optional<std::size_t> best() const;
  /// Indices of the systems that are not eliminated, ascending.
  [[nodiscard]] const std::vector<std::size_t>& surviving() const { return surviving_; }
  /// How many rows were taken, without those after the end.
  [[nodiscard]] std::size_t replications() const { return replications_; }
  /// An upper bound for the replications of the whole selection, from the variances between the surviving systems. Unknown
  /// before the end of the first stage.
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
  std::vector<double> first_rows_;  ///< rows of the first stage; empty after it
  std::vector<double> reach_;       ///< h2 S2_il / delta^2 of each pair: how many replications the two may take
};

}  // namespace fleetrace::study
