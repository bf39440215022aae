#pragma once

#include <vector>

#include "sim/study/optimise/plan_problem.hpp"

namespace fleetrace::study {

/// The compute that stands behind the loss on any date, as a sum of unit purchases. Under cumulative accounting it is all that
/// came before; under best_run it is that of a run which ends on the date.         docs/derivations.md 0c, 11a, 11b, 8.5g
class DatedCompute {
 public:
  /// `problem` must outlive it.
  explicit DatedCompute(const PlanProblem& problem);

  /// The most that one unit of each column adds on any date in [from, to] [FLOP]: below no value in between, and exact where both
  /// are one date. It relies on progress that never falls.
  [[nodiscard]] std::vector<double> most(core::Time from, core::Time to) const;
  /// The same of the world without purchases.
  [[nodiscard]] double base_most(core::Time from, core::Time to) const;
  /// The first date on which anything may count; that of the end where no run of the length ends before.
  [[nodiscard]] core::Time first() const;
  /// The compute that a loss takes, the reference compute of cumulative accounting left out [FLOP].
  [[nodiscard]] double needed(double loss) const;
  /// The loss of so much compute at the end of the horizon.
  [[nodiscard]] double loss_of(double compute) const;
  /// Whether progress falls anywhere, so that most() may be too low.
  [[nodiscard]] bool progress_falls() const;

 private:
  /// Changes of the rate of work, with the integral of A until each [yr].
  struct Change {
    double years = 0;
    double rate = 0;
    double integral = 0;
  };
  using Changes = std::vector<Change>;

  /// The integral of A from the start [yr].
  [[nodiscard]] double integral(double years) const;
  [[nodiscard]] Changes changes_of(const std::vector<RateChange>& changes) const;
  [[nodiscard]] double most_of(const Changes& changes, double from, double to) const;
  [[nodiscard]] double most_of_runs(const Changes& changes, double from, double to) const;
  [[nodiscard]] bool counts_runs() const { return problem_.setup.loss.accounting == fleet::Accounting::best_run; }

  const PlanProblem& problem_;
  std::vector<double> integrals_;  ///< at the beginning of each segment of the world without purchases [yr]
  std::vector<Changes> changes_;
  Changes base_;
};

}  // namespace fleetrace::study
