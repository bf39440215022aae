#include "models/theory/roadmap.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/theory/require.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models::theory {

double layer_scale(double doubling_cost, double returns) {
  core::require(doubling_cost > 0 && returns > 0, "the cost of a doubling and the returns must be above 0");
  return doubling_cost / core::expm1(core::kLn2 / returns);
}

// The layers with the cheapest first steps get money first; each opens where the level comes to scale/returns.
BestSplit best_split(double budget, const std::vector<Layer>& layers) {
  core::require(std::isfinite(budget) && budget >= 0, "the budget must be at least 0 and finite");
  core::require(!layers.empty(), "there must be a layer");
  for (const Layer& each : layers)
    core::require(each.scale > 0 && each.returns > 0 && std::isfinite(each.scale) && std::isfinite(each.returns),
                  "scales and returns must be above 0");
  std::vector<std::size_t> order(layers.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto opens_at = [&layers](std::size_t i) { return layers[i].scale / layers[i].returns; };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return opens_at(a) < opens_at(b); });
  BestSplit split{std::vector<double>(layers.size(), 0), 0};
  double scales = 0;
  double returns = 0;
  for (const std::size_t i : order) {
    if (returns > 0 && opens_at(i) >= split.level) break;
    scales += layers[i].scale;
    returns += layers[i].returns;
    split.level = (budget + scales) / returns;
  }
  for (std::size_t i = 0; i < layers.size(); ++i)
    split.spend[i] = std::max(0.0, layers[i].returns * split.level - layers[i].scale);
  return split;
}

}  // namespace fleetrace::models::theory
