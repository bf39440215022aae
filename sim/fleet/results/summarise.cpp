#include "sim/fleet/results/summarise.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "sim/core/numeric/math.hpp"
#include "sim/fleet/accounting/finance_report.hpp"
#include "sim/fleet/accounting/loss_curve.hpp"
#include "sim/fleet/results/acquisitions.hpp"

namespace fleetrace::fleet {
namespace {

DoublingsByCause split(const Reference& reference, const Totals& totals) {
  const double units = (reference.unit_seconds + totals.unit_seconds) / reference.unit_seconds;
  const double peak = (reference.peak_flop + totals.peak_flop) / reference.peak_flop;
  const double useful = (reference.useful_flop + totals.useful_flop) / reference.useful_flop;
  const double effective = (reference.compute + totals.effective_flop) / reference.compute;
  DoublingsByCause parts;
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

void report_failures(const World& world, const Totals& totals, Summary& final) {
  const Operations& operations = world.setup().plant.operations;
  const models::FailureLaw& law = operations.failures;
  const auto horizon_ms = static_cast<double>((world.setup().horizon.end - world.setup().horizon.start).milliseconds());
  const double accelerator_years = totals.accelerator_seconds / core::kYear.seconds();
  final.failures = law.drawn() ? static_cast<double>(world.reliability.failures())
                   : law.fresh ? world.reliability.expected_failures()
                               : law.failures_per_up_year * law.own_availability * accelerator_years;
  const core::Time end = world.setup().horizon.end;
  double repair_seconds = 0;
  for (Cohort cohort : world.inventory.cohorts()) {
    cohort.count_until(end);
    if (!cohort.is_capacity()) repair_seconds += cohort.unit_seconds - cohort.healthy_seconds;
  }
  final.mean_in_repair = repair_seconds / (end - world.setup().horizon.start).seconds();
  if (!law.domains.empty()) {
    final.outages = static_cast<double>(world.reliability.outages());
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
  for (const Site& site : world.setup().plant.sites) {
    if (!site.outages) continue;
    has_power_outages = true;
    for (const PowerOutages::Copy& each : site.outages->copies)
      power_outages += horizon_ms / (each.life.mean + each.repair.mean);
  }
  if (has_power_outages) {
    final.outages = final.outages.value_or(0) +
                    (law.drawn() ? static_cast<double>(world.power.outages()) : power_outages);
  }
  if (!operations.job) return;
  const double training_seconds = totals.working_accelerator_seconds * law.work_factor() * operations.training_share;
  final.interruptions = operations.job->drawn ? static_cast<double>(world.job.interruptions())
                                              : training_seconds * 1e3 / operations.job->mtbf +
                                                    horizon_ms * operations.job->outages_per_ms;
  if (totals.uninterrupted_flop > 0)
    final.goodput = totals.useful_flop / (totals.uninterrupted_flop * operations.utilisation());
}

/// What metrics take.
Summary finish(const World& world, const LossCurve& curve) {
  const core::Time end = world.setup().horizon.end;
  Summary final;
  final.time = end;
  final.effective_flop = world.trajectory.effective_at(end);
  // Chance can carry progress where no check at load could follow.
  if (!std::isfinite(final.effective_flop)) throw std::overflow_error("effective compute leaves the range of numbers");
  final.relative_loss = curve.loss_at(end);
  final.mean_relative_loss = curve.mean_loss();
  const double discount_rate = world.setup().finance.discount_rate;
  final.discounted_relative_loss = discount_rate == 0 ? final.mean_relative_loss
                                                      : curve.mean_loss_discounted(core::log1p(discount_rate));
  final.capex = world.ledger.capex();
  final.facility = world.ledger.facility();
  final.energy_cost = world.ledger.energy();
  final.research = world.ledger.research();
  final.idle_usd_years = world.ledger.idle_usd_years(end);
  final.idle_accelerator_years = world.recorder.idle_accelerator_years(end);
  final.finance = finance_report(world, final.effective_flop);
  for (std::uint32_t i = 0; i < world.sites.size(); ++i)
    final.energy_kwh += world.sites.energy_kwh(i, world.meter, end);
  return final;
}

/// And all else.
void describe(const World& world, const LossCurve& curve, const Sample& last, Summary& final) {
  const StrategySetup& setup = world.setup();
  const core::Time end = setup.horizon.end;
  const Totals totals = world.totals_at(end);
  const models::LossLaw& law = setup.loss.law;
  if (law.reference_loss > 0) final.absolute_loss = law.reference_loss * final.relative_loss;
  final.reducible_loss = law.reducible(final.relative_loss);
  final.equivalent_ratio = models::relative_loss(0.05).ratio(final.relative_loss);
  final.reference_flop = setup.loss.reference.compute;
  final.physical_flop = totals.useful_flop;
  if (setup.loss.accounting == Accounting::best_run)
    final.best_run_flop = curve.best_run_ratio() * setup.loss.reference.compute;
  final.unspent = world.ledger.unspent();
  final.idle = idle_report(world);
  final.discounted_spend_usd = world.ledger.discounted_usd();
  if (totals.working_flop > 0)
    final.mfu = setup.plant.operations.mfu * (totals.uninterrupted_flop / totals.working_flop);
  final.has_power = setup.plant.has_power();
  final.peak_site_power = world.sites.peak_site_watts();
  final.most_waiting = world.recorder.most_waiting(end);
  report_failures(world, totals, final);
  if (setup.plant.demand) {
    final.service = {world.serving.demanded_flop(end), world.serving.unmet_flop(end), world.serving.short_from(end)};
  }
  if (setup.plant.supply.cancellation_fee) final.cancellations = world.procurement.cancelled();
  final.accelerators = last.accelerators;
  final.capacity = last.capacity;
  final.h100e_bf16 = last.h100e_bf16;
  final.h100e_8bit = last.h100e_8bit;
  final.split = split(setup.loss.reference, totals);
  if (const std::optional<Efficiency>& first_efficiency = world.recorder.first_efficiency()) {
    const Efficiency& first = *first_efficiency;
    const Efficiency now = world.efficiency(end);
    const double years = (end - first.time).years();
    final.gamma_per_joule = growth(first.per_joule, now.per_joule, years);
    final.gamma_per_usd = growth(first.per_usd, now.per_usd, years);
  }
}

void report(const NamedLaw& named, double ratio, double years, LawResult& figures) {
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

/// A score falls with the loss, so that its target is a target of loss; or it rises with compute, which then is the target.
void report(const NamedCapability& capability, const LossCurve& curve, const StrategySetup& setup,
            CapabilityScore& score) {
  const models::LossLaw& law = setup.loss.law;
  score.name = capability.name;
  score.target = capability.target;
  score.reached.reset();
  if (capability.law.follows_compute()) {
    score.score = capability.law.score_at(curve.ratio_at(setup.horizon.end));
    if (capability.target) score.reached = curve.time_of_ratio(capability.law.ratio(*capability.target));
    return;
  }
  score.score = capability.law.score(law.reference_loss * curve.loss_at(setup.horizon.end));
  if (!capability.target) return;
  const double wanted = capability.law.loss(*capability.target) / law.reference_loss;
  if (wanted > law.floor) score.reached = curve.time_of(wanted);
}

void report_sites(const World& world, std::vector<SiteResult>& figures) {
  const StrategySetup& setup = world.setup();
  figures.resize(world.sites.size());
  for (std::uint32_t i = 0; i < world.sites.size(); ++i) {
    const SiteState& state = world.sites[i];
    const double kwh = world.sites.energy_kwh(i, world.meter, setup.horizon.end);
    figures[i].name = setup.plant.sites[i].name;
    figures[i].it_power = state.limits.limits_power() ? static_cast<double>(state.limits.it_power_milliwatt) / 1e3
                                                      : std::numeric_limits<double>::infinity();
    figures[i].peak_it_power = static_cast<double>(state.peak_powered_milliwatt()) / 1e3;
    figures[i].accelerators = state.accelerators;
    figures[i].energy_kwh = kwh;
    figures[i].energy_usd = state.energy_usd(kwh);
    figures[i].take_or_pay_usd = state.take_or_pay_usd;
    figures[i].demand_charge_usd = state.demand_charge_usd;
    figures[i].facility = state.facility;
    figures[i].unjoined_flop.reset();
    if (setup.plant.operations.throughput.site_links && world.sites.size() > 1)
      figures[i].unjoined_flop = state.unjoined_by(setup.horizon.end);
  }
}

/// Losses of compute as it was at that instant; the trajectory has averages between two applications of failures.
void fill_in_losses(const StrategySetup& setup, const LossCurve& curve, std::vector<Sample>& samples) {
  for (Sample& sample : samples) {
    const double compute = 1 + sample.effective_flop / setup.loss.reference.compute;
    sample.relative_loss = setup.loss.accounting == Accounting::cumulative
                               ? setup.loss.law.loss(compute, setup.horizon.years_at(sample.time))
                               : curve.loss_at(sample.time);
  }
}

/// What of the outcome is about losses by date, by other laws and as scores.
void report_losses(const StrategySetup& setup, const LossCurve& curve, Outcome& outcome) {
  fill_in_losses(setup, curve, outcome.series);
  fill_in_losses(setup, curve, outcome.checkpoints);
  const double ratio = curve.ratio_at(setup.horizon.end);
  outcome.comparison_laws.resize(setup.loss.comparison_laws.size());
  for (std::size_t i = 0; i < outcome.comparison_laws.size(); ++i)
    report(setup.loss.comparison_laws[i], ratio, setup.horizon.years_at(setup.horizon.end), outcome.comparison_laws[i]);
  outcome.capabilities.resize(setup.loss.capabilities.size());
  for (std::size_t i = 0; i < outcome.capabilities.size(); ++i)
    report(setup.loss.capabilities[i], curve, setup, outcome.capabilities[i]);
}

}  // namespace

// Samples and trajectory change places, so that what is long is not copied and both keep their memory.
void summarise(World& world, Outcome& outcome) {
  const StrategySetup& setup = world.setup();
  const LossCurve curve(world.trajectory, setup.loss);
  outcome.final = finish(world, curve);
  world.recorder.swap_samples(outcome.series, outcome.checkpoints);
  std::swap(outcome.spending, world.recorder.spending());
  outcome.targets.clear();
  for (const double target : setup.loss.targets) outcome.targets.push_back({target, std::nullopt});
  if (world.recorder.detail() != Detail::whole) {
    fill_in_losses(setup, curve, outcome.series);
    if (world.recorder.measured_target()) {
      Target& target = outcome.targets[*world.recorder.measured_target()];
      target.reached = curve.time_of(target.relative_loss);
    }
    world.inventory.swap_cohorts(outcome.cohorts);
  } else {
    for (Target& target : outcome.targets) target.reached = curve.time_of(target.relative_loss);
    describe(world, curve, outcome.series.back(), outcome.final);
    report_losses(setup, curve, outcome);
    report_sites(world, outcome.sites);
    outcome.constraint_counts = world.recorder.constraint_counts();
    outcome.bindings = world.recorder.bindings().spells();
    outcome.waits = world.recorder.waits(setup.horizon.end);
    outcome.bought = acquisitions(world);
    outcome.reviews = world.recorder.reviews();
    outcome.cohorts = world.inventory.cohorts();
  }
  outcome.strategy = setup.strategy.name;
  outcome.buys = setup.strategy.buys;
  std::swap(outcome.trajectory, world.trajectory);
}

}  // namespace fleetrace::fleet
