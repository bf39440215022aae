#include "models/theory/lot_sizing.hpp"

#include <algorithm>

#include "models/theory/growth_rates.hpp"
#include "models/theory/require.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models::theory {
namespace {

bool all_valid(std::span<const double> values) {
  return std::all_of(values.begin(), values.end(), [](double value) { return value >= 0 && value < kInfinity; });
}

}  // namespace

LotPlan best_lots(const LotProblem& problem) {
  const std::size_t periods = problem.demand.size();
  core::require(periods <= 10'000 && problem.unit_cost.size() == periods,
                "demand and unit cost must be of the same periods, 10 000 at most");
  core::require(all_valid(problem.demand) && all_valid(problem.unit_cost),
                "demand and unit cost must be at least 0 and finite");
  core::require(problem.order_cost >= 0 && problem.order_cost < kInfinity,
                "the order cost must be at least 0 and finite");
  core::require(problem.holding_cost >= 0 && problem.holding_cost < kInfinity,
                "the holding cost must be at least 0 and finite");
  std::vector<double> least(periods + 1, kInfinity);
  std::vector<std::size_t> from(periods + 1, 0);
  least[0] = 0;
  for (std::size_t i = 0; i < periods; ++i) {
    double units = 0;
    double carried = 0;
    for (std::size_t j = i; j < periods; ++j) {
      units += problem.demand[j];
      carried += problem.demand[j] * static_cast<double>(j - i);
      const double order = units > 0
                               ? problem.order_cost + problem.unit_cost[i] * units + problem.holding_cost * carried
                               : 0;
      if (least[i] + order < least[j + 1]) {
        least[j + 1] = least[i] + order;
        from[j + 1] = i;
      }
    }
  }
  LotPlan policy{least[periods], {}};
  for (std::size_t j = periods; j > 0; j = from[j]) {
    const auto begin = problem.demand.begin() + static_cast<std::ptrdiff_t>(from[j]);
    const auto end = problem.demand.begin() + static_cast<std::ptrdiff_t>(j);
    if (std::any_of(begin, end, [](double units) { return units > 0; })) policy.orders.push_back(from[j]);
  }
  std::reverse(policy.orders.begin(), policy.orders.end());
  return policy;
}

double sawtooth_interval(double theta, double up_to, double growth) {
  core::require(theta > 0 && up_to > 0 && theta * up_to > 1, "theta and up_to must be above 0, their product above 1");
  core::require(growth > 0 && growth < kInfinity, "the growth must be above 0 and finite");
  return core::log(theta * up_to) / growth;
}

}  // namespace fleetrace::models::theory
