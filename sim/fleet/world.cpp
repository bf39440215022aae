#include "fleetrace/fleet/world.hpp"

#include <algorithm>
#include <cmath>

#include "events/events.hpp"
#include "hardware_failures.hpp"
#include "new_cohort.hpp"
#include "power_outages.hpp"

namespace fleetrace::fleet {
namespace {

/// Whether units in that state are still to enter service.
bool is_pending(State state) {
  return state == State::ordered || state == State::in_transit || state == State::waiting_for_power;
}

Cohort initial_cohort(const Case& plan, const InitialCohort& initial) {
  const models::Market& market = plan.plant.market;
  Cohort cohort;
  if (initial.capacity == 0) {
    cohort = accelerators(market, initial.type, initial.count, market.types[initial.type].cost(initial.installed));
  } else if (market.trend) {
    cohort = capacity(initial.capacity, market.trend->power_per_flops,
                      initial.capacity / market.trend->price_performance);
  } else {
    cohort = capacity(initial.capacity, 0, 0);
  }
  cohort.ordered = initial.installed;
  cohort.site = initial.site;
  cohort.work_rate = cohort.peak * plan.plant.operations.utilisation();
  return cohort;
}

}  // namespace

std::string_view to_string(EventKind kind) { return kEventTypes[static_cast<std::size_t>(kind)].name; }

void World::reset(const Case& scenario_case) {
  plan = &scenario_case;
  const Horizon& horizon = plan->horizon;
  calendar.clear(horizon.start);
  cohorts.clear();
  initial_cohorts = 0;
  waiting.clear();
  first_waiting = 0;
  retirements.clear();
  next_retirement = 0;
  batches.clear();
  devices.clear();
  clocks.reset(horizon.start, fails_by_device(*this) ? horizon.end : horizon.start);
  next_clock = {};
  ran_ahead = 0;
  pending_repairs.clear();
  free_repair = Batch::kNone;
  cells.clear();
  domains.clear();
  outages = 0;
  fresh_failures = lost_in_burn_in = 0;
  job = Job{};
  job.stream = core::Stream(plan->draw.seed, plan->draw.replication, core::Purpose::interruptions);
  run.reset();
  // Whatever the initial fleet is, it has been tuned, unless the scenario says at what scale.
  run.tuned = plan->plant.operations.throughput.retuning.tuned_at;
  failures = interruptions = 0;
  allotment = 0;
  if (plan->plant.demand) service.reset(*plan->plant.demand, horizon.start);
  handed_down_peak = core::Sum{};
  handed_down = handed_down_accelerators = 0;
  first_alive = 0;
  pending_peak = core::Sum{};
  pending = 0;
  rents = Rents{};
  rents.changed = horizon.start;
  ledger.reset(scenario_case);
  meter.reset(scenario_case);
  trajectory.reset(horizon, scenario_case.plant.progress);
  progress_stream = core::Stream(plan->draw.seed, plan->draw.replication, core::Purpose::progress_jumps);
  series.clear();
  bookings.clear();
  gathers = may_gather(plan->plant);
  drift.batches.clear();
  drift = Drift{horizon.start, std::move(drift.batches), 0, 0, horizon.start.milliseconds(), 0};
  committed_mw = committed_units = powered_mw = peak_powered_mw = 0;
  peak_site_watts = 0;
  open_sites();
  start_power(*this);
  ordered_this_year = 0;
  year = 0;
  reset_supply();
  installation_pending = false;
  obstacles = {};
  bindings.reset(horizon.start);
  idling = 0;
  idle_seconds = core::Sum{};
  idle_changed = horizon.start;
  reviews = 0;
  first_efficiency.reset();

  const models::Market& market = plan->plant.market;
  released_types = 0;
  for (std::size_t i = 0; i < market.on_sale; ++i) {
    if (market.types[i].released <= horizon.start) {
      released_types = i + 1;
    } else {
      schedule(market.types[i].released, EventKind::release, static_cast<std::uint32_t>(i));
    }
  }
  for (const InitialCohort& initial : plan->plant.initial) {
    if (core::saturating_add(initial.installed, plan->plant.operations.lifetime) <= horizon.start) continue;
    waiting.push_back(add_cohort(initial_cohort(*plan, initial), State::waiting_for_power));
  }
  initial_cohorts = static_cast<std::uint32_t>(cohorts.size());
  // The initial fleet is in service from the first instant on, as far as power allows; its age counts.
  install_waiting();
  fund_research();
  opening_worth = 0;
  const std::optional<double> price = price_of_compute(horizon.start);
  for (const Batch& batch : batches) {
    const double age = (horizon.start - batch.born).years();
    opening_worth += static_cast<double>(batch.count) * worth_new(cohorts[batch.cohort], price, horizon.start) *
                     plan->plant.operations.resale.worth(age);
  }
  for (const Cohort& cohort : cohorts)
    opening_worth += static_cast<double>(cohort.count(State::waiting_for_power)) *
                     worth_new(cohort, price, horizon.start);
  schedule_progress();
  for (std::size_t i = 0; i < plan->plant.adoptions.size(); ++i) {
    schedule(horizon.start + core::Duration::from_years(plan->plant.adoptions[i].years), EventKind::progress,
             static_cast<std::uint32_t>(i + 1));
  }
  const std::vector<Allotment>& allotments = plan->plant.operations.allotments;
  for (std::size_t i = 1; i < allotments.size(); ++i)
    schedule(allotments[i].from, EventKind::allotment, static_cast<std::uint32_t>(i));
  if (plan->strategy.plan.review != nullptr) schedule(plan->strategy.plan.first_review, EventKind::review);
  // Settling more often would give other last digits.
  keeps_series = detail == Detail::whole || gathers;
  const bool has_running_costs = plan->plant.progress.cost_per_year > 0 || plan->strategy.rented > 0 ||
                                 std::any_of(plan->plant.sites.begin(), plan->plant.sites.end(),
                                             [](const Site& site) { return site.dearest_electricity() > 0; });
  if (has_running_costs) schedule(core::saturating_add(horizon.start, core::kMonth), EventKind::booking);
  if (keeps_series) schedule(horizon.start, EventKind::sample);
}

engine::EventId World::schedule(core::Time at, EventKind kind, std::uint32_t index, std::int64_t count) {
  if (at >= plan->horizon.end) return {};
  return calendar.schedule(at, phase_of(kind), {kind, index, count});
}

engine::EventId World::schedule_after(double wait, EventKind kind, std::uint32_t index, std::int64_t count) {
  if (!(wait < static_cast<double>((plan->horizon.end - now()).milliseconds()))) return {};
  return schedule(now() + core::Duration::from_milliseconds(std::llround(wait)), kind, index, count);
}

void World::handle(const Event& event) {
  const EventKind kind = event.payload.kind;
  if (gathers && kind != EventKind::failure && kind != EventKind::repair && kind != EventKind::turnover) settle(now());
  kEventTypes[static_cast<std::size_t>(event.payload.kind)].handle(*this, event.payload);
}

std::uint32_t World::add_cohort(Cohort cohort, State state) {
  cohort.changed = now();
  cohort.count(state) = cohort.size;
  committed_mw += cohort.nameplate_mw * cohort.size;
  if (cohort.takes_place()) committed_units += cohort.size;
  if (is_pending(state)) count_pending(cohort, cohort.size);
  if (state == State::waiting_for_power) count_idle(cohort, cohort.size);
  cohorts.push_back(cohort);
  return static_cast<std::uint32_t>(cohorts.size() - 1);
}

void World::count_pending(const Cohort& cohort, std::int64_t count) {
  pending += count;
  if (pending == 0) {
    pending_peak = core::Sum{};
  } else {
    pending_peak.add(static_cast<double>(count) * cohort.peak);
  }
  if (cohort.site == SiteState::kAny) return;
  sites[cohort.site].bound_mw += count * cohort.nameplate_mw;
  if (cohort.takes_place()) sites[cohort.site].bound_units += count;
}

void World::move(std::uint32_t index, State from, State to, std::int64_t count, double share, std::uint32_t site) {
  if (count == 0) return;
  const auto change_by = [count](bool before, bool after) {
    return before == after ? std::int64_t{0} : after ? count : -count;
  };
  Cohort& cohort = cohorts[index];
  if (is_installed(from) || is_installed(to)) {
    cohort.count_until(now());
    UnitChange change{change_by(is_installed(from), is_installed(to)), change_by(is_healthy(from), is_healthy(to)),
                      change_by(from == State::in_service, to == State::in_service)};
    change.working = static_cast<double>(change.in_service) * share;
    change.site = site;
    if (change.installed != 0) count_installed(cohort, change.installed, site);
    cohort.count(from) -= count;
    cohort.count(to) += count;
    cohort.working = cohort.count(State::in_service) == 0 ? 0 : cohort.working + change.working;
    meter.change(cohort, change, now());
    if (meter.needs_recount()) meter.recount(cohorts);
    if (plan->plant.demand) count_handed_down(cohort, change_by(from == State::serving, to == State::serving));
    refresh_work();
    if (change.installed != 0 && plan->plant.progress.fleet_share > 0) fund_research();
  } else {
    cohort.count(from) -= count;
    cohort.count(to) += count;
  }
  if (is_pending(from) && !is_pending(to)) count_pending(cohort, -count);
  if (from == State::waiting_for_power) count_idle(cohort, -count);
  if (to == State::waiting_for_power) count_idle(cohort, count);
  if (to == State::retired) {
    committed_mw -= count * cohort.nameplate_mw;
    if (cohort.takes_place()) committed_units -= count;
  }
}

void World::count_idle(const Cohort& cohort, std::int64_t count) {
  if (cohort.is_capacity()) return;
  if (now() != idle_changed) {
    idle_seconds.add(static_cast<double>(idling) * (now() - idle_changed).seconds());
    idle_changed = now();
  }
  idling += count;
}

void World::count_handed_down(const Cohort& cohort, std::int64_t count) {
  if (count == 0) return;
  handed_down += count;
  if (!cohort.is_capacity()) handed_down_accelerators += count;
  if (handed_down == 0) {
    handed_down_peak = core::Sum{};
  } else {
    handed_down_peak.add(static_cast<double>(count) * cohort.peak);
  }
}

void World::fund_research() {
  models::ProgressLaw law = trajectory.law();
  if (law.fund == nullptr) return;
  const double reference_peak = plan->loss.reference.peak_flop / core::kYear.seconds();
  const double input = law.cost_per_year / law.reference_cost +
                       law.fleet_share / law.reference_share * meter.rates().peak / reference_peak;
  law.fund(law, plan->horizon.years_at(now()), input);
  trajectory.change_law(now(), law);
}

void World::schedule_progress() {
  const models::ProgressLaw& law = trajectory.law();
  if (law.wait == nullptr) return;
  const double years = law.wait(law, progress_stream);
  if (years < plan->horizon.years_at(plan->horizon.end))
    schedule(now() + core::Duration::from_years(years), EventKind::progress);
}

void World::request_installation() {
  if (installation_pending || first_waiting == waiting.size()) return;
  installation_pending = true;
  schedule(now(), EventKind::installation);
}

Totals World::totals_at(core::Time at) const {
  Totals totals = meter.totals_at(at);
  totals.effective_flop = trajectory.effective_at(at);
  return totals;
}

void World::sample(core::Time at) {
  Sample sample;
  sample.time = at;
  sample.capex = ledger.capex();
  sample.facility = ledger.facility();
  sample.energy_cost = ledger.energy();
  sample.research = ledger.research();
  sample.rent = ledger.rent();
  sample.resale = ledger.resale();
  if (detail == Detail::whole) {
    describe_fleet(sample);
    if (!first_efficiency && sample.capacity > 0) first_efficiency = efficiency(at);
  }
  series.push_back(sample);
}

void World::describe_fleet(Sample& sample) const {
  const Totals totals = totals_at(sample.time);
  sample.effective_flop = totals.effective_flop;
  sample.physical_flop = totals.useful_flop;
  for (const Cohort& cohort : cohorts) {
    if (cohort.is_capacity()) continue;
    for (std::size_t state = 0; state < kStates; ++state) sample.accelerators[state] += cohort.counts[state];
  }
  sample.capacity = meter.rates().peak;
  const double power_factor = plan->plant.operations.failures.power_factor();
  for (std::uint32_t i = 0; i < sites.size(); ++i) {
    const double powered = plan->plant.sites[i].powered(plan->plant.operations.failures);
    sample.site_power += meter.average_power(i) * power_factor * powered * plan->plant.sites[i].marginal_pue() +
                         sites[i].fixed_watts;
    sample.energy_kwh += site_kwh(i, sample.time);
  }
  if (plan->plant.demand) {
    sample.serving_load = service.load(sample.time);
    sample.serving_carried = service.carried();
    sample.unmet_flop = service.unmet_flop(sample.time);
  }
}

World::Efficiency World::efficiency(core::Time at) const {
  const Rates rates = meter.rates();
  const Operations& operations = plan->plant.operations;
  // The expected goodput also where interruptions are drawn: growth is not read off two moments' luck.
  const double useful = (operations.job ? operations.job->expected_goodput(job_accelerators()) : 1) * run.lasting() *
                        allotted_to_training();
  const double compute = rates.work * useful * trajectory.multiplier(at);
  double power = 0;
  for (std::uint32_t i = 0; i < sites.size(); ++i)
    power += meter.average_power(i) * plan->plant.sites[i].powered(operations.failures);
  power *= operations.failures.power_factor();
  return {at, power > 0 ? compute / power : 0, rates.cost_usd > 0 ? compute / rates.cost_usd : 0};
}

}  // namespace fleetrace::fleet
