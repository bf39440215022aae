#include "sim/fleet/serving/serving.hpp"

#include <algorithm>

namespace fleetrace::fleet {

void Serving::reset(const StrategySetup& setup) {
  *this = Serving{};
  setup_ = &setup;
}

void Serving::schedule_shares(EventScheduler& events) const {
  const std::vector<FleetShare>& shares = setup_->plant.operations.fleet_shares;
  for (std::size_t i = 1; i < shares.size(); ++i)
    events.schedule(shares[i].from, EventKind::allotment, static_cast<std::uint32_t>(i));
}

void Serving::count_handed_down(const Cohort& cohort, std::int64_t change) {
  if (change == 0) return;
  handed_down_ += change;
  if (!cohort.is_capacity()) handed_down_accelerators_ += change;
  if (handed_down_ == 0) {
    handed_down_peak_ = core::Sum{};
  } else {
    handed_down_peak_.add(static_cast<double>(change) * cohort.useful_peak());
  }
}

models::ServingFleet Serving::fleet(const Rates& rates) const {
  const double share = serving_fraction();
  const double up = setup_->plant.operations.failures.work_factor();
  return {up * (share * rates.working_accelerators + static_cast<double>(handed_down_accelerators_)),
          up * setup_->plant.demand->mfu * (share * rates.working_peak + handed_down_peak_.value())};
}

void Serving::change(const models::ServingFleet& fleet, core::Time now) {
  if (fleet.accelerators == fleet_.accelerators && fleet.useful == fleet_.useful) return;
  const models::DemandLaw& law = *setup_->plant.demand;
  const double at = years(now);
  if (at > changed_) {
    unmet_.add(law.unmet(changed_, at, carried_));
    if (const double since = law.exceeded_from(changed_, carried_); since < at)
      short_from_ = std::min(short_from_, since);
    changed_ = at;
  }
  fleet_ = fleet;
  carried_ = law.carried(fleet);
}

std::optional<core::Time> Serving::short_from(core::Time end) const {
  const double since = std::min(short_from_, setup_->plant.demand->exceeded_from(changed_, carried_));
  if (!(since < years(end))) return std::nullopt;
  return setup_->horizon.start + core::Duration::from_years(since);
}

bool Serving::recount_agrees(const std::vector<Cohort>& cohorts) const {
  if (!is_demanded()) return true;
  std::int64_t units = 0;
  std::int64_t accelerators = 0;
  for (const Cohort& cohort : cohorts) {
    units += cohort.count(State::serving);
    if (!cohort.is_capacity()) accelerators += cohort.count(State::serving);
  }
  return units == handed_down_ && accelerators == handed_down_accelerators_;
}

}  // namespace fleetrace::fleet
