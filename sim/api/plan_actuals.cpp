#include "sim/api/plan_actuals.hpp"

#include <algorithm>

namespace fleetrace {
namespace {

/// By type, then by site, where there are any in plan or fact.
std::vector<PlannedAndCounted> counts_of(const fleet::StrategySetup& setup, const fleet::ActualState& actual,
                                         const fleet::PlanEntry& planned) {
  const std::size_t sites = setup.plant.sites.size();
  std::vector<std::int64_t> counted(planned.in_place.size());
  for (const fleet::CountedAccelerators& each : actual.counts) counted[each.type * sites + each.site] = each.count;
  std::vector<PlannedAndCounted> counts;
  for (std::size_t i = 0; i < counted.size(); ++i) {
    if (counted[i] == 0 && planned.in_place[i] == 0) continue;
    counts.push_back(
        {setup.plant.market.types[i / sites].name, setup.plant.sites[i % sites].name, planned.in_place[i], counted[i]});
  }
  return counts;
}

}  // namespace

void add_actual(const fleet::StrategySetup& setup, const std::vector<fleet::PlanEntry>& planned, PlanPeriod& period) {
  const std::vector<fleet::ActualState>& states = setup.actuals->states;
  for (std::size_t i = states.size(); i-- > 0;) {
    const fleet::ActualState& actual = states[i];
    const bool is_after_begin = period.is_correction ? actual.date == period.begins : actual.date > period.begins;
    if (!is_after_begin || actual.date > period.ends) continue;
    PlanAndActual both;
    both.date = actual.date;
    both.is_counted = actual.is_counted;
    if (actual.is_counted) both.counts = counts_of(setup, actual, planned[i]);
    for (const fleet::MeteredPower& each : actual.power)
      both.power.push_back({setup.plant.sites[each.site].name, planned[i].sites[each.site].average_draw, each.watts});
    both.planned_spend = planned[i].state.spend();
    both.spend = actual.spend;
    period.actual = std::move(both);
    return;
  }
}

}  // namespace fleetrace
