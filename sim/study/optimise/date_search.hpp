#pragma once

#include "sim/study/optimise/dated_compute.hpp"
#include "sim/study/optimise/linear_solver.hpp"
#include "sim/study/optimise/plan_program.hpp"

/// Plans whose objective is about a date that the plan itself chooses: a linear programme for each date, and a search over dates in
/// which every stretch of time is either looked into or excluded by a safe bound.                                  docs/derivations.md 8.5g
namespace fleetrace::study {

struct DatedPlan {
  std::vector<double> shares;  ///< of each column of the problem; empty where no plan was found
  std::vector<double> worth;   ///< of a unit of each column, in compute that counts on that date [FLOP]
  std::vector<double> prices;  ///< of the rows of the programme
  core::Time at;               ///< the date that the plan is for
  double value = 0;            ///< of the shares
  double bound = 0;            ///< no plan has a better value
  int programs = 0;            ///< linear programmes that were solved
};

/// The plan with the most compute behind the loss of any one date. The value and the bound are that compute [FLOP]. It stops where the
/// loss can not be lower by more than `gap`. Objective and prices of `plan` are for compute in units of its `largest`.
[[nodiscard]] DatedPlan largest_run(const PlanProblem& problem, const DatedCompute& dated, PlanProgram& plan,
                                    double gap, const PlanRequest& request);

/// The plan by which so much compute counts on the earliest date. The value is that date and the bound the date before which no plan
/// has it [yr]. Without shares no plan has it by the bound.
[[nodiscard]] DatedPlan earliest_date(const PlanProblem& problem, const DatedCompute& dated, PlanProgram& plan,
                                      double needed, const PlanRequest& request);

/// The most compute that any plan has on a date in [from, to], with the plan that has it where both are one date [FLOP].
class MostCompute {
 public:
  MostCompute(const PlanProblem& problem, const DatedCompute& dated, PlanProgram& plan, const PlanRequest& request);
  /// No plan has more.
  double bound(core::Time from, core::Time to);
  /// Of the last bound: what the solver's plan comes to, and the plan.
  [[nodiscard]] double value() const { return value_; }
  [[nodiscard]] DatedPlan answer(core::Time at) const;
  [[nodiscard]] int programs() const { return programs_; }

 private:
  const DatedCompute& dated_;
  const std::vector<double> unit_;
  double scale_ = 1;
  LinearSolver solver_;
  LinearSolution solution_;
  std::vector<double> worth_;
  double value_ = 0;
  int programs_ = 0;
};

}  // namespace fleetrace::study
