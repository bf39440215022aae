#pragma once

#include "sim/study/optimise/plan_program.hpp"

namespace fleetrace::study {

/// Loss at the end of the horizon as a function of compute, and the other way round.
class FinalLoss {
 public:
  /// `problem` must outlive it, and be filled in when it is asked.
  explicit FinalLoss(const PlanProblem& problem) : problem_(&problem) {}

  /// Of so much effective compute since the start [FLOP].
  [[nodiscard]] double loss_at(double effective) const;
  /// Compute that purchases must bring for a loss [FLOP].
  [[nodiscard]] double purchased_for(double loss) const;
  /// The row that only plans with so much compute from purchases meet, where the programme's objective is that compute.
  [[nodiscard]] LinearProgram::Row at_least(const PlanProgram& plan, double purchased) const;

 private:
  const PlanProblem* problem_;
};

}  // namespace fleetrace::study
