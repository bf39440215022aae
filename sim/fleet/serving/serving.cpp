#include "sim/fleet/serving/serving.hpp"

#include <algorithm>

namespace fleetrace::fleet {
namespace {

/// When the load first exceeds what is carried, from `from` until `to`; infinite where it does not. The load is monotone, so that its
/// ends decide: where it just reaches at `to` what is carried, rounding shows no shortage.
double exceeded_in(const models::DemandLaw& law, double from, double to, double carried) {
  if (std::max(law.load_at(from), law.load_at(to)) <= carried) return std::numeric_limits<double>::infinity();
  return law.exceeded_from(from, carried);
}

}  // namespace

void Serving::reset(const StrategySetup& setup) {
  *this = Serving{};
  setup_ = &setup;
  if (!setup.plant.operations.fleet_shares.empty()) set_share(0, setup.horizon.start);
}

void Serving::schedule_shares(EventScheduler& events) const {
  const std::vector<FleetShare>& shares = setup_->plant.operations.fleet_shares;
  for (std::size_t i = 1; i < shares.size(); ++i)
    events.schedule(shares[i].from, EventKind::allotment, static_cast<std::uint32_t>(i));
  schedule_next(events);
}

void Serving::schedule_next(EventScheduler& events) const {
  const std::vector<FleetShare>& shares = setup_->plant.operations.fleet_shares;
  if (!follows_demand()) return;
  const core::Time end = share_ + 1 < shares.size() ? shares[share_ + 1].from : setup_->horizon.end;
  if (set_again_ < end) events.schedule(set_again_, EventKind::allotment, static_cast<std::uint32_t>(share_));
}

void Serving::set_share(std::uint32_t index, core::Time now) {
  const std::vector<FleetShare>& shares = setup_->plant.operations.fleet_shares;
  const FleetShare& share = shares[index];
  if (!share.every) {
    training_ = share.training;
    serving_ = share.serving;
  } else {
    // New shares begin with nothing that serves: take_what_is_asked() settles what does.
    if (index != share_ || now == share.from) {
      training_ = share.training;
      serving_ = 0;
    }
    set_again_ = core::saturating_add(now, *share.every);
    if (index + 1 < shares.size()) set_again_ = std::min(set_again_, shares[index + 1].from);
    asked_ = std::max(load(now), load(std::min(set_again_, setup_->horizon.end)));
  }
  share_ = index;
}

/// The smallest share of a fleet that works like this that carries what is asked for, or the most that serving may take.
double Serving::share_asked_for(const Rates& rates) const {
  const models::DemandLaw& law = *setup_->plant.demand;
  const double most = most_serving();
  const auto carries = [&](double share) { return law.carried(fleet(rates, share)) >= asked_; };
  if (carries(0)) return 0;
  if (!carries(most)) return most;
  // What is carried grows with the share: by bisection to the last bit, or where servers are whole ones to less than one of them.
  const double finest = law.wait < 0 ? 0 : 0.5 * law.server_size / std::max(1.0, rates.working_accelerators);
  double low = 0;
  double high = most;
  while (high - low > finest) {
    const double middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) break;
    (carries(middle) ? high : low) = middle;
  }
  return high;
}

bool Serving::take_what_is_asked(const Rates& rates) {
  const FleetShare& share = setup_->plant.operations.fleet_shares[share_];
  const double before = serving_;
  serving_ = share_asked_for(rates);
  training_ = share.serving > 0 ? share.training * std::max(0.0, 1 - serving_ / share.serving) : share.training;
  return serving_ != before;
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

models::ServingFleet Serving::fleet(const Rates& rates, double share) const {
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
    short_from_ = std::min(short_from_, exceeded_in(law, changed_, at, carried_));
    changed_ = at;
  }
  fleet_ = fleet;
  carried_ = law.carried(fleet);
}

std::optional<core::Time> Serving::short_from(core::Time end) const {
  const double since = std::min(short_from_, exceeded_in(*setup_->plant.demand, changed_, years(end), carried_));
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
