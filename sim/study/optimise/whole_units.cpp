#include <algorithm>
#include <cmath>

#include "sim/study/optimise/rounding.hpp"

namespace fleetrace::study {
namespace {

/// Makes each order as large as the smallest that may be, or leaves it out.
void keep_to_smallest(const PlanProblem& problem, core::Money smallest, Rounding& rounding) {
  const std::int64_t lot = problem.lot();
  for (const std::vector<std::size_t>& order : order_columns(problem)) {
    core::Money spent;
    for (const std::size_t k : order) spent += problem.columns[k].price * rounding.counts()[k];
    if (spent <= core::Money{} || spent >= smallest) continue;
    for (const std::size_t k : order) {
      if (spent >= smallest) break;
      const core::Money price = problem.columns[k].price;
      std::int64_t missing = (smallest - spent + price - core::Money::from_micros(1)) / price;
      missing += (lot - missing % lot) % lot;
      const std::int64_t count = std::min(missing, rounding.room(k));
      if (count <= 0) continue;
      rounding.add(k, count);
      spent += price * count;
    }
    if (spent >= smallest) continue;
    for (const std::size_t k : order) rounding.remove(k);
  }
}

}  // namespace

Counts whole_units(const PlanProblem& problem, const PlanProgram& plan, const std::vector<double>& shares,
                   const std::vector<double>& worth, Leftover leftover) {
  struct Wanted {
    std::size_t column = 0;
    double units = 0;
    double per_usd = 0;
  };
  std::vector<Wanted> wanted;
  for (std::size_t i = 0; i < problem.columns.size(); ++i) {
    const double units = shares[i] * plan.unit[i];
    if (units >= 0.5 && !problem.columns[i].initial)
      wanted.push_back({i, units, worth[i] / problem.columns[i].price.usd()});
  }
  // What is large first, so that it is not crowded out by what a solver's tolerance lets be too much.
  std::stable_sort(wanted.begin(), wanted.end(), [&](const Wanted& a, const Wanted& b) {
    return a.units * problem.columns[a.column].price.usd() > b.units * problem.columns[b.column].price.usd();
  });
  Rounding rounding(problem, plan);
  // What leaves makes room for the rest, so that it comes first, and is rounded up.
  for (std::size_t i = 0; i < problem.columns.size(); ++i) {
    const double units = shares[i] * plan.unit[i];
    if (!problem.columns[i].initial || units < 0.5) continue;
    rounding.add(i, std::min(static_cast<std::int64_t>(std::ceil(units * (1 - 1e-9))), rounding.room(i)));
  }
  const std::int64_t lot = problem.lot();
  for (const Wanted& each : wanted) {
    // A solver's answer of 21.9999999 means 22.
    auto count = static_cast<std::int64_t>(std::floor(each.units * (1 + 1e-9)));
    count -= count % lot;
    if (count = std::min(count, rounding.room(each.column)); count > 0) rounding.add(each.column, count);
  }
  // What rounding has taken from the smallest orders comes before anything else that money is left for.
  if (plan.smallest_order) keep_to_smallest(problem, *plan.smallest_order, rounding);
  std::stable_sort(wanted.begin(), wanted.end(),
                   [](const Wanted& a, const Wanted& b) { return a.per_usd > b.per_usd; });
  for (const Wanted& each : wanted) {
    if (leftover == Leftover::spend && !(each.per_usd > 0)) continue;
    std::int64_t count = rounding.room(each.column);
    if (leftover == Leftover::keep) count = std::min(count, lot);
    if (count > 0) rounding.add(each.column, count);
  }
  if (plan.smallest_order) {
    keep_to_smallest(problem, *plan.smallest_order, rounding);
    for (const Wanted& each : wanted) {  // what was left out has left room to what stays
      if (leftover == Leftover::keep || rounding.counts()[each.column] == 0 || !(each.per_usd > 0)) continue;
      if (const std::int64_t count = rounding.room(each.column); count > 0) rounding.add(each.column, count);
    }
  }
  return rounding.counts();
}

}  // namespace fleetrace::study
