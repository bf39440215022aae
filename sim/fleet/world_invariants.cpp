#include <algorithm>
#include <cmath>

#include "sim/core/numeric/sum.hpp"
#include "sim/fleet/world.hpp"

// What joins components must agree; each checks itself besides.
namespace fleetrace::fleet {
namespace {

/// Whether nothing waits for a site that has room for it.
bool misses_no_room(const World& world) {
  return std::all_of(world.sites.queue().begin(), world.sites.queue().end(), [&world](std::uint32_t index) {
    const Cohort& cohort = world.inventory[index];
    const std::span<const std::uint32_t> where = world.sites.open_to(cohort, world.inventory.is_initial(index));
    return cohort.count(State::waiting_for_power) == 0 ||
           std::all_of(where.begin(), where.end(),
                       [&](std::uint32_t site) { return world.sites.room(site, cohort, 1) == 0; });
  });
}

bool close(double a, double b) { return std::fabs(a - b) <= 1e-12 * std::max({std::fabs(a), std::fabs(b), 1e-300}); }

/// The same of a sum of changes: what is left after most of `ever` has gone is known to the rounding of what has gone.
bool close(double a, double b, double ever) { return close(a, b) || std::fabs(a - b) <= 1e-15 * ever; }

}  // namespace

bool World::conserved() const {
  return ledger.balanced() && rents.consistent() && waiting.consistent() && inventory.conserved() &&
         sites.within_limits() && sites.powered_milliwatt() >= 0 &&
         sites.powered_milliwatt() <= inventory.committed_milliwatt() && reliability.agrees_with(inventory.cohorts()) &&
         job.consistent() && run_scale.consistent() && procurement.consistent(now()) &&
         (!power.has_outages() || (power.consistent() && power_agrees()));
}

/// Whether sites hold what their batches say, draw what those draw, and were paid for.
bool World::sites_agree() const {
  core::Money facility;
  for (std::uint32_t i = 0; i < sites.size(); ++i) {
    std::int64_t powered = 0;
    std::int64_t accelerators = 0;
    double watts = 0;
    for (const Batch& batch : reliability.batches()) {
      const Cohort& cohort = inventory[batch.cohort];
      if (batch.site != i) continue;
      powered += batch.count * cohort.nameplate_milliwatt;
      if (cohort.takes_place()) accelerators += batch.count;
      watts += static_cast<double>(batch.healthy) * cohort.average_power;
    }
    if (powered != sites[i].powered_milliwatt || accelerators != sites[i].accelerators) return false;
    if (std::fabs(watts - meter.average_power(i)) > 1e-9 * watts) return false;
    facility += sites[i].facility;
  }
  const bool are_in_place = std::all_of(reliability.batches().begin(), reliability.batches().end(),
                                        [this](const Batch& batch) {
                                          const std::uint32_t site = inventory[batch.cohort].site;
                                          return batch.count == 0 || site == kAnySite || site == batch.site;
                                        });
  return facility == ledger.facility() && are_in_place;
}

/// Whether no more is powered than the power trees deliver.
bool World::power_agrees() const {
  for (std::uint32_t i = 0; i < sites.size(); ++i) {
    if (!setup().plant.sites[i].outages || !setup().plant.operations.failures.drawn()) continue;
    double milliwatt = 0;
    for (const Batch& batch : reliability.batches()) {
      if (batch.site != i) continue;
      milliwatt += static_cast<double>(batch.healthy) *
                   static_cast<double>(inventory[batch.cohort].nameplate_milliwatt);
      if (power.share(i) == 1 && batch.healthy != batch.up) return false;
    }
    if (milliwatt > static_cast<double>(power.state(i).delivers) * (1 + 1e-9)) return false;
  }
  return true;
}

bool World::recount_agrees(core::Time at) const {
  if (!reliability.recount_agrees() || !sites_agree() || !misses_no_room(*this) || !inventory.recount_agrees() ||
      !recorder.consistent() || !serving.recount_agrees(inventory.cohorts()))
    return false;
  core::Sum peak, work, watts, ever_peak, ever_work, ever_watts, unit_seconds, peak_flop, working_flop, work_flop,
      joule;
  std::int64_t powered = 0;
  std::int64_t accelerators_waiting = 0;
  const models::FailureLaw& law = setup().plant.operations.failures;
  const double power_factor = law.power_factor();
  // Cohorts do not say on which site they draw how much.
  const std::vector<Site>& places = setup().plant.sites;
  const double factor = places.front().powered(law);
  const bool is_even = std::all_of(places.begin(), places.end(),
                                   [&](const Site& site) { return site.powered(law) == factor; });
  for (const Cohort& cohort : inventory.cohorts()) {
    const auto units = static_cast<double>(cohort.installed());
    const auto healthy = static_cast<double>(cohort.healthy());
    const double since = (at - cohort.changed).seconds();
    const double seconds = cohort.unit_seconds + units * since;
    const double working_seconds = cohort.working_seconds + cohort.working * cohort.training * since;
    peak.add(units * cohort.peak);
    work.add(cohort.working * cohort.work_rate);
    watts.add(healthy * cohort.average_power);
    const auto size = static_cast<double>(cohort.size);
    ever_peak.add(size * cohort.peak);
    ever_work.add(size * cohort.work_rate);
    ever_watts.add(size * cohort.average_power);
    unit_seconds.add(seconds * (cohort.is_capacity() ? cohort.peak / setup().loss.reference.capacity_unit : 1));
    peak_flop.add(seconds * cohort.peak);
    working_flop.add(working_seconds * cohort.peak);
    work_flop.add(working_seconds * cohort.work_rate);
    joule.add((cohort.healthy_seconds + healthy * since) * cohort.average_power * power_factor * factor);
    if (!cohort.is_capacity()) accelerators_waiting += cohort.count(State::waiting_for_power);
    powered += cohort.installed() * cohort.nameplate_milliwatt;
  }
  const Operations& operations = setup().plant.operations;
  const Rates rates = meter.rates();
  const Totals totals = meter.totals_at(at);
  return accelerators_waiting == recorder.waiting() && powered == sites.powered_milliwatt() &&
         close(peak.value(), rates.peak, ever_peak.value()) && close(work.value(), rates.work, ever_work.value()) &&
         close(watts.value(), rates.average_power, ever_watts.value()) &&
         close(unit_seconds.value(), totals.unit_seconds) && close(peak_flop.value(), totals.peak_flop) &&
         close(working_flop.value(), totals.working_flop) &&
         (operations.job || operations.throughput.active() || close(work_flop.value(), trajectory.work_at(at))) &&
         (!is_even || close(joule.value(), totals.it_joule));
}

}  // namespace fleetrace::fleet
