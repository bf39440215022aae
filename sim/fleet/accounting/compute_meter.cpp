#include "sim/fleet/accounting/compute_meter.hpp"

#include <algorithm>

namespace fleetrace::fleet {

void ComputeMeter::reset(const StrategySetup& scenario_case) {
  // Memory for the sites is kept.
  std::vector<SitePower> sites = std::move(sites_);
  *this = ComputeMeter{};
  sites_ = std::move(sites);
  sites_.assign(scenario_case.plant.sites.size(), {});
  utilisation_ = scenario_case.plant.operations.utilisation();
  const models::FailureLaw& failures = scenario_case.plant.operations.failures;
  for (std::size_t i = 0; i < sites_.size(); ++i)
    sites_[i].factor = failures.power_factor() * scenario_case.plant.sites[i].powered(failures);
  capacity_unit_ = scenario_case.loss.reference.capacity_unit;
  last_ = scenario_case.horizon.start;
  revenue_.reset(scenario_case);
}

void ComputeMeter::change(const Cohort& cohort, const UnitChange& change, core::Time now) {
  close(now);
  add_past(cohort, change);
  if (revenue_.earns()) revenue_.change(cohort, change, now);
  installed_ += change.installed;
  in_service_ += change.in_service;
  if (!cohort.is_capacity()) accelerators_ += change.installed;
  if (installed_ == 0) {
    units_ = peak_ = cost_ = core::Sum{};
  } else if (change.installed != 0) {
    add_installed(cohort, static_cast<double>(change.installed));
  }
  if (SitePower& site = sites_[change.site]; change.healthy != 0 && cohort.average_power != 0) {
    site.healthy += change.healthy;
    site.average_power.add(static_cast<double>(change.healthy) * cohort.average_power);
    if (site.healthy == 0) site.average_power = core::Sum{};
  }
  if (in_service_ == 0) {
    work_ = working_peak_ = working_useful_peak_ = working_accelerators_ = core::Sum{};
  } else if (change.working != 0) {
    add_working(cohort, change.working);
  }
  largest_peak_ = std::max(largest_peak_, peak_.value());
}

void ComputeMeter::set_shares(const WorkShares& shares, core::Time now) {
  if (shares == shares_) return;
  close(now);
  shares_ = shares;
}

void ComputeMeter::recount(const std::vector<Cohort>& cohorts) {
  units_ = peak_ = cost_ = work_ = working_peak_ = working_useful_peak_ = working_accelerators_ = core::Sum{};
  // Cohorts do not say where their units are; of several sites each begins anew when it is empty.
  SitePower* const only = sites_.size() == 1 ? sites_.data() : nullptr;
  if (only != nullptr) only->average_power = core::Sum{};
  for (const Cohort& cohort : cohorts) {
    add_installed(cohort, static_cast<double>(cohort.installed()));
    if (only != nullptr) only->average_power.add(static_cast<double>(cohort.healthy()) * cohort.average_power);
    add_working(cohort, cohort.working);
  }
  largest_peak_ = peak_.value();
}

void ComputeMeter::add_installed(const Cohort& cohort, double count) {
  units_.add(cohort.is_capacity() ? count * cohort.peak / capacity_unit_ : count);
  peak_.add(count * cohort.peak);
  cost_.add(count * cohort.cost_usd);
}

void ComputeMeter::add_working(const Cohort& cohort, double count) {
  work_.add(count * cohort.work_rate);
  working_peak_.add(count * cohort.peak);
  working_useful_peak_.add(count * cohort.useful_peak());
  if (!cohort.is_capacity()) working_accelerators_.add(count);
}

void ComputeMeter::close(core::Time now) {
  const double seconds = (now - last_).seconds();
  if (seconds == 0) return;
  unit_seconds_.add(units_.value() * seconds);
  peak_flop_.add(peak_.value() * seconds);
  for (SitePower& site : sites_) site.joule.add(site.average_power.value() * site.factor * seconds);
  accelerator_seconds_.add(static_cast<double>(accelerators_) * seconds);
  working_flop_.add(working_peak_.value() * shares_.training * seconds);
  useful_flop_.add(working_useful_peak_.value() * shares_.useful() * seconds);
  uninterrupted_flop_.add(working_useful_peak_.value() * shares_.scale() * shares_.training * seconds);
  working_accelerator_seconds_.add(working_accelerators_.value() * shares_.at_work * shares_.training * seconds);
  last_ = now;
}

void ComputeMeter::add_past(const Cohort& cohort, const UnitChange& change) {
  if (change.healthy_seconds != 0)
    sites_[change.site].joule.add(cohort.average_power * sites_[change.site].factor * change.healthy_seconds);
  if (change.working_seconds == 0) return;
  const double useful = cohort.useful_peak() * change.working_seconds;
  working_flop_.add(cohort.peak * change.working_seconds * shares_.training);
  useful_flop_.add(useful * shares_.useful());
  uninterrupted_flop_.add(useful * shares_.scale() * shares_.training);
  if (!cohort.is_capacity())
    working_accelerator_seconds_.add(change.working_seconds * shares_.at_work * shares_.training);
}

Rates ComputeMeter::rates() const {
  double average_power = 0;
  for (const SitePower& site : sites_) average_power += site.average_power.value();
  return {units_.value(),
          peak_.value(),
          work_.value(),
          average_power,
          cost_.value(),
          accelerators_,
          working_accelerators_.value(),
          working_useful_peak_.value()};
}

double ComputeMeter::it_joule(std::size_t site, core::Time now) const {
  core::Sum joule = sites_[site].joule;
  const double seconds = (now - last_).seconds();
  if (seconds != 0) joule.add(sites_[site].average_power.value() * sites_[site].factor * seconds);
  return joule.value();
}

double ComputeMeter::useful_flop_at(core::Time now) const {
  core::Sum sum = useful_flop_;
  const double seconds = (now - last_).seconds();
  if (seconds != 0) sum.add(working_useful_peak_.value() * shares_.useful() * seconds);
  return sum.value() * utilisation_;
}

Totals ComputeMeter::totals_at(core::Time now) const {
  const double seconds = (now - last_).seconds();
  // Nothing is copied: sites are on the heap.
  const auto until_now = [seconds](core::Sum sum, double rate) {
    if (seconds != 0) sum.add(rate * seconds);
    return sum.value();
  };
  Totals totals;
  totals.unit_seconds = until_now(unit_seconds_, units_.value());
  totals.peak_flop = until_now(peak_flop_, peak_.value());
  totals.useful_flop = useful_flop_at(now);
  for (std::size_t i = 0; i < sites_.size(); ++i) totals.it_joule += it_joule(i, now);
  totals.accelerator_seconds = until_now(accelerator_seconds_, static_cast<double>(accelerators_));
  totals.working_flop = until_now(working_flop_, working_peak_.value() * shares_.training);
  totals.uninterrupted_flop = until_now(uninterrupted_flop_,
                                        working_useful_peak_.value() * shares_.scale() * shares_.training);
  totals.working_accelerator_seconds = until_now(working_accelerator_seconds_,
                                                 working_accelerators_.value() * shares_.at_work * shares_.training);
  return totals;
}

}  // namespace fleetrace::fleet
