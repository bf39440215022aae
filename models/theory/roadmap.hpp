#pragma once

#include <vector>

namespace fleetrace::models::theory {

/// A layer of the stack that money improves: A(x) = (1 + x/scale)^returns.                        docs/derivations.md 3m
struct Layer {
  double scale = 0;    ///< spending that adds as much as all before it [USD], above 0
  double returns = 0;  ///< above 0
};

/// The scale of a layer whose first doubling costs `doubling_cost`: doubling_cost/(2^(1/returns) - 1).
[[nodiscard]] double layer_scale(double doubling_cost, double returns);

/// A budget over layers.
struct BestSplit {
  std::vector<double> spend;  ///< [USD], by layer
  double level = 0;  ///< (scale + spend)/returns, the same for all layers with money and less than that of others
};

/// The split of a budget, at least 0, with the greatest product of all A:  x_i = max(0, returns_i level - scale_i), the level being
/// that at which the x_i add up to the budget. At least one layer; else std::invalid_argument.       docs/derivations.md 3n
[[nodiscard]] BestSplit best_split(double budget, const std::vector<Layer>& layers);

}  // namespace fleetrace::models::theory
