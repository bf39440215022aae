#pragma once

#include <array>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "sim/study/optimise/branch_and_bound.hpp"
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

/// How far the mean loss of a sum of units is from that of a race of all of them.
[[nodiscard]] double mean_loss_error(const PlanProblem& problem, const Counts& counts, double raced);

/// Rounds of tangents that are enough; every case seen so far took less than 40.
inline constexpr int kMostRounds = 200;

/// Units that spend the same on every date, each time on what computes most per dollar by the end. They may break limits.
[[nodiscard]] std::vector<double> even_spending(const PlanProblem& problem);

/// What cutting planes come to.
struct CutResult {
  std::vector<double> units;  ///< of each column; the best plan found
  double loss = 1;            ///< of it
  double bound = 0;           ///< what the solver says; no proof
  MeanLoss::Support support;  ///< what a proof begins with
  int rounds = 0;
  std::vector<SpendingRange> flat;                ///< by tolerance and year, where one was asked for
  std::vector<std::vector<double>> alternatives;  ///< units of columns, likewise
};

/// Minimises the mean loss by tangents at one plan after the other (Kelley 1960) until less than `gap` is left between the best
/// plan and what the tangents allow, or `most` rounds. It begins with the tangents at no purchase, at `start`, which is a plan
/// within the limits, and at `guess`, which need not be. With tolerances, ascending, it goes on to what plans spend by year whose mean
/// loss is above the best by no more than that share of it, and to the alternatives of the request within the least one.
[[nodiscard]] CutResult minimise_mean_loss(const PlanProblem& problem, const MeanLoss& mean, PlanProgram plan,
                                           const std::vector<double>& start, const std::vector<double>& guess,
                                           double gap, int most, const std::vector<double>& tolerances,
                                           const PlanRequest& request);

class CuttingPlanes;

/// The mean loss of the branches of a search. A tangent holds in all of them, so that each goes on from those of the others.
class MeanLossBranches {
 public:
  /// The objective is the mean loss less than 0. A branch is bounded to within `gap`. All but `start` must outlive it.
  MeanLossBranches(const PlanProblem& problem, const MeanLoss& mean, const PlanProgram& plan,
                   const std::vector<double>& start, double gap, const PlanRequest& request);
  ~MeanLossBranches();
  MeanLossBranches(const MeanLossBranches&) = delete;
  MeanLossBranches& operator=(const MeanLossBranches&) = delete;
  MeanLossBranches(MeanLossBranches&&) = delete;
  MeanLossBranches& operator=(MeanLossBranches&&) = delete;

  [[nodiscard]] NodeRelaxation relax(const std::vector<NarrowedColumn>& narrowed);

 private:
  [[nodiscard]] double proved(const std::vector<double>& prices);

  const MeanLoss& mean_;
  PlanProgram plan_;  ///< with the bounds of the branch, and worth as its objective
  PlanProgram original_;
  double gap_;
  std::vector<NarrowedColumn> narrowed_;
  std::unique_ptr<CuttingPlanes> planes_;
};

}  // namespace fleetrace::study
