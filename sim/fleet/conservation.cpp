#include <algorithm>
#include <cmath>

#include "fleetrace/core/sum.hpp"
#include "fleetrace/fleet/world.hpp"

namespace fleetrace::fleet {
namespace {

bool close(double a, double b) { return std::fabs(a - b) <= 1e-12 * std::max({std::fabs(a), std::fabs(b), 1e-300}); }

}  // namespace

bool World::conserved() const {
  if (!ledger.balanced()) return false;
  if (!batches_agree()) return false;
  if (rents.terms < 0 || rents.per_year.value() < -1e-9 * (1 + rents.due.value())) return false;
  if (powered_mw < 0 || powered_mw > committed_mw) return false;
  if (!power_clocks.empty() && !power_agrees()) return false;
  for (const SiteState& site : sites) {
    if (site.powered_mw < 0 || (site.fits.it_power_mw >= 0 && site.powered_mw > site.fits.it_power_mw)) return false;
    if (site.accelerators < 0 || (site.fits.accelerators >= 0 && site.accelerators > site.fits.accelerators))
      return false;
  }
  return std::all_of(cohorts.begin(), cohorts.end(), [](const Cohort& cohort) {
    return cohort.total() == cohort.size &&
           std::all_of(cohort.counts.begin(), cohort.counts.end(), [](std::int64_t count) { return count >= 0; });
  });
}

bool World::batches_agree() const {
  std::int64_t installed = 0;
  std::int64_t healthy = 0;
  for (const Batch& batch : batches) {
    if (batch.healthy < 0 || batch.healthy > batch.up || batch.up > batch.count || batch.target > batch.count)
      return false;
    if (batch.healthy_lemons < 0 || batch.healthy_lemons > batch.lemons) return false;
    installed += batch.count;
    healthy += batch.healthy;
  }
  for (const Cohort& cohort : cohorts) {
    installed -= cohort.installed();
    healthy -= cohort.healthy();
  }
  return installed == 0 && healthy == 0;
}

bool World::sites_agree() const {
  core::Money facility;
  for (std::uint32_t i = 0; i < sites.size(); ++i) {
    std::int64_t powered = 0;
    std::int64_t accelerators = 0;
    double power = 0;
    for (const Batch& batch : batches) {
      const Cohort& cohort = cohorts[batch.cohort];
      if (batch.site != i) continue;
      powered += batch.count * cohort.nameplate_mw;
      if (cohort.takes_place()) accelerators += batch.count;
      power += static_cast<double>(batch.healthy) * cohort.average_power;
    }
    if (powered != sites[i].powered_mw || accelerators != sites[i].accelerators) return false;
    if (std::fabs(power - meter.average_power(i)) > 1e-9 * power) return false;
    facility += sites[i].facility;
  }
  return facility == ledger.facility();
}

bool World::bound_agree() const {
  for (std::uint32_t i = 0; i < sites.size(); ++i) {
    std::int64_t power = 0;
    std::int64_t units = 0;
    for (const Cohort& cohort : cohorts) {
      if (cohort.site != i) continue;
      const std::int64_t count = cohort.count(State::ordered) + cohort.count(State::in_transit) +
                                 cohort.count(State::waiting_for_power);
      power += count * cohort.nameplate_mw;
      if (cohort.takes_place()) units += count;
    }
    if (power != sites[i].bound_mw || units != sites[i].bound_units) return false;
  }
  return std::all_of(batches.begin(), batches.end(), [this](const Batch& batch) {
    const std::uint32_t site = cohorts[batch.cohort].site;
    return batch.count == 0 || site == SiteState::kAny || site == batch.site;
  });
}

bool World::power_agrees() const {
  for (std::uint32_t i = 0; i < sites.size(); ++i) {
    if (!plan->plant.sites[i].outages || !plan->plant.operations.failures.drawn()) continue;
    double milliwatt = 0;
    for (const Batch& batch : batches) {
      if (batch.site != i) continue;
      milliwatt += static_cast<double>(batch.healthy) * static_cast<double>(cohorts[batch.cohort].nameplate_mw);
      if (sites[i].share == 1 && batch.healthy != batch.up) return false;
    }
    if (milliwatt > static_cast<double>(grids[i].delivers) * (1 + 1e-9)) return false;
  }
  return true;
}

bool World::cells_agree() const {
  for (const Batch& batch : batches) {
    if (batch.cells == 0) continue;
    std::int64_t healthy = 0;
    std::int64_t own_healthy = 0;
    std::int64_t count = 0;
    for (std::uint32_t i = 0; i < batch.cells; ++i) {
      const Cell& cell = cells[batch.first_cell + i];
      if (cell.own_healthy < 0 || cell.own_healthy > cell.count || cell.outages < 0) return false;
      healthy += cell.healthy();
      own_healthy += cell.own_healthy;
      count += cell.count;
    }
    if (healthy != batch.up || own_healthy != batch.own_healthy || count != batch.count) return false;
  }
  return true;
}

bool World::recount_agrees() const {
  if (!cells_agree() || !sites_agree() || !bound_agree()) return false;
  core::Sum peak, work, power, unit_seconds, peak_flop, working_flop, work_flop, joule;
  std::int64_t powered = 0;
  std::int64_t committed = 0;
  std::int64_t waits = 0;
  // Samples ask, and after the last event the end of the race.
  const core::Time at = series.empty() ? plan->horizon.end : series.back().time;
  const double power_factor = plan->plant.operations.failures.power_factor();
  // Cohorts do not say on which site they draw how much.
  const models::FailureLaw& law = plan->plant.operations.failures;
  const double factor = plan->plant.sites.front().powered(law);
  const bool is_even = std::all_of(plan->plant.sites.begin(), plan->plant.sites.end(),
                                   [&](const Site& site) { return site.powered(law) == factor; });
  for (const Cohort& cohort : cohorts) {
    const auto units = static_cast<double>(cohort.installed());
    const auto healthy = static_cast<double>(cohort.healthy());
    const double since = (at - cohort.changed).seconds();
    const double seconds = cohort.unit_seconds + units * since;
    const double working_seconds = cohort.working_seconds + cohort.working * since;
    peak.add(units * cohort.peak);
    work.add(cohort.working * cohort.work_rate);
    power.add(healthy * cohort.average_power);
    unit_seconds.add(seconds * (cohort.is_capacity() ? cohort.peak / plan->loss.reference.capacity_unit : 1));
    peak_flop.add(seconds * cohort.peak);
    working_flop.add(working_seconds * cohort.peak);
    work_flop.add(working_seconds * cohort.work_rate);
    joule.add((cohort.healthy_seconds + healthy * since) * cohort.average_power * power_factor * factor);
    if (!cohort.is_capacity()) waits += cohort.count(State::waiting_for_power);
    powered += cohort.installed() * cohort.nameplate_mw;
    committed += (cohort.size - cohort.count(State::retired)) * cohort.nameplate_mw;
  }
  const bool is_allotted_anew = plan->plant.operations.allotments.size() > 1;
  const Rates rates = meter.rates();
  const Totals totals = meter.totals_at(at);
  return waits == idling && powered == powered_mw && committed == committed_mw && close(peak.value(), rates.peak) &&
         close(work.value(), rates.work) && close(power.value(), rates.average_power) &&
         close(unit_seconds.value(), totals.unit_seconds) && close(peak_flop.value(), totals.peak_flop) &&
         (is_allotted_anew || close(working_flop.value(), totals.working_flop)) &&
         (is_allotted_anew || plan->plant.operations.job || plan->plant.operations.throughput.active() ||
          close(work_flop.value(), trajectory.work_at(at))) &&
         (!is_even || close(joule.value(), totals.it_joule));
}

}  // namespace fleetrace::fleet
