#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "finance_report.hpp"
#include "fleetrace/core/math.hpp"
#include "fleetrace/fleet/loss_curve.hpp"
#include "fleetrace/fleet/world.hpp"

namespace fleetrace::fleet {
namespace {

#ifdef FLEETRACE_CHECK_INVARIANTS
void check(const World& world, bool holds, const char* what) {
  if (!holds) throw std::logic_error(std::string(what) + " is not conserved, at " + core::to_iso8601(world.now()));
}
#endif

ComputeSplit split(const Reference& reference, const Totals& totals) {
  const double units = (reference.unit_seconds + totals.unit_seconds) / reference.unit_seconds;
  const double peak = (reference.peak_flop + totals.peak_flop) / reference.peak_flop;
  const double useful = (reference.useful_flop + totals.useful_flop) / reference.useful_flop;
  const double effective = (reference.compute + totals.effective_flop) / reference.compute;
  ComputeSplit parts;
  parts.total = core::log2(effective);
  parts.fleet = core::log2(units);
  parts.hardware = core::log2(peak / units);
  parts.utilisation = core::log2(useful / peak);
  parts.algorithm = core::log2(effective / useful);
  return parts;
}

std::optional<double> growth(double from, double to, double years) {
  if (!(from > 0) || !(to > 0) || !(years > 0)) return std::nullopt;
  return core::log2(to / from) / years;
}

void report_failures(const World& world, const Totals& totals, Final& final) {
  const Operations& operations = world.plan->plant.operations;
  const models::FailureLaw& law = operations.failures;
  const auto horizon_ms = static_cast<double>((world.plan->horizon.end - world.plan->horizon.start).milliseconds());
  const double accelerator_years = totals.accelerator_seconds / core::kYear.seconds();
  final.failures = law.drawn() ? static_cast<double>(world.failures)
                   : law.fresh ? world.fresh_failures
                               : law.failures_per_up_year * law.own_availability * accelerator_years;
  if (!law.domains.empty()) {
    final.outages = static_cast<double>(world.outages);
    if (!law.drawn()) {
      double per_year = 0;  // of each accelerator's share of its domains
      for (const models::FailureDomain& each : law.domains) {
        const double cycle_years = (each.life.mean + each.repair.mean) /
                                   static_cast<double>(core::kYear.milliseconds());
        per_year += 1 / (cycle_years * static_cast<double>(each.size));
      }
      final.outages = per_year * accelerator_years;
    }
  }
  double power_outages = 0;  // expected
  bool has_power_outages = false;
  for (const Site& site : world.plan->plant.sites) {
    if (!site.outages) continue;
    has_power_outages = true;
    for (const PowerOutages::Copy& each : site.outages->copies)
      power_outages += horizon_ms / (each.life.mean + each.repair.mean);
  }
  if (has_power_outages) {
    final.outages = final.outages.value_or(0) +
                    (law.drawn() ? static_cast<double>(world.power_outages) : power_outages);
  }
  if (!operations.job) return;
  const double training_seconds = totals.working_accelerator_seconds * law.work_factor() * operations.training_share;
  final.interruptions = operations.job->drawn ? static_cast<double>(world.interruptions)
                                              : training_seconds * 1e3 / operations.job->mtbf +
                                                    horizon_ms * operations.job->outages_per_ms;
  if (totals.uninterrupted_flop > 0)
    final.goodput = totals.useful_flop / (totals.uninterrupted_flop * operations.utilisation());
}

/// What measures take.
Final finish(const World& world, const LossCurve& curve) {
  const core::Time end = world.plan->horizon.end;
  Final final;
  final.time = end;
  final.effective_flop = world.trajectory.effective_at(end);
  // Chance can carry progress where no check at load could follow.
  if (!std::isfinite(final.effective_flop)) throw std::overflow_error("effective compute leaves the range of numbers");
  final.relative_loss = curve.loss_at(end);
  final.mean_relative_loss = curve.mean_loss();
  final.capex = world.ledger.capex();
  final.facility = world.ledger.facility();
  final.energy_cost = world.ledger.energy();
  final.research = world.ledger.research();
  final.idle_usd_years = world.ledger.idle_usd_years(end);
  final.idle_accelerator_years = world.idle_accelerator_years(end);
  final.finance = finance_report(world, final.effective_flop);
  for (std::size_t i = 0; i < world.sites.size(); ++i) final.energy_kwh += world.site_kwh(i, end);
  return final;
}

/// And all else.
void describe(const World& world, const LossCurve& curve, Final& final) {
  const Case& plan = *world.plan;
  const core::Time end = plan.horizon.end;
  const Totals totals = world.totals_at(end);
  const Sample& last = world.series.back();
  const models::LossLaw& law = plan.loss.law;
  if (law.reference_loss > 0) final.absolute_loss = law.reference_loss * final.relative_loss;
  final.reducible_loss = law.reducible(final.relative_loss);
  final.equivalent_ratio = models::relative_loss(0.05).ratio(final.relative_loss);
  final.reference_flop = plan.loss.reference.compute;
  final.physical_flop = totals.useful_flop;
  if (plan.loss.accounting == Accounting::best_run)
    final.best_run_flop = curve.best_run_ratio() * plan.loss.reference.compute;
  final.unspent = world.ledger.unspent();
  final.discounted_spend_usd = world.ledger.discounted_usd();
  if (totals.working_flop > 0)
    final.mfu = plan.plant.operations.mfu * (totals.uninterrupted_flop / totals.working_flop);
  final.peak_site_power = world.peak_site_watts;
  report_failures(world, totals, final);
  if (plan.plant.demand) {
    final.service = {world.service.demanded_flop(end), world.service.unmet_flop(end), world.service.short_from(end)};
  }
  if (plan.plant.supply.cancellation_fee) final.cancellations = world.cancelled;
  final.accelerators = last.accelerators;
  final.capacity = last.capacity;
  final.split = split(plan.loss.reference, totals);
  if (world.first_efficiency) {
    const World::Efficiency& first = *world.first_efficiency;
    const World::Efficiency now = world.efficiency(end);
    const double years = (end - first.time).years();
    final.gamma_per_joule = growth(first.per_joule, now.per_joule, years);
    final.gamma_per_usd = growth(first.per_usd, now.per_usd, years);
  }
}

void report(const NamedLaw& named, double ratio, double years, LossFigures& figures) {
  const models::LossLaw& law = named.law;
  figures.law = named.name;
  figures.relative = law.loss(ratio, years);
  figures.absolute.reset();
  figures.reducible.reset();
  if (law.reference_loss > 0) {
    figures.absolute = law.reference_loss * figures.relative;
    figures.reducible = law.reducible(figures.relative);
  }
  const double equivalent = models::relative_loss(0.05).ratio(figures.relative);
  figures.equivalent = std::isfinite(equivalent) ? std::optional(equivalent) : std::nullopt;
}

/// A score falls with the loss, so that its target is a target of loss.
void report(const NamedCapability& capability, const LossCurve& curve, const Case& plan, CapabilityScore& score) {
  const models::LossLaw& law = plan.loss.law;
  score.name = capability.name;
  score.score = capability.law.score(law.reference_loss * curve.loss_at(plan.horizon.end));
  score.target = capability.target;
  score.reached.reset();
  if (!capability.target) return;
  const double wanted = capability.law.loss(*capability.target) / law.reference_loss;
  if (wanted > law.floor) score.reached = curve.time_of(wanted);
}

void report_sites(const World& world, std::vector<SiteFigures>& figures) {
  const Case& plan = *world.plan;
  figures.resize(world.sites.size());
  for (std::size_t i = 0; i < world.sites.size(); ++i) {
    const SiteState& state = world.sites[i];
    const double kwh = world.site_kwh(i, plan.horizon.end);
    const double fits = state.fits.it_power_mw < 0 ? std::numeric_limits<double>::infinity()
                                                   : static_cast<double>(state.fits.it_power_mw) / 1e3;
    figures[i].name = plan.plant.sites[i].name;
    figures[i].it_power = fits;
    figures[i].peak_it_power = static_cast<double>(state.peak_powered_mw) / 1e3;
    figures[i].accelerators = state.accelerators;
    figures[i].energy_kwh = kwh;
    figures[i].energy_usd = state.energy_usd(kwh);
    figures[i].facility = state.facility;
    figures[i].apart_flop.reset();
    if (plan.plant.operations.throughput.site_links && world.sites.size() > 1)
      figures[i].apart_flop = state.apart_by(plan.horizon.end);
  }
}

/// What of the outcome is about losses by date, by other laws and as scores.
void report_losses(World& world, const LossCurve& curve, Outcome& outcome) {
  const Case& plan = *world.plan;
  for (Sample& sample : world.series) sample.relative_loss = curve.loss_at(sample.time);
  const double ratio = curve.ratio_at(plan.horizon.end);
  outcome.beside.resize(plan.loss.beside.size());
  for (std::size_t i = 0; i < outcome.beside.size(); ++i)
    report(plan.loss.beside[i], ratio, plan.horizon.years_at(plan.horizon.end), outcome.beside[i]);
  outcome.capabilities.resize(plan.loss.capabilities.size());
  for (std::size_t i = 0; i < outcome.capabilities.size(); ++i)
    report(plan.loss.capabilities[i], curve, plan, outcome.capabilities[i]);
}

/// Of the series, the two samples around a date, of what was booked until then.
void sample_around(const World& world, core::Time date, std::vector<Sample>& series) {
  const Horizon& horizon = world.plan->horizon;
  const auto sample_at = [&](core::Time at) {
    const auto later = std::upper_bound(world.bookings.begin(), world.bookings.end(), at,
                                        [](core::Time time, const Booking& booking) { return time < booking.at; });
    Sample& sample = series.emplace_back();
    sample.time = at;
    if (later == world.bookings.begin()) return;
    const Booking& booking = *(later - 1);
    sample.energy_cost = booking.energy;
    sample.research = booking.research;
    sample.rent = booking.rent;
  };
  series.clear();
  const std::int64_t before = (date - horizon.start) / horizon.sample_every;
  const core::Time earlier = horizon.start + horizon.sample_every * before;
  if (earlier == date && before > 0) sample_at(date - horizon.sample_every);
  sample_at(earlier);
  if (earlier < date) sample_at(std::min(core::saturating_add(earlier, horizon.sample_every), horizon.end));
}

/// Samples and trajectory change places, so that what is long is not copied and both keep their memory.
void summarise(World& world, Outcome& outcome) {
  const Case& plan = *world.plan;
  const LossCurve curve(world.trajectory, plan.loss);
  outcome.final = finish(world, curve);
  outcome.targets.clear();
  for (const double target : plan.loss.targets) outcome.targets.push_back({target, std::nullopt});
  if (world.detail == Detail::measures) {
    if (world.measured_target) {
      Target& target = outcome.targets[*world.measured_target];
      target.reached = curve.time_of(target.relative_loss);
      if (target.reached && !world.keeps_series) sample_around(world, *target.reached, world.series);
    }
    std::swap(outcome.cohorts, world.cohorts);
  } else {
    for (Target& target : outcome.targets) target.reached = curve.time_of(target.relative_loss);
    describe(world, curve, outcome.final);
    report_losses(world, curve, outcome);
    report_sites(world, outcome.sites);
    outcome.obstacles = world.obstacles;
    outcome.bindings = world.bindings.spells();
    outcome.reviews = world.reviews;
    outcome.cohorts = world.cohorts;
  }
  outcome.strategy = plan.strategy.name;
  outcome.buys = plan.strategy.buys;
  std::swap(outcome.series, world.series);
  std::swap(outcome.trajectory, world.trajectory);
}

}  // namespace

void simulate(World& world, const Case& scenario_case, Outcome& outcome, const EventObserver& observer) {
  world.reset(scenario_case);
#ifdef FLEETRACE_CHECK_INVARIANTS
  world.runs_ahead = false;
#endif
  const auto handle = [&world](const Event& event) {
    world.handle(event);
#ifdef FLEETRACE_CHECK_INVARIANTS
    check(world, world.conserved(), "money, an accelerator or power");
    if (event.payload.kind == EventKind::sample) check(world, world.recount_agrees(), "a recounted quantity");
#endif
  };
  const engine::Limits limits{scenario_case.horizon.end};
  const engine::RunResult result = observer ? engine::run(world.calendar, limits, handle,
                                                          [&](const Event& event) { observer(world, event); })
                                            : engine::run(world.calendar, limits, handle);
  world.settle(scenario_case.horizon.end);
  for (Batch& batch : world.batches) {
    if (batch.count > 0) world.count_fresh_failures(batch, scenario_case.horizon.end);
  }
  world.book(scenario_case.horizon.end);
  if (world.keeps_series) world.sample(scenario_case.horizon.end);
#ifdef FLEETRACE_CHECK_INVARIANTS
  check(world, world.conserved() && world.recount_agrees(), "a final quantity");
#endif
  outcome.events = result.events + world.ran_ahead;
  outcome.stop_reason = result.reason;
  summarise(world, outcome);
}

Outcome simulate(const Case& scenario_case, const EventObserver& observer) {
  World world;
  world.runs_ahead = !observer;
  Outcome outcome;
  simulate(world, scenario_case, outcome, observer);
  return outcome;
}

}  // namespace fleetrace::fleet
