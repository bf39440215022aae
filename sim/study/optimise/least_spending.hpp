#pragma once

#include "sim/study/optimise/date_search.hpp"
#include "sim/study/optimise/plan_money.hpp"

/// The least money for a target: a linear programme for each stretch of time in which it is met, or, where orders have to be whole, a
/// search of its own for each.                                                                docs/derivations.md 8.5e, 8.5h
namespace fleetrace::study {

struct LeastSpending {
  DatedPlan plan;  ///< of shares, with the prices of its programme; the value and the bound are spending [USD]
  Counts counts;  ///< the plan of whole orders; empty where single units are all that is whole, or where none was found
  bool is_whole = false;    ///< whether the bound is one of whole orders
  std::size_t nodes = 0;    ///< of the searches for whole orders
  bool is_finished = true;  ///< false where nodes ran out, or where it was stopped
};

/// The plan that has spent least by the date on which so much compute counts. It stops where no plan can save more than `gap` of it.
/// Prices are for dollars in units of `largest`. Without shares no plan has the compute.
[[nodiscard]] LeastSpending least_spending(const PlanProblem& problem, const DatedCompute& dated,
                                           const PlanMoney& money, PlanProgram& plan, double needed,
                                           const PlanRequest& request);

}  // namespace fleetrace::study
