#include "fleetrace/fleet/meter.hpp"

#include <algorithm>

namespace fleetrace::fleet {

void Meter::reset(const Case& scenario_case) {
  *this = Meter{};
  utilisation_ = scenario_case.plant.operations.utilisation();
  power_factor_ = scenario_case.plant.operations.failures.power_factor();
  capacity_unit_ = scenario_case.loss.reference.capacity_unit;
  last_ = scenario_case.horizon.start;
}

void Meter::change(const Cohort& cohort, const UnitChange& change, core::Time now) {
  close(now);
  installed_ += change.installed;
  healthy_ += change.healthy;
  in_service_ += change.in_service;
  if (!cohort.is_capacity()) accelerators_ += change.installed;
  if (installed_ == 0) {
    units_ = peak_ = cost_ = core::Sum{};
  } else if (change.installed != 0) {
    add_installed(cohort, static_cast<double>(change.installed));
  }
  if (healthy_ == 0) {
    average_power_ = core::Sum{};
  } else if (change.healthy != 0) {
    average_power_.add(static_cast<double>(change.healthy) * cohort.average_power);
  }
  if (in_service_ == 0) {
    work_ = working_peak_ = working_accelerators_ = core::Sum{};
  } else if (change.working != 0) {
    add_working(cohort, change.working);
  }
  largest_peak_ = std::max(largest_peak_, peak_.value());
}

void Meter::set_shares(const Shares& shares, core::Time now) {
  if (shares == shares_) return;
  close(now);
  shares_ = shares;
}

void Meter::recount(const std::vector<Cohort>& cohorts) {
  units_ = peak_ = cost_ = average_power_ = work_ = working_peak_ = working_accelerators_ = core::Sum{};
  for (const Cohort& cohort : cohorts) {
    add_installed(cohort, static_cast<double>(cohort.installed()));
    average_power_.add(static_cast<double>(cohort.healthy()) * cohort.average_power);
    add_working(cohort, cohort.working);
  }
  largest_peak_ = peak_.value();
}

void Meter::add_installed(const Cohort& cohort, double count) {
  units_.add(cohort.is_capacity() ? count * cohort.peak / capacity_unit_ : count);
  peak_.add(count * cohort.peak);
  cost_.add(count * cohort.cost_usd);
}

void Meter::add_working(const Cohort& cohort, double count) {
  work_.add(count * cohort.work_rate);
  working_peak_.add(count * cohort.peak);
  if (!cohort.is_capacity()) working_accelerators_.add(count);
}

void Meter::close(core::Time now) {
  const double seconds = (now - last_).seconds();
  if (seconds == 0) return;
  unit_seconds_.add(units_.value() * seconds);
  peak_flop_.add(peak_.value() * seconds);
  joule_.add(average_power_.value() * power_factor_ * seconds);
  accelerator_seconds_.add(static_cast<double>(accelerators_) * seconds);
  working_flop_.add(working_peak_.value() * shares_.allotted * seconds);
  useful_flop_.add(working_peak_.value() * shares_.useful() * seconds);
  uninterrupted_flop_.add(working_peak_.value() * shares_.scale() * shares_.allotted * seconds);
  working_accelerator_seconds_.add(working_accelerators_.value() * shares_.at_work * shares_.allotted * seconds);
  last_ = now;
}

Rates Meter::rates() const {
  return {units_.value(),
          peak_.value(),
          work_.value(),
          average_power_.value(),
          cost_.value(),
          accelerators_,
          working_accelerators_.value(),
          working_peak_.value()};
}

Totals Meter::totals_at(core::Time now) const {
  Meter closed = *this;
  closed.close(now);
  Totals totals;
  totals.unit_seconds = closed.unit_seconds_.value();
  totals.peak_flop = closed.peak_flop_.value();
  totals.useful_flop = closed.useful_flop_.value() * utilisation_;
  totals.it_joule = closed.joule_.value();
  totals.accelerator_seconds = closed.accelerator_seconds_.value();
  totals.working_flop = closed.working_flop_.value();
  totals.uninterrupted_flop = closed.uninterrupted_flop_.value();
  totals.working_accelerator_seconds = closed.working_accelerator_seconds_.value();
  return totals;
}

}  // namespace fleetrace::fleet
