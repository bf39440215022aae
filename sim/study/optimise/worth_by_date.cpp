#include "sim/study/optimise/worth_by_date.hpp"

#include <algorithm>
#include <map>

namespace fleetrace::study {
namespace {

std::vector<ValueOfMoney> money_by_date(const PlanProblem& problem, const PlanProgram& plan,
                                        const std::vector<double>& own, const PricesOfMore& more, const Counts& counts,
                                        const GainOf& gain) {
  const auto budget = std::find_if(plan.orders.begin(), plan.orders.end(),
                                   [](const OrderLimit& limit) { return limit.kind == LimitKind::budget; });
  if (budget == plan.orders.end() || budget->row >= own.size() || !(budget->most > 0)) return {};
  const std::vector<double>& of_more = more.orders[static_cast<std::size_t>(budget - plan.orders.begin())];
  const std::vector<double>& prices = of_more.empty() ? own : of_more;
  const double price = std::max(0.0, prices[budget->row]) / budget->most;  // of a dollar
  const std::vector<double> left = reduced_worth(plan, prices);
  std::map<core::Time, ValueOfMoney> dates;
  for (std::size_t i = 0; i < problem.columns.size(); ++i) {
    const PurchaseColumn& column = problem.columns[i];
    if (!(plan.unit[i] > 0) || column.initial) continue;
    ValueOfMoney& date = dates[column.at];
    date.at = column.at;
    date.is_spent = date.is_spent || counts[i] > 0;
    // The reduced worth of a column is what it brings less all prices; that of the budget is added again.
    const double each = left[i] / (plan.unit[i] * column.price.usd()) + price;
    date.gain = std::max(date.gain, each);
  }
  std::vector<ValueOfMoney> values;
  for (auto& [at, date] : dates) {
    date.gain = gain(date.gain * plan.largest * 1e6);
    values.push_back(date);
  }
  return values;
}

std::vector<WorthByDate> limits_by_date(const PlanProgram& plan, const PricesOfMore& more, const GainOf& gain) {
  std::vector<WorthByDate> result;
  for (std::size_t i = 0; i < plan.sites.size(); ++i) {
    const SiteLimit& limit = plan.sites[i];
    if (more.sites[i].empty()) continue;
    const std::vector<double> left = reduced_worth(plan, more.sites[i]);
    const bool binds = std::any_of(limit.states.begin(), limit.states.end(),
                                   [&](std::size_t state) { return left[state] > 1e-9; });
    if (!binds) continue;
    const bool is_power = limit.kind == LimitKind::power;
    for (std::size_t k = 0; k < limit.states.size(); ++k) {
      const double each = std::max(0.0, left[limit.states[k]]) * plan.largest / limit.scale * (is_power ? 1e9 : 1);
      result.push_back({limit.of, is_power ? "MW" : "place", limit.dates[k], gain(each)});
    }
  }
  return result;
}

}  // namespace

void note_worth_by_date(const PlanProblem& problem, const PlanProgram& plan, const std::vector<double>& prices,
                        const PricesOfMore& more, const Counts& counts, const GainOf& gain, Optimum& optimum) {
  optimum.money_by_date = money_by_date(problem, plan, prices, more, counts, gain);
  optimum.limits_by_date = limits_by_date(plan, more, gain);
}

}  // namespace fleetrace::study
