#include <algorithm>
#include <cmath>
#include <numeric>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/studies/comparison_parts.hpp"
#include "sim/output/table/first_rows.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output {

using study::Comparison;
using study::StrategyStanding;

ObjectiveScale comparison_scale(const ComparisonReport& report) {
  const Comparison& comparison = report.comparison;
  double most = 0;
  for (const StrategyStanding& each : comparison.strategies) {
    for (const double value : {each.objective.mean, each.quantile_10, each.quantile_90}) {
      if (std::isfinite(value)) most = std::max(most, std::fabs(value));
    }
  }
  return {comparison.objective, most};
}

std::vector<std::size_t> strategy_order(const Comparison& comparison) {
  std::vector<std::size_t> order(comparison.strategies.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (order.size() <= kShortTable) return order;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return study::precedes(comparison.objective, comparison.strategies[a], comparison.strategies[b]);
  });
  return order;
}

std::string name_of(const Comparison& comparison, std::size_t i) {
  return core::printable(comparison.strategies[i].name);
}

std::string replications_text(const ComparisonReport& report) {
  return counted(static_cast<std::int64_t>(report.comparison.replications), "replication", "replications");
}

bool lacks_values(const Comparison& comparison) {
  return std::any_of(comparison.strategies.begin(), comparison.strategies.end(),
                     [&](const StrategyStanding& each) { return each.valued < comparison.replications; });
}

std::string count_text(std::size_t count) { return grouped(static_cast<std::int64_t>(count)); }

std::string value_words(fleet::Metric objective, Having having) {
  const bool is_target = fleet::info(objective).needs_target;
  switch (having) {
    case Having::yes: return is_target ? "reaches the target" : "buys compute";
    case Having::no: return is_target ? "does not reach the target" : "buys no compute";
    default: return is_target ? "never reaches the target" : "never buys compute";
  }
}

}  // namespace fleetrace::output
