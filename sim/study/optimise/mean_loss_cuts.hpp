#pragma once

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "sim/study/optimise/linear_solver.hpp"
#include "sim/study/optimise/plan_program.hpp"

/// Mean loss as a function of how many units of each column are bought. It is convex: compute is linear in the counts, and the
/// loss is a sum of powers of it.
namespace fleetrace::study {

/// The horizon in intervals between changes of the rate of work. In interval i
///   C(t) = X_i + F_i int_[t_i, t] A,   X_(i+1) = X_i + F_i int_[t_i, t_(i+1)] A
/// so that compute at its beginning X and the rate F are the state, and the mean loss of each interval is a convex function of two
/// numbers, by Gauss's rule with eight points.
class MeanLoss {
 public:
  explicit MeanLoss(const PlanProblem& problem);

  /// The state that counts lead to.
  struct Path {
    std::vector<double> compute;  ///< X [FLOP]
    std::vector<double> rate;     ///< F [FLOP/s]
  };
  [[nodiscard]] Path path(const std::vector<double>& units) const;

  /// The mean loss of an interval, and how it changes with the state.
  struct Tangent {
    double loss = 0;
    double by_compute = 0;  ///< [1/FLOP], at most 0
    double by_rate = 0;     ///< [s/FLOP], at most 0
  };
  [[nodiscard]] Tangent tangent(std::size_t index, double compute, double rate) const;
  [[nodiscard]] double loss(const Path& path) const;

  /// A linear function of the units that the mean loss is nowhere below: `at_none` less worth * units.
  struct Support {
    double at_none = 0;
    std::vector<double> worth;  ///< of each unit
  };
  /// From slopes of the intervals, and what the loss is at least where the state is 0.
  [[nodiscard]] Support support(double at_zero, const std::vector<double>& by_compute,
                                const std::vector<double>& by_rate) const;

  struct Interval {
    double from = 0;                   ///< [yr]
    double weight = 0;                 ///< its share of the horizon
    double integral = 0;               ///< of A over it [s]
    std::array<double, 8> until = {};  ///< of A from its beginning until each node [s]
  };
  [[nodiscard]] const std::vector<Interval>& intervals() const { return intervals_; }
  /// Of each column: in which intervals its rate changes, and by how much [FLOP/s per unit].
  using Changes = std::vector<std::pair<std::size_t, double>>;
  [[nodiscard]] const std::vector<Changes>& changes() const { return changes_; }
  /// Without purchases.
  [[nodiscard]] const Path& base() const { return base_; }

 private:
  [[nodiscard]] double integral(double from, double to) const;

  const PlanProblem& problem_;
  std::vector<Interval> intervals_;
  std::vector<Changes> changes_;
  Path base_;
};

/// Units that spend the same on every date, each time on what computes most per dollar by the end. They may break limits.
[[nodiscard]] std::vector<double> even_spending(const PlanProblem& problem);

/// What cutting planes come to.
struct CutResult {
  std::vector<double> units;  ///< of each column; the best plan found
  double loss = 1;            ///< of it
  double bound = 0;           ///< what the solver says; no proof
  MeanLoss::Support support;  ///< what a proof begins with
  int rounds = 0;
  std::vector<SpendingRange> flat;  ///< by year, where a tolerance was asked for
};

/// Minimises the mean loss by tangents at one plan after the other (Kelley 1960) until less than `gap` is left between the best
/// plan and what the tangents allow, or `most` rounds. It begins with the tangents at no purchase, at `start`, which is a plan
/// within the limits, and at `guess`, which need not be. With a tolerance it goes on to what plans spend by year whose mean loss is
/// above the best by no more than that share of it.
[[nodiscard]] CutResult minimise_mean_loss(const PlanProblem& problem, const MeanLoss& mean, PlanProgram plan,
                                           const std::vector<double>& start, const std::vector<double>& guess,
                                           double gap, int most, const std::optional<double>& within, bool verbose);

}  // namespace fleetrace::study
