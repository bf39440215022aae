#include "sim/study/optimise/prober.hpp"

#include <algorithm>
#include <iterator>

namespace fleetrace::study {
namespace {

/// Dollars that are spent on trend hardware in one probe: enough for power to be counted in milliwatt.
constexpr std::int64_t kTrendProbe = 1'000'000;

/// How the rate of useful work changes in a race, by unit.
std::vector<RateChange> changes_in(const fleet::Trajectory& trajectory, double units) {
  std::vector<RateChange> changes;
  double rate = 0;
  for (const fleet::Trajectory::Segment& segment : trajectory.segments()) {
    if (segment.rate == rate) continue;
    changes.push_back({segment.from_years, (segment.rate - rate) / units});
    rate = segment.rate;
  }
  return changes;
}

/// The first less the second, by date.
std::vector<RateChange> difference(const std::vector<RateChange>& first, std::vector<RateChange> second) {
  for (RateChange& each : second) each.rate = -each.rate;
  second.insert(second.end(), first.begin(), first.end());
  std::stable_sort(second.begin(), second.end(),
                   [](const RateChange& a, const RateChange& b) { return a.years < b.years; });
  std::vector<RateChange> result;
  for (const RateChange& each : second) {
    if (result.empty() || result.back().years != each.years) {
      result.push_back(each);
    } else if ((result.back().rate += each.rate) == 0) {
      result.pop_back();
    }
  }
  return result;
}

}  // namespace

Prober::Prober(const fleet::StrategySetup& setup) : setup_(without_limits(setup)) {
  world_.recorder.keep(fleet::Detail::metrics, std::nullopt);
}

void Prober::race(PurchaseColumn& column) {
  const fleet::Plant& plant = setup_.plant;
  const std::int64_t units = plant.market.trend ? kTrendProbe : 1;
  place_orders({column}, {units}, setup_);
  fleet::simulate(world_, setup_, outcome_);
  column.changes = changes_in(outcome_.trajectory, static_cast<double>(units));
  column.effective = outcome_.final.effective_flop / static_cast<double>(units);
  column.arrives = plant.supply.mean_arrival(column.at);
  column.leaves = core::Time::latest();
  if (outcome_.cohorts.empty()) return;
  const fleet::Cohort& cohort = outcome_.cohorts.front();
  column.leaves = plant.retires(cohort, column.arrives);
  column.milliwatt = static_cast<double>(cohort.nameplate_milliwatt) / static_cast<double>(units);
  column.takes_place = cohort.takes_place();
}

void Prober::race_retirement(const fleet::InitialCohort& cohort, PurchaseColumn& column) {
  const auto units = static_cast<double>(cohort.count);
  setup_.plant.initial = {cohort};
  setup_.plant.initial.front().site = column.site;
  place_orders({}, {}, setup_);
  fleet::simulate(world_, setup_, outcome_);
  const std::vector<RateChange> stays = changes_in(outcome_.trajectory, units);
  const double effective = outcome_.final.effective_flop;
  const fleet::Cohort one = outcome_.cohorts.front();
  setup_.plant.initial.front().taken_out = column.at;
  fleet::simulate(world_, setup_, outcome_);
  column.changes = difference(changes_in(outcome_.trajectory, units), stays);
  column.effective = (outcome_.final.effective_flop - effective) / units;
  column.arrives = column.at;
  column.leaves = setup_.plant.retires(cohort);
  column.milliwatt = -static_cast<double>(one.nameplate_milliwatt);
  column.takes_place = one.takes_place();
  setup_.plant.initial.clear();
}

void add_retirements(const PlanProblem& problem, std::vector<PurchaseColumn>& columns) {
  constexpr std::size_t kMostColumns = 50'000;
  std::vector<core::Time> arrivals;
  arrivals.reserve(columns.size());
  for (const PurchaseColumn& each : columns) arrivals.push_back(each.arrives);
  std::sort(arrivals.begin(), arrivals.end());
  arrivals.erase(std::unique(arrivals.begin(), arrivals.end()), arrivals.end());
  std::vector<PurchaseColumn> added;
  const auto within = [&](core::Time after, core::Time before) {
    const auto first = std::upper_bound(arrivals.begin(), arrivals.end(), after);
    return std::pair(first, std::max(first, std::lower_bound(arrivals.begin(), arrivals.end(), before)));
  };
  std::size_t count = columns.size();
  for (const PurchaseColumn& each : columns) {
    const auto [first, last] = within(each.arrives, each.leaves);
    count += static_cast<std::size_t>(last - first);
  }
  if (count > kMostColumns)
    throw PlanError("with early retirement there would be " + std::to_string(count) +
                    " kinds of order, by date of order and of retirement; at most " + std::to_string(kMostColumns) +
                    " make sense. Choose a longer interval (--every)");
  Prober prober(problem.setup);
  for (const PurchaseColumn& each : columns) {
    const auto [first, last] = within(each.arrives, each.leaves);
    for (auto at = first; at != last; ++at) {
      PurchaseColumn early = each;
      early.taken_out = *at;
      prober.race(early);
      if (early.effective > 0) added.push_back(std::move(early));
    }
  }
  columns.insert(columns.end(), std::make_move_iterator(added.begin()), std::make_move_iterator(added.end()));
  const std::vector<fleet::InitialCohort>& initial = problem.setup.plant.initial;
  for (std::size_t i = 0; i < initial.size(); ++i) {
    if (!problem.base.stands[i] || initial[i].capacity > 0) continue;
    const auto [first, last] = within(problem.setup.horizon.start - core::kMillisecond,
                                      problem.setup.plant.retires(initial[i]));
    for (auto at = first; at != last; ++at) {
      PurchaseColumn column;
      column.at = *at;
      column.type = initial[i].type;
      column.site = *problem.base.stands[i];
      column.initial = i;
      prober.race_retirement(initial[i], column);
      columns.push_back(std::move(column));
    }
  }
}

}  // namespace fleetrace::study
