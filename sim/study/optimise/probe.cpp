#include <algorithm>
#include <limits>

#include "sim/fleet/early_retirement.hpp"
#include "sim/study/optimise/prober.hpp"

namespace fleetrace::study {
namespace {

/// Money that is enough for any probe.
const core::Money kPlenty = core::Money::from_micros(8'000'000'000'000'000'000);
bool has_outages(const fleet::StrategySetup& setup) {
  return std::any_of(setup.plant.sites.begin(), setup.plant.sites.end(),
                     [](const fleet::Site& site) { return site.outages != nullptr; });
}

/// The allocations from which an order of a type for a site may be taken.
std::vector<std::uint32_t> sources(const fleet::Supply& supply, std::size_t type, std::uint32_t site, core::Time at) {
  std::vector<std::uint32_t> found;
  bool is_allotted = false;
  for (const fleet::Allocation& each : supply.allocations) {
    if (each.type != type) continue;
    is_allotted = true;
    const bool fits = each.site == fleet::kAnySite || each.site == site;
    if (fits && each.from <= at && std::find(found.begin(), found.end(), each.site) == found.end())
      found.push_back(each.site);
  }
  if (!is_allotted) found.push_back(fleet::kAnySite);
  return found;
}

/// Takes so many of one cohort, or of what is left of it, out of service.
void take_out_of(std::size_t index, std::int64_t count, core::Time at, std::vector<fleet::InitialCohort>& initial) {
  // What has been taken out already stands before the rest.
  while (initial[index].taken_out < core::Time::latest()) ++index;
  std::vector<fleet::InitialCohort> one{initial[index]};
  (void)fleet::take_out({one.front().type, {}, fleet::kAnySite}, count, at, one);
  initial.erase(initial.begin() + static_cast<std::ptrdiff_t>(index));
  initial.insert(initial.begin() + static_cast<std::ptrdiff_t>(index), one.begin(), one.end());
}

}  // namespace

void place_orders(const std::vector<PurchaseColumn>& columns, const Counts& counts, fleet::StrategySetup& setup) {
  models::PurchasePolicy& policy = setup.strategy.policy;
  policy.orders.clear();
  policy.installments.clear();
  policy.first_review = core::Time::latest();
  const bool names_sites = setup.strategy.sites.size() > 1;
  std::vector<std::pair<std::size_t, std::size_t>> retirements;  // by cohort, the last first, so that no index moves
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (counts[i] <= 0) continue;
    const PurchaseColumn& column = columns[i];
    if (column.initial) {
      retirements.emplace_back(*column.initial, i);
      continue;
    }
    policy.first_review = std::min(policy.first_review, column.at);
    if (setup.plant.market.trend) {
      policy.installments.push_back({column.at, column.price * counts[i] + setup.plant.supply.order_cost});
      continue;
    }
    models::PlannedOrder order;
    order.at = column.at;
    order.accelerator = setup.plant.market.types[column.type].name;
    order.count = counts[i];
    order.type = column.type;
    order.taken_out = column.taken_out;
    if (names_sites) order.place = column.site;
    policy.orders.push_back(std::move(order));
  }
  std::stable_sort(policy.orders.begin(), policy.orders.end(),
                   [](const auto& a, const auto& b) { return a.at < b.at; });
  std::stable_sort(policy.installments.begin(), policy.installments.end(),
                   [](const auto& a, const auto& b) { return a.at < b.at; });
  core::Money released;
  for (models::Installment& each : policy.installments) each.released = released += each.released;
  policy.reviews = static_cast<std::int64_t>(policy.orders.size());
  std::stable_sort(retirements.begin(), retirements.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  for (const auto& [cohort, i] : retirements) take_out_of(cohort, counts[i], columns[i].at, setup.plant.initial);
}

fleet::StrategySetup without_limits(const fleet::StrategySetup& setup) {
  constexpr double kLimitless = std::numeric_limits<double>::infinity();
  fleet::StrategySetup lifted = setup;
  fleet::Plant& plant = lifted.plant;
  plant.initial.clear();
  for (fleet::Site& site : plant.sites) {
    site.base = {kLimitless, kLimitless, kLimitless, kLimitless};
    site.additions.clear();
    site.cost_per_watt = 0;
    site.fixed_overhead = 0;
  }
  plant.supply.yearly_limit = fleet::kNoLimit;
  plant.supply.allocations.clear();
  plant.supply.lot = 1;
  plant.supply.order_cost = {};
  lifted.strategy.budget = kPlenty;
  lifted.horizon.sample_every = setup.horizon.end - setup.horizon.start;
  lifted.loss.targets.clear();
  return lifted;
}

std::vector<PurchaseColumn> probe_columns(const fleet::StrategySetup& setup, const std::vector<core::Time>& dates,
                                          const std::atomic<bool>* stop) {
  const models::Market& market = setup.plant.market;
  const std::size_t types = market.trend ? 1 : market.on_sale;
  const bool differ = has_outages(setup);
  std::vector<std::uint32_t> sites = setup.strategy.sites;
  if (market.trend || sites.empty()) sites.resize(1);
  Prober prober(setup);
  std::vector<PurchaseColumn> columns;
  for (const core::Time at : dates) {
    if (stop != nullptr && stop->load()) throw PlanStopped();
    for (std::size_t type = 0; type < types; ++type) {
      if (!market.trend && !market.types[type].is_on_sale(at)) continue;
      PurchaseColumn column;
      column.at = at;
      column.type = type;
      column.price = market.trend
                         ? core::Money::from_usd(1)
                         : std::max(core::Money::from_micros(1), core::Money::from_usd(market.types[type].cost(at)));
      if (setup.plant.supply.mean_arrival(at) >= setup.horizon.end) continue;
      bool is_raced = false;
      for (const std::uint32_t site : sites) {
        column.site = site;
        if (!is_raced || differ) {
          column.changes.clear();
          prober.race(column);
          is_raced = true;
        }
        if (!(column.effective > 0)) continue;
        for (const std::uint32_t source : sources(setup.plant.supply, type, site, at)) {
          column.allotted_to = source;
          columns.push_back(column);
        }
      }
    }
  }
  return columns;
}

BaseWorld base_world(const fleet::StrategySetup& setup) {
  BaseWorld base;
  base.occupancy.resize(setup.plant.sites.size());
  fleet::World world;
  world.recorder.keep(fleet::Detail::metrics, std::nullopt);
  core::Time last = setup.horizon.start;
  const auto note = [&](const fleet::World& now, core::Time from) {
    for (std::uint32_t i = 0; i < now.sites.size(); ++i) {
      const fleet::SiteState& state = now.sites[i];
      std::vector<Occupancy>& known = base.occupancy[i];
      if (known.empty() || known.back().milliwatt != state.powered_milliwatt ||
          known.back().places != state.accelerators)
        known.push_back({from, state.powered_milliwatt, state.accelerators});
    }
    base.has_waited = base.has_waited || !now.sites.queue().empty();
  };
  // It is called before each event, and sees what all events of the instants before have left.
  const fleet::EventObserver watch = [&](const fleet::World& now, const fleet::Event& event) {
    if (event.time > last) note(now, last);
    last = event.time;
  };
  fleet::Outcome outcome;
  fleet::simulate(world, setup, outcome, watch);
  note(world, last);
  std::uint32_t cohort = 0;
  for (const fleet::InitialCohort& each : setup.plant.initial) {
    base.stands.emplace_back();
    if (setup.plant.retires(each) <= setup.horizon.start) continue;
    std::int64_t batches = 0;
    for (const fleet::Batch& batch : world.reliability.batches()) {
      if (batch.cohort != cohort) continue;
      base.stands.back() = batch.site;
      ++batches;
    }
    if (batches != 1) base.stands.back().reset();
    ++cohort;
  }
  base.effective = outcome.final.effective_flop;
  base.trajectory = std::move(outcome.trajectory);
  return base;
}

double lifted_mean_loss(const PlanProblem& problem, const Counts& counts) {
  fleet::StrategySetup setup = without_limits(problem.setup);
  setup.plant.initial = problem.setup.plant.initial;
  place_orders(problem.columns, counts, setup);
  fleet::World world;
  world.recorder.keep(fleet::Detail::metrics, std::nullopt);
  fleet::Outcome outcome;
  fleet::simulate(world, setup, outcome);
  return outcome.final.mean_relative_loss;
}

Counts mixed_schedule(const PlanProblem& problem) {
  Counts mixed(problem.columns.size());
  const std::size_t step = std::max<std::size_t>(1, mixed.size() / 13);
  const core::Money share = core::Money::from_micros(problem.money.micros() / 16);
  for (std::size_t i = step / 2; i < mixed.size(); i += step) {
    const PurchaseColumn& column = problem.columns[i];
    mixed[i] = column.initial ? problem.setup.plant.initial[*column.initial].count / 16
                              : std::max<std::int64_t>(1, share / column.price);
  }
  return mixed;
}

double superposition_error(const PlanProblem& problem, const Counts& counts) {
  fleet::StrategySetup setup = without_limits(problem.setup);
  fleet::World world;
  world.recorder.keep(fleet::Detail::metrics, std::nullopt);
  fleet::Outcome outcome;
  double worst = 0;
  const auto compare = [&](const Counts& schedule) {
    setup.plant.initial = problem.setup.plant.initial;
    place_orders(problem.columns, schedule, setup);
    fleet::simulate(world, setup, outcome);
    double effective = problem.base.effective;
    double usd = 0;
    for (std::size_t i = 0; i < schedule.size(); ++i) {
      effective += static_cast<double>(schedule[i]) * problem.columns[i].effective;
      usd += static_cast<double>(schedule[i]) * problem.columns[i].price.usd();
    }
    if (effective > 0) worst = std::max(worst, std::fabs(outcome.final.effective_flop / effective - 1));
    if (usd > 0) worst = std::max(worst, std::fabs(outcome.final.capex.usd() / usd - 1));
  };
  Counts mixed = mixed_schedule(problem);
  compare(mixed);
  for (std::size_t i = 0; i < mixed.size(); ++i) mixed[i] *= problem.columns[i].initial ? 1 : 2;
  compare(mixed);
  compare(counts);
  return worst;
}

}  // namespace fleetrace::study
