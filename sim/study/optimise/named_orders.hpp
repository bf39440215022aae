#pragma once

#include <string>
#include <vector>

#include "sim/study/optimise/plan_problem.hpp"

/// Orders by the names of their accelerators, so that they hold in worlds in which other accelerators are on sale.
namespace fleetrace::study {

struct NamedOrder {
  core::Time at;
  std::string accelerator;  ///< empty for trend hardware
  std::uint32_t site = 0;
  std::uint32_t allotted_to = fleet::kAnySite;
  std::int64_t count = 0;  ///< dollars of trend hardware

  [[nodiscard]] bool is_of(const PlanProblem& problem, const PurchaseColumn& column) const;
};

/// The name of what a column orders; empty for trend hardware.
[[nodiscard]] const std::string& accelerator_of(const PlanProblem& problem, const PurchaseColumn& column);
/// The orders that a plan has from one date until another.
[[nodiscard]] std::vector<NamedOrder> orders_of(const PlanProblem& problem, const Counts& counts, core::Time from,
                                                core::Time until);
/// By date, and units of one type for one site that come from several allocations as one order.
[[nodiscard]] std::vector<NamedOrder> joined(const std::vector<NamedOrder>& orders);
/// Sets what a setup orders. What is not on sale in its world has an index beyond its types.
void place_named(const std::vector<NamedOrder>& orders, fleet::StrategySetup& setup);

}  // namespace fleetrace::study
