#include "sim/study/optimise/waiting.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fleetrace::study {
namespace {

/// Columns after they were split, about, so that programmes stay small; and intervals at most.
constexpr std::size_t kMostColumns = 12'000;
constexpr std::size_t kMostIntervals = 160;
/// What rounding to milliseconds may add to what is made in an interval: a share of it, and units.
constexpr double kRoundedShare = 1e-9;
constexpr double kRoundedUnits = 1e-5;

/// Integral of the algorithm's multiplier [s].
double multiplier(const fleet::Trajectory& trajectory, double from, double to) {
  const std::vector<fleet::Trajectory::Segment>& segments = trajectory.segments();
  double years = 0;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const double begins = std::max(from, segments[i].from_years);
    const double ends = i + 1 < segments.size() ? std::min(to, segments[i + 1].from_years) : to;
    if (begins < ends) years += trajectory.elapsed(segments[i], begins, ends);
  }
  return years * core::kYear.seconds();
}

/// Dates that divide the time in which units come into service: when they arrive if nothing holds them up, as many more as
/// programmes stay small with, and the end.
std::vector<core::Time> interval_dates(const PlanProblem& problem) {
  std::vector<core::Time> arrivals;
  for (const PurchaseColumn& each : problem.columns) arrivals.push_back(each.arrives);
  std::sort(arrivals.begin(), arrivals.end());
  arrivals.erase(std::unique(arrivals.begin(), arrivals.end()), arrivals.end());
  // On average a column has half of them before it.
  const std::size_t most = std::clamp<std::size_t>(2 * kMostColumns / problem.columns.size(), 2, kMostIntervals);
  const std::size_t step = (arrivals.size() + most - 1) / most;
  const std::size_t parts = std::max<std::size_t>(1, most / arrivals.size());
  std::vector<core::Time> dates;
  for (std::size_t i = 0; i < arrivals.size(); i += step) {
    const core::Time next = i + step < arrivals.size() ? arrivals[i + step] : problem.setup.horizon.end;
    const std::int64_t length = (next - arrivals[i]).milliseconds();
    for (std::size_t part = 0; part < parts; ++part) {
      const auto share = static_cast<double>(part) / static_cast<double>(parts);
      dates.push_back(arrivals[i] +
                      core::Duration::from_milliseconds(std::llround(share * static_cast<double>(length))));
    }
  }
  dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
  dates.push_back(problem.setup.horizon.end);
  return dates;
}

/// The column of what is ordered likewise and comes into service within an interval.
PurchaseColumn within(const PlanProblem& problem, const PurchaseColumn& column, core::Time from, core::Time to) {
  const fleet::Horizon& horizon = problem.setup.horizon;
  const fleet::Plant& plant = problem.setup.plant;
  double rate = 0;
  double most = 0;
  for (const RateChange& change : column.changes) most = std::max(most, rate += change.rate);
  const auto integral = [&](core::Time at) {
    const core::Time leaves = std::min(horizon.end, plant.retires(column.type, at));
    return multiplier(problem.base.trajectory, horizon.years_at(at), horizon.years_at(leaves));
  };
  // Algorithms never get worse, so that it is best that a life ends when the horizon or the type's own life does.
  const core::Time last = std::min(horizon.end, plant.market.types[column.type].end_of_life);
  const core::Duration life = plant.life_of(column.type);
  const core::Time best = life < last - from ? std::min(to, last - life) : from;
  PurchaseColumn part = column;
  part.effective = most * integral(best);
  part.changes = {{horizon.years_at(from), most}};
  const core::Time gone = plant.retires(column.type, to);
  if (gone < horizon.end) part.changes.push_back({horizon.years_at(gone), -most});
  part.arrives = std::min(to, horizon.end - core::kMillisecond);
  part.leaves = std::max(part.arrives, plant.retires(column.type, from));
  return part;
}

/// The interval in which an instant lies.
std::size_t interval_of(const std::vector<core::Time>& dates, core::Time at) {
  const auto later = std::upper_bound(dates.begin(), dates.end(), at);
  return static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, later - dates.begin() - 1));
}

