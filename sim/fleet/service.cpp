#include "fleetrace/fleet/service.hpp"

#include <algorithm>

namespace fleetrace::fleet {

void Service::reset(const models::DemandLaw& law, core::Time start) {
  *this = Service{};
  law_ = &law;
  start_ = start;
}

void Service::change(const models::ServingFleet& fleet, core::Time now) {
  if (fleet.accelerators == fleet_.accelerators && fleet.useful == fleet_.useful) return;
  const double at = years(now);
  if (at > changed_) {
    unmet_.add(law_->unmet(changed_, at, carried_));
    if (const double since = law_->exceeded_from(changed_, carried_); since < at)
      short_from_ = std::min(short_from_, since);
    changed_ = at;
  }
  fleet_ = fleet;
  carried_ = law_->carried(fleet);
}

std::optional<core::Time> Service::short_from(core::Time end) const {
  const double since = std::min(short_from_, law_->exceeded_from(changed_, carried_));
  if (!(since < years(end))) return std::nullopt;
  return start_ + core::Duration::from_years(since);
}

}  // namespace fleetrace::fleet
