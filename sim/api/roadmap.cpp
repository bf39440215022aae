#include "models/theory/roadmap.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "fleetrace/frontier.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace {
namespace {

using models::theory::Layer;

/// Doublings of a layer by what is spent on it.
double doublings(const Layer& layer, double spend) {
  return layer.returns * core::log1p(spend / layer.scale) / core::kLn2;
}

void check(const RoadmapRequest& request) {
  if (request.layers.empty()) throw std::invalid_argument("a roadmap has at least one layer");
  if (!(request.budget >= 0 && std::isfinite(request.budget))) throw std::invalid_argument("a budget is at least 0");
  if (!(request.horizon > 0 && std::isfinite(request.horizon))) throw std::invalid_argument("a horizon is above 0");
  for (const RoadmapLayer& each : request.layers)
    if (!(each.doubling_cost > 0 && each.returns > 0 && each.field_rate >= 0))
      throw std::invalid_argument("a layer has a cost and returns above 0, and a rate of the field of at least 0");
}

}  // namespace

Roadmap roadmap(const RoadmapRequest& request) {
  check(request);
  std::vector<Layer> layers;
  for (const RoadmapLayer& each : request.layers)
    layers.push_back({models::theory::layer_scale(each.doubling_cost, each.returns), each.returns});
  const models::theory::BestSplit split = models::theory::best_split(request.budget, layers);
  Roadmap result;
  result.request = request;
  double scales = 0;
  double returns = 0;
  double last_opens = 0;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    RoadmapRow row;
    row.name = request.layers[i].name;
    row.spend = split.spend[i];
    row.share = request.budget > 0 ? row.spend / request.budget : 0;
    row.own = doublings(layers[i], row.spend);
    row.field = request.layers[i].field_rate * request.horizon;
    row.gamma = (row.own + row.field) / request.horizon;
    row.next_cost = (layers[i].scale + row.spend) * core::expm1(core::kLn2 / layers[i].returns);
    result.gamma += row.gamma;
    result.own_gamma += row.own / request.horizon;
    result.even_gamma += (doublings(layers[i], request.budget / static_cast<double>(layers.size())) + row.field) /
                         request.horizon;
    scales += layers[i].scale;
    returns += layers[i].returns;
    last_opens = std::max(last_opens, layers[i].scale / layers[i].returns);
    result.rows.push_back(std::move(row));
  }
  result.marginal = 1 / (split.level * core::kLn2);
  if (split.level <= last_opens) result.open_at = returns * last_opens - scales;
  return result;
}

}  // namespace fleetrace
