#include <cmath>
#include <limits>

#include "models/failure/renewal.hpp"
#include "sim/fleet/reliability/reliability.hpp"

// Failures as a factor: which share of a batch works on average, by its age where it started fresh.
namespace fleetrace::fleet {
namespace {

/// Of those in service, the share that works on average where each is up on its own clock with probability `own`.
double working_share(const models::FailureLaw& law, const Site& site, const Batch& batch, bool is_capacity,
                     double own) {
  // Capacity is infinitely many small accelerators.
  if (is_capacity) return std::min(1 - law.spares, own * (law.availability / law.own_availability)) * site.powered(law);
  const double working = site.outages ? site.outages->expected_working(law, batch.count, batch.target, own)
                                      : law.expected_working(batch.count, batch.target, own);
  return working / static_cast<double>(batch.target);
}

}  // namespace

double Reliability::expected_share(std::uint32_t index, bool is_capacity) const {
  const Batch& batch = batches_[index];
  const Site& site = setup_->plant.sites[batch.site];
  if (law().spares > 0) return working_share(law(), site, batch, is_capacity, law().own_availability);
  return site.powered(law());
}

Aging Reliability::aging(std::uint32_t index, bool is_capacity, core::Time now) const {
  const Batch& batch = batches_[index];
  const auto age = static_cast<double>((now - batch.born).milliseconds());
  double until = std::numeric_limits<double>::infinity();
  for (const double landmark : law().good.ages->landmarks()) {
    // A landmark of less than a millisecond more is this one.
    if (landmark < age + 1) continue;
    until = landmark;
    break;
  }
  const double own = std::isinf(until) ? law().own_availability : law().fresh_availability(age, until);
  return {working_share(law(), setup_->plant.sites[batch.site], batch, is_capacity, own), until - age};
}

void Reliability::schedule_aging(std::uint32_t index, double wait, EventScheduler& events) {
  if (!std::isinf(wait)) batches_[index].aging = events.schedule_after(wait, EventKind::aging, index);
}

void Reliability::count_expected_failures(std::uint32_t index, const Cohort& cohort, core::Time at) {
  if (!law().fresh || law().drawn() || cohort.is_capacity()) return;
  Batch& batch = batches_[index];
  const auto failures_by = [&](core::Time time) {
    return law().fresh_failures(static_cast<double>((time - batch.born).milliseconds()));
  };
  expected_failures_ += static_cast<double>(batch.count) * (failures_by(at) - failures_by(batch.counted));
  batch.counted = at;
}

}  // namespace fleetrace::fleet
