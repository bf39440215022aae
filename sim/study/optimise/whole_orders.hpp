#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sim/study/optimise/branch_and_bound.hpp"
#include "sim/study/optimise/mean_loss_cuts.hpp"
#include "sim/study/optimise/plan_program.hpp"

/// Plans of whole orders: lots, what an order costs whatever its size, and the smallest order that may be.
namespace fleetrace::study {

/// Whether orders have to be whole in more than single units, which are so small beside a budget that rounding does for them.
[[nodiscard]] bool has_whole_orders(const PlanProblem& problem, const PlanRequest& request);

/// Whether the best plan of whole orders is searched for: they are to be whole, nothing is taken out early, which makes room that the
/// columns do not know of, and an order is one column, and not one for each interval in which a part of it may come into service.
[[nodiscard]] bool is_searched_whole(const PlanProblem& problem, const PlanRequest& request);

/// The programme of a plan with a column for each order that is 1 where it is placed and 0 else:
///   n_j <= most_j z_j,   sum_j price_j n_j + sum_j cost z_j <= budget,   sum_(j in an order) price_j n_j >= smallest z
struct PlacedOrder {
  std::size_t column = 0;  ///< of the programme, whose 1 costs an order
  std::size_t of = 0;      ///< the column of the problem that is ordered
};
struct WholeOrders {
  PlanProgram plan;
  std::vector<WholeColumn> whole;
  std::vector<int> rank;
  std::vector<PlacedOrder> placed;  ///< empty where orders cost nothing
};
[[nodiscard]] WholeOrders whole_orders(const PlanProblem& problem, PlanProgram plan);

// The best plan of whole orders by branch and bound; nothing where none is searched for.                  docs/derivations.md 8.5
// `plan` is the programme with its objective, and `worth` what a unit of each column is worth when shares become whole units.

/// The plan that computes most; branches that compute more by less than `gap` FLOP are left. The bound is in units of the programme's objective.
[[nodiscard]] std::optional<TreeResult> most_compute_in_whole_orders(const PlanProblem& problem,
                                                                     const PlanRequest& request,
                                                                     const PlanProgram& plan,
                                                                     const std::vector<double>& worth, double gap);
/// The plan with the least mean loss, and that less than 0 as the bound. `start` is a plan within the limits that need not be whole.
[[nodiscard]] std::optional<TreeResult> least_mean_loss_in_whole_orders(const PlanProblem& problem,
                                                                        const PlanRequest& request,
                                                                        const PlanProgram& plan, const MeanLoss& mean,
                                                                        const std::vector<double>& start,
                                                                        const std::vector<double>& worth);

}  // namespace fleetrace::study
