#include "fleetrace/fleet/meter.hpp"

#include <algorithm>

namespace fleetrace::fleet {

void Meter::reset(const Case& scenario_case) {
  *this = Meter{};
  utilisation_ = scenario_case.plant.operations.utilisation();
  availability_ = scenario_case.plant.operations.failures.availability;
  capacity_unit_ = scenario_case.loss.reference.capacity_unit;
  last_ = scenario_case.horizon.start;
}

void Meter::change(const Cohort& cohort, std::int64_t count, core::Time now) {
  close(now);
  in_service_ += count;
  if (!cohort.is_capacity()) accelerators_ += count;
  if (in_service_ == 0) {
    units_ = peak_ = work_ = average_power_ = cost_ = core::Sum{};
  } else {
    add(cohort, static_cast<double>(count));
  }
  largest_peak_ = std::max(largest_peak_, peak_.value());
}

void Meter::recount(const std::vector<Cohort>& cohorts) {
  units_ = peak_ = work_ = average_power_ = cost_ = core::Sum{};
  for (const Cohort& cohort : cohorts) add(cohort, static_cast<double>(cohort.count(State::in_service)));
  largest_peak_ = peak_.value();
}

void Meter::add(const Cohort& cohort, double count) {
  units_.add(cohort.is_capacity() ? count * cohort.peak / capacity_unit_ : count);
  peak_.add(count * cohort.peak);
  work_.add(count * cohort.work_rate);
  average_power_.add(count * cohort.average_power);
  cost_.add(count * cohort.cost_usd);
}

void Meter::close(core::Time now) {
  const double seconds = (now - last_).seconds();
  if (seconds == 0) return;
  unit_seconds_.add(units_.value() * seconds);
  peak_flop_.add(peak_.value() * seconds);
  joule_.add(average_power_.value() * availability_ * seconds);
  accelerator_seconds_.add(static_cast<double>(accelerators_) * seconds);
  last_ = now;
}

Rates Meter::rates() const {
  return {units_.value(), peak_.value(), work_.value(), average_power_.value(), cost_.value(), accelerators_};
}

Totals Meter::totals_at(core::Time now) const {
  Meter closed = *this;
  closed.close(now);
  Totals totals;
  totals.unit_seconds = closed.unit_seconds_.value();
  totals.peak_flop = closed.peak_flop_.value();
  totals.useful_flop = totals.peak_flop * utilisation_;
  totals.it_joule = closed.joule_.value();
  totals.accelerator_seconds = closed.accelerator_seconds_.value();
  return totals;
}

}  // namespace fleetrace::fleet
