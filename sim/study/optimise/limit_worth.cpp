#include <algorithm>

#include "sim/study/optimise/plan_program.hpp"

namespace fleetrace::study {

std::vector<LimitWorth> limit_worth(const PlanProgram& plan, const std::vector<double>& prices) {
  std::vector<LimitWorth> result;
  for (const OrderLimit& limit : plan.orders) {
    if (!(limit.most > 0) || limit.row >= prices.size()) continue;  // of what is not allowed at all no price is known
    if (limit.kind == LimitKind::initial_fleet) continue;           // that is no limit that anybody sets
    const double price = std::max(0.0, prices[limit.row]);
    const double each = price * plan.largest / limit.most;
    if (limit.is_money()) {
      result.push_back({limit.of, "million USD", each * 1e6});
    } else {
      result.push_back({limit.of, "accelerator", each});
    }
  }
  // What a wider bound of a state is worth is its reduced cost; of a site that is wider on all dates, their sum.
  std::vector<double> reduced(plan.program.columns().size());
  for (std::size_t i = 0; i < plan.program.rows().size() && i < prices.size(); ++i) {
    for (const LinearTerm& term : plan.program.rows()[i].terms) reduced[term.column] -= prices[i] * term.value;
  }
  for (const SiteLimit& limit : plan.sites) {
    double sum = 0;
    for (const std::size_t state : limit.states) sum += std::max(0.0, reduced[state]);
    const double each = sum * plan.largest / limit.scale;
    if (limit.kind == LimitKind::power) {
      result.push_back({limit.of, "MW", each * 1e9});
    } else {
      result.push_back({limit.of, "place", each});
    }
  }
  return result;
}

}  // namespace fleetrace::study