/// What is made of a type within each interval between dates, all of them later by the time from production to service.
MadeUnits made_of(const fleet::StrategySetup& truth, std::size_t type, const std::vector<core::Time>& dates) {
  const fleet::Supply& supply = truth.plant.supply;
  const core::Duration later = supply.burn_in + supply.lead_time.mean;
  const core::Time released = truth.plant.market.types[type].released;
  const auto made = [&](core::Time at) { return supply.production.cumulative((at - later - released).years()); };
  MadeUnits units{type, {}};
  for (std::size_t i = 0; i + 1 < dates.size(); ++i)
    units.most.push_back((made(dates[i + 1]) - made(dates[i])) * (1 + kRoundedShare) + kRoundedUnits);
  return units;
}

}  // namespace

void split_by_arrival(const fleet::StrategySetup& truth, PlanProblem& problem, PlanProblem& raced) {
  if (problem.columns.empty()) return;
  problem.intervals = interval_dates(problem);
  const std::vector<core::Time>& dates = problem.intervals;
  std::vector<PurchaseColumn> parts;
  std::vector<PurchaseColumn> as_raced;
  for (std::size_t i = 0; i < problem.columns.size(); ++i) {
    const PurchaseColumn& column = problem.columns[i];
    for (std::size_t k = interval_of(dates, column.arrives); k + 1 < dates.size(); ++k) {
      PurchaseColumn part = within(problem, column, std::max(column.arrives, dates[k]), dates[k + 1]);
      if (!(part.effective > 0)) continue;
      parts.push_back(std::move(part));
      as_raced.push_back(raced.columns[i]);
    }
  }
  if (truth.plant.supply.production.is_limited()) {
    for (std::size_t type = 0; type < truth.plant.market.on_sale; ++type)
      problem.made.push_back(made_of(truth, type, dates));
  }
  problem.columns = std::move(parts);
  raced.columns = std::move(as_raced);
}

void add_production_rows(const PlanProblem& problem, PlanProgram& plan) {
  const std::vector<core::Time>& dates = problem.intervals;
  for (const MadeUnits& made : problem.made) {
    double scale = 0;  // units of which the program counts shares
    double most = 0;   // that money buys
    for (std::size_t i = 0; i < problem.columns.size(); ++i) {
      if (problem.columns[i].type != made.type) continue;
      scale = std::max(scale, plan.unit[i]);
      most = std::max(most, problem.money.usd() / problem.columns[i].price.usd());
    }
    if (!(scale > 0)) continue;
    std::vector<LinearProgram::Row> waiting(made.most.size(), {0, 0, {}});  // ordered and not made
    std::vector<LinearProgram::Row> stored(made.most.size(), {0, 0, {}});   // made and not in service
    std::size_t before_waiting = 0;
    std::size_t before_stored = 0;
    for (std::size_t i = 0; i < made.most.size(); ++i) {
      const std::size_t now = plan.program.add_column({0, 0, std::min(made.most[i], most) / scale});
      const std::size_t left_waiting = plan.program.add_column({0, 0, most / scale});
      const std::size_t left_stored = plan.program.add_column({0, 0, most / scale});
      waiting[i].terms = {{left_waiting, 1}, {now, 1}};
      stored[i].terms = {{left_stored, 1}, {now, -1}};
      if (i > 0) waiting[i].terms.push_back({before_waiting, -1});
      if (i > 0) stored[i].terms.push_back({before_stored, -1});
      before_waiting = left_waiting;
      before_stored = left_stored;
    }
    for (std::size_t i = 0; i < problem.columns.size(); ++i) {
      const PurchaseColumn& column = problem.columns[i];
      if (column.type != made.type || !(plan.unit[i] > 0)) continue;
      const double share = plan.unit[i] / scale;
      waiting[interval_of(dates, problem.setup.plant.supply.mean_arrival(column.at))].terms.push_back({i, -share});
      // It arrives at the end of its interval at the latest.
      stored[interval_of(dates, column.arrives - core::kMillisecond)].terms.push_back({i, share});
    }
    for (std::size_t i = 0; i < made.most.size(); ++i) {
      (void)plan.program.add_row(std::move(waiting[i]));
      (void)plan.program.add_row(std::move(stored[i]));
    }
  }
}

}  // namespace fleetrace::study
