#pragma once

#include <cstddef>
#include <span>
#include <vector>

/// When each order costs something whatever its size, demand is better met in lumps.             docs/derivations.md 1i
namespace fleetrace::models::theory {

/// A demand of so many units in each of n periods, met without delay from stock or by an order at the start of the period.
struct LotProblem {
  std::span<const double> demand;     ///< units that each period adds, >= 0
  std::span<const double> unit_cost;  ///< c, cost of a unit that is ordered in each period [USD], >= 0
  double order_cost = 0;              ///< K, fixed cost of each order [USD], >= 0
  double holding_cost = 0;            ///< h, cost of each unit carried from one period to the next [USD], >= 0
};

struct LotPlan {
  double cost = 0;                  ///< total cost [USD]
  std::vector<std::size_t> orders;  ///< periods of the orders, rising; each meets the demand until the next one
};

/// The cheapest plan, by dynamic programming in n^2/2 steps:
///   f(j) = min over i < j of f(i) + [K + c_i (d_i + .. + d_(j-1)) + h sum (k - i) d_k],   no order where nothing is demanded
/// Wagner and Whitin 1958, Management Science 5:89. Among plans of equal cost it is the one whose last order is
/// earliest. The spans must have one length, up to 10 000, and finite values; else std::invalid_argument.
[[nodiscard]] LotPlan best_lots(const LotProblem& problem);

/// Time between purchases when load grows at the rate g = `growth` > 0 [1/yr] and each purchase, made when
/// load/capacity exceeds theta, lifts capacity to up_to x load: ln(theta up_to)/g [yr].
/// theta, up_to above 0 with a product above 1; else std::invalid_argument.
[[nodiscard]] double sawtooth_interval(double theta, double up_to, double growth);

}  // namespace fleetrace::models::theory
