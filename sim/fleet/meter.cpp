#include "fleetrace/fleet/meter.hpp"

namespace fleetrace::fleet {

void Meter::reset(const Case& scenario_case) {
  *this = Meter{};
  utilisation_ = scenario_case.plant.operations.utilisation();
  availability_ = scenario_case.plant.operations.failures.availability;
  last_ = scenario_case.horizon.start;
}

void Meter::change(const Cohort& cohort, std::int64_t count, core::Time now) {
  close(now);
  const auto n = static_cast<double>(count);
  in_service_ += count;
  if (!cohort.is_capacity()) accelerators_ += count;
  if (in_service_ == 0) {
    units_ = peak_ = work_ = average_power_ = cost_ = core::Sum{};
  } else {
    units_.add(cohort.is_capacity() ? n * cohort.peak : n);
    peak_.add(n * cohort.peak);
    work_.add(n * cohort.work_rate);
    average_power_.add(n * cohort.average_power);
    cost_.add(n * cohort.cost_usd);
  }
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
