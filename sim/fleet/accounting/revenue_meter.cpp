#include "sim/fleet/accounting/revenue_meter.hpp"

#include <algorithm>

#include "sim/core/numeric/math.hpp"

namespace fleetrace::fleet {

void RevenueMeter::reset(const StrategySetup& setup) {
  *this = RevenueMeter{};
  if (!setup.finance.revenue) return;
  law_ = &*setup.finance.revenue;
  if (setup.plant.demand) demand_ = &*setup.plant.demand;
  start_ = last_ = setup.horizon.start;
}

double RevenueMeter::full_usd_per_second(const Cohort& cohort) const {
  if (law_->is_by_compute()) return law_->usd_per_flop * cohort.peak;
  return cohort.is_capacity() ? 0 : law_->usd_per_accelerator_second;
}

double RevenueMeter::since_last(core::Time now) const {
  if (now == last_) return 0;
  const double from = years(last_);
  const double to = years(now);
  const double working = working_usd_.value();
  const double serving = working * selling_.serving + handed_down_usd_.value() * selling_.handed_down;
  if (demand_ == nullptr) return (working * selling_.training + serving) * law_->seconds(from, to);
  double usd = working * selling_.training * law_->seconds(from, to);
  if (serving > 0 && selling_.useful > 0)
    usd += serving / selling_.useful * demand_->served(from, to, selling_.carried, law_->pace());
  return usd;
}

/// What changed on the way was there for part of the time only. Within so short a time the price is a straight line.
void RevenueMeter::add_past(double usd_per_second, const UnitChange& change, core::Time now) {
  const double pace = law_->pace();
  const double at = years(now);
  const double price = pace == 0 ? 1 : core::exp(-pace * at);
  const auto weighted = [&](double seconds, double squares) {
    return price * (seconds + 0.5 * pace * squares / core::kYear.seconds());
  };
  double used = 1;
  if (demand_ != nullptr)
    used = selling_.useful > 0 ? std::min(demand_->load_at(at), selling_.carried) / selling_.useful : 0;
  earned_.add(usd_per_second * weighted(change.working_seconds, change.working_squares) *
              (selling_.training + selling_.serving * used));
  earned_.add(usd_per_second * weighted(change.serving_seconds, change.serving_squares) * selling_.handed_down * used);
}

void RevenueMeter::change(const Cohort& cohort, const UnitChange& change, core::Time now) {
  if (change.working == 0 && change.serving == 0 && change.in_service == 0 && change.working_seconds == 0 &&
      change.serving_seconds == 0)
    return;
  earned_.add(since_last(now));
  last_ = now;
  const double unit = full_usd_per_second(cohort) * law_->weight(years(change.born));
  if (change.working_seconds != 0 || change.serving_seconds != 0) add_past(unit, change, now);
  in_service_ += change.in_service;
  serving_ += change.serving;
  if (in_service_ == 0) {
    working_usd_ = core::Sum{};
  } else {
    working_usd_.add(change.working * unit);
  }
  if (serving_ == 0) {
    handed_down_usd_ = core::Sum{};
  } else {
    handed_down_usd_.add(static_cast<double>(change.serving) * unit);
  }
}

void RevenueMeter::set_selling(const Selling& selling, core::Time now) {
  if (selling == selling_) return;
  earned_.add(since_last(now));
  last_ = now;
  selling_ = selling;
}

double RevenueMeter::usd_at(core::Time now) const {
  if (law_ == nullptr) return 0;
  core::Sum earned = earned_;
  earned.add(since_last(now));
  return earned.value();
}

}  // namespace fleetrace::fleet
