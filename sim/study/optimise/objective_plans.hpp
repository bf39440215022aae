#pragma once

#include <memory>

#include "sim/study/optimise/date_search.hpp"
#include "sim/study/optimise/plan_money.hpp"

/// Plans for the objectives that are about one date or about money: best run, time and cost to a target, net present value.
namespace fleetrace::study {

struct ObjectivePlan {
  std::vector<double> shares;  ///< of each column
  std::vector<double> worth;   ///< of a unit of each column, for what is left of the money
  double bound = 0;            ///< no plan has a better value, in the unit of the objective
  std::vector<MarginalWorth> gains;
  std::unique_ptr<PlanMoney> money;  ///< where the objective is money: what the sum of units has to be compared with
  bool is_whole = false;             ///< whether the bound is one of whole orders
  Counts counts = {};                ///< the plan of whole orders; empty where there is none but that of the shares
  std::string note = {};             ///< what a reader should know of a search for them that has left something
};

/// Whether the objective takes one of the plans below: all but final loss and mean loss of all compute.
[[nodiscard]] bool is_about_date_or_money(const PlanProblem& problem, const PlanRequest& request);

/// Throws PlanError where no plan comes to the target, naming the least loss that is possible and what binds.
[[nodiscard]] ObjectivePlan plan_for_objective(const PlanProblem& problem, const PlanRequest& request,
                                               PlanProgram& plan);

}  // namespace fleetrace::study
