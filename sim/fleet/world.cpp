#include "sim/fleet/world.hpp"

#include <algorithm>

#include "sim/fleet/procurement/make_cohort.hpp"

namespace fleetrace::fleet {
namespace {

Cohort initial_cohort(const StrategySetup& setup, const InitialCohort& initial) {
  const models::Market& market = setup.plant.market;
  Cohort cohort;
  if (initial.capacity == 0) {
    cohort = make_accelerators(market, initial.type, initial.count, market.types[initial.type].cost(initial.installed));
  } else if (market.trend) {
    cohort = make_capacity(initial.capacity, market.trend->power_per_flops,
                           initial.capacity / market.trend->price_performance);
  } else {
    cohort = make_capacity(initial.capacity, 0, 0);
  }
  cohort.ordered = cohort.waits_since = initial.installed;
  cohort.site = initial.site;
  cohort.taken_out = initial.taken_out;
  cohort.work_rate = cohort.useful_peak() * setup.plant.operations.utilisation();
  return cohort;
}

}  // namespace

// Events of one instant and one phase come in the order in which they are planned here.
void World::reset(const StrategySetup& setup) {
  setup_ = &setup;
  const core::Time start = setup.horizon.start;
  events.reset(setup.horizon);
  inventory.reset();
  reliability.reset(setup);
  job.reset(setup);
  run_scale.reset(setup);
  serving.reset(setup);
  research.reset(setup);
  forecast.reset(setup);
  rents.reset(start);
  waiting.reset(start);
  ledger.reset(setup);
  meter.reset(setup);
  trajectory.reset(setup.horizon, setup.plant.progress);
  inventory.set_training(serving.training_fraction(), start);
  recorder.reset(start, !setup.loss.targets.empty());
  corrections.reset(setup, events);
  sites.reset(setup, events);
  for (std::uint32_t i = 0; i < sites.size(); ++i) update_site(i);
  power.reset(setup, events);
  procurement.reset(setup, events);
  add_initial_fleet();
  fund_research();
  recorder.set_opening_worth(opening_worth());
  research.schedule_jump(trajectory, events);
  research.schedule_adoptions(events);
  serving.schedule_shares(events);
  for (std::uint32_t i = 0; i < setup.strategy.rents.size(); ++i)
    events.schedule(setup.strategy.rents[i].at, EventKind::rental, i);
  for (std::uint32_t i = 0; i < setup.strategy.moves.size(); ++i)
    events.schedule(setup.strategy.moves[i].at, EventKind::departure, i);
  if (setup.strategy.policy.review != nullptr) events.schedule(setup.strategy.policy.first_review, EventKind::review);
  const bool has_running_costs = setup.finance.earns() || setup.finance.interest != 0 ||
                                 setup.plant.progress.cost_per_year > 0 || setup.strategy.may_rent() ||
                                 std::any_of(setup.plant.sites.begin(), setup.plant.sites.end(),
                                             [](const Site& site) { return site.has_energy_costs(); });
  if (has_running_costs) events.schedule(core::saturating_add(start, core::kMonth), EventKind::booking);
  if (recorder.detail() != Detail::metrics) events.schedule(start, EventKind::sample);
  for (const core::Time date : recorder.dates()) {
    if (date >= start) events.schedule(date, EventKind::checkpoint);
  }
  note_spending();
}

/// The initial fleet is in service from the first instant on, as far as power allows; its age counts.
void World::add_initial_fleet() {
  for (const InitialCohort& initial : setup().plant.initial) {
    if (setup().plant.retires(initial) <= setup().horizon.start) continue;
    const std::uint32_t index = add_cohort(initial_cohort(setup(), initial), State::waiting_for_power);
    sites.enqueue(index, inventory[index]);
  }
  inventory.close_initial();
  install_waiting();
}

/// Market value of the initial fleet [USD].
double World::opening_worth() const {
  const core::Time start = setup().horizon.start;
  const std::optional<double> price = procurement.price_of_compute(start);
  const auto worth_of = [&](const Cohort& cohort) {
    return procurement.worth_new(cohort, price, start, trajectory.law());
  };
  double worth = 0;
  for (const Batch& batch : reliability.batches()) {
    const double age = (start - batch.born).years();
    worth += static_cast<double>(batch.count) * worth_of(inventory[batch.cohort]) *
             setup().plant.operations.resale.worth(age, setup().plant.own_life_of(inventory[batch.cohort].type));
  }
  for (const Cohort& cohort : inventory.cohorts())
    worth += static_cast<double>(cohort.count(State::waiting_for_power)) * worth_of(cohort);
  return worth;
}

void World::handle(const Event& event) {
  const EventType& type = info(event.payload.kind);
  if (reliability.batches_failures() && type.failures == FailuresFirst::applied) apply_pending_failures(now());
  type.handle(*this, event.payload);
  if (recorder.keeps_spending() && type.phase != engine::Phase::closing) note_spending();
}

void World::apply_pending_failures(core::Time at) { reliability.apply_pending(at, measured()); }

engine::RunResult World::run(std::uint64_t most_events) {
  return engine::run(events.calendar(), {setup().horizon.end, most_events},
                     [this](const Event& event) { handle(event); });
}

void World::finish() {
  const core::Time end = setup().horizon.end;
  apply_pending_failures(end);
  for (std::uint32_t i = 0; i < reliability.batches().size(); ++i) {
    const Batch& batch = reliability[i];
    if (batch.count > 0) reliability.count_expected_failures(i, inventory[batch.cohort], end);
  }
  if (recorder.keeps_spending()) pace_changes(end);
  // What is still owed falls due.
  if (ledger.owed() > core::Money{}) ledger.settle(ledger.owed(), end);
  book(end);
  sample(end);
}

}  // namespace fleetrace::fleet
