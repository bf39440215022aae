#include <algorithm>
#include <limits>

#include "sim/fleet/world.hpp"

// Money, energy and what is sampled of the fleet.
namespace fleetrace::fleet {

PurchaseContext World::purchase_context() {
  return {events, inventory, sites, ledger, recorder, meter, trajectory, reliability.retirements()};
}

double World::worth_new(const Cohort& cohort) const {
  return procurement.worth_new(cohort, procurement.price_of_compute(now()), now(), trajectory.law());
}

std::int64_t World::to_sell(const Batch& batch) const {
  if (inventory[batch.cohort].rented) return 0;
  return batch.handed_down && setup().plant.operations.hand_down->credit > 0 ? 0 : batch.healthy;
}

void World::update_site(std::uint32_t site) { ledger.build(sites.update(site, meter, now()), now()); }

double World::carrying_usd(const Cohort& cohort) const {
  const core::Duration life = setup().plant.life_of(cohort.type);
  // What costs more than money can count counts as the most, so that sums stay finite.
  return std::min(cohort.cost_usd, core::Money::from_micros(std::numeric_limits<std::int64_t>::max()).usd()) *
         models::capital_recovery_factor(setup().finance.discount_rate, life == core::Duration::unlimited()
                                                                            ? std::numeric_limits<double>::infinity()
                                                                            : life.years());
}

/// Rent due until `at`, never more than is committed; at the end of the horizon the rest of all terms, too.
core::Money World::rent_due(core::Time at) const {
  if (at >= setup().horizon.end) return ledger.committed_rent();
  return std::min(core::Money::from_usd(rents.total(at)), ledger.committed_rent());
}

void World::book(core::Time at) {
  sites.settle_contracts(meter, at);
  ledger.book(core::Money::from_usd(sites.energy_usd(meter, at)), core::Money::from_usd(research.cost_usd(at)),
              rent_due(at), at);
  const models::Finance& finance = setup().finance;
  if (!finance.earns() && finance.interest == 0) return;
  const double pf_days = finance.compute_value > 0 ? trajectory.effective_at(at) / models::kPetaflopDay : 0;
  ledger.earn(
      {core::Money::from_usd(meter.revenue().usd_at(at)), core::Money::from_usd(finance.compute_value * pf_days),
       core::Money::from_usd(finance.interest * ledger.idle_usd_years(at))},
      at);
}

double World::running_usd(core::Time at) const {
  const double rent = std::min(rents.total(at), ledger.committed_rent().usd());
  return sites.energy_usd(meter, at) + research.cost_usd(at) + rent;
}

void World::pace_changes(core::Time at) {
  SpendingRecord& spending = recorder.spending();
  if (spending.ends_before(at)) spending.ran_up(at, running_usd(at));
}

// Failures that are pending are noted when they are applied.
void World::note_spending() {
  if (!recorder.keeps_spending()) return;
  recorder.spending().paid(now(), ledger.capex() + ledger.facility());
  if (!reliability.has_pending()) pace_changes(now());
}

Totals World::totals_at(core::Time at) const {
  Totals totals = meter.totals_at(at);
  totals.effective_flop = trajectory.effective_at(at);
  return totals;
}

// Nothing is applied or booked, so that it makes no difference when and how often somebody looks.
Sample World::compute_at(core::Time at) {
  Sample sample;
  sample.time = at;
  if (reliability.has_pending()) {
    seen_ = meter;
    const PendingFailures::Preview pending = reliability.preview_pending(at, inventory, seen_);
    sample.effective_flop = trajectory.effective_after(pending.since, at,
                                                       pending.moments * serving.training_fraction());
  } else {
    sample.effective_flop = trajectory.effective_at(at);
  }
  return sample;
}

Sample World::state_at(core::Time at) {
  Sample sample = compute_at(at);
  const ComputeMeter* seen = reliability.has_pending() ? &seen_ : &meter;
  sample.physical_flop = seen->useful_flop_at(at);
  sample.capex = ledger.capex();
  sample.facility = ledger.facility();
  sample.energy_cost = core::Money::from_usd(sites.energy_usd(*seen, at));
  sample.research = core::Money::from_usd(research.cost_usd(at));
  sample.rent = rent_due(at);
  sample.resale = ledger.resale();
  sample.revenue = core::Money::from_usd(seen->revenue().usd_at(at));
  describe_fleet(*seen, sample);
  return sample;
}

void World::sample(core::Time at) {
  if (recorder.detail() == Detail::metrics) return;
  recorder.add(recorder.detail() == Detail::whole ? state_at(at) : compute_at(at));
}

core::Time World::next_sample() const {
  const Horizon& horizon = setup().horizon;
  const auto taken = static_cast<std::int64_t>(recorder.series().size());
  const std::int64_t every = horizon.sample_every.milliseconds();
  const std::int64_t last = ((horizon.end - horizon.start).milliseconds() - 1) / every + 1;
  static constexpr std::int64_t kLast = kLossDates - 1;
  const std::int64_t next = recorder.detail() == Detail::losses && last > kLast ? taken * last / kLast : taken;
  return core::saturating_add(horizon.start, horizon.sample_every * next);
}

void World::checkpoint() {
  if (recorder.wants_checkpoint(now())) recorder.add_checkpoint(state_at(now()));
  if (!recorder.first_efficiency() && meter.rates().peak > 0) recorder.set_first_efficiency(efficiency(now()));
}

double World::average_draw(std::uint32_t site, const ComputeMeter& seen) const {
  const models::FailureLaw& failures = setup().plant.operations.failures;
  const double power_factor = failures.power_factor();
  const Site& place = setup().plant.sites[site];
  const double powered = place.powered(failures);
  return seen.average_power(site) * power_factor * powered * place.marginal_pue() + sites[site].fixed_watts;
}

/// Fills in counts, power, energy and what serves.
void World::describe_fleet(const ComputeMeter& seen, Sample& sample) const {
  for (const Cohort& cohort : inventory.cohorts()) {
    const auto installed = static_cast<double>(cohort.installed());
    const models::H100Equivalents each = setup().plant.h100s_of(cohort);
    sample.h100e_bf16 += installed * each.bf16;
    sample.h100e_8bit += installed * each.eight_bit;
    if (cohort.is_capacity()) continue;
    for (std::size_t state = 0; state < kStates; ++state) sample.accelerators[state] += cohort.counts[state];
  }
  sample.capacity = seen.rates().peak;
  sample.nameplate_site_power = sites.nameplate_site_watts();
  for (std::uint32_t i = 0; i < sites.size(); ++i) {
    sample.average_site_power += average_draw(i, seen);
    sample.energy_kwh += sites.energy_kwh(i, seen, sample.time);
  }
  if (serving.is_demanded()) {
    sample.serving_load = serving.load(sample.time);
    sample.serving_carried = serving.carried();
    sample.unmet_flop = serving.unmet_flop(sample.time);
  }
}

Efficiency World::efficiency(core::Time at) const {
  const Rates rates = meter.rates();
  const Operations& operations = setup().plant.operations;
  // The expected goodput also where interruptions are drawn: growth is not read off two moments' luck.
  const double useful = (operations.job ? job.expected_goodput(job_accelerators()) : 1) * run_scale.lasting() *
                        serving.training_fraction();
  const double compute = rates.work * useful * trajectory.multiplier(at);
  double watts = 0;
  for (std::uint32_t i = 0; i < sites.size(); ++i)
    watts += meter.average_power(i) * setup().plant.sites[i].powered(operations.failures);
  watts *= operations.failures.power_factor();
  return {at, watts > 0 ? compute / watts : 0, rates.cost_usd > 0 ? compute / rates.cost_usd : 0};
}

}  // namespace fleetrace::fleet
