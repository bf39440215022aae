#include "fleetrace/fleet/trajectory.hpp"

#include <algorithm>

namespace fleetrace::fleet {

void Trajectory::reset(const Horizon& horizon, const models::ProgressLaw& law) {
  horizon_ = horizon;
  laws_.assign(1, law);
  segments_.assign(1, Segment{.from = horizon.start});
}

Trajectory::Segment& Trajectory::split(core::Time at) {
  const Segment& last = segments_.back();
  if (last.from == at) return segments_.back();
  Segment next = last;
  next.from = at;
  next.from_years = horizon_.years_at(at);
  next.effective = effective_in(last, next.from_years);
  next.work += last.rate * (at - last.from).seconds();
  return segments_.emplace_back(next);
}

void Trajectory::change(core::Time at, double rate) {
  if (segments_.back().rate != rate) split(at).rate = rate;
}

void Trajectory::change_law(core::Time at, const models::ProgressLaw& law) {
  Segment& segment = split(at);
  laws_.push_back(law);
  segment.law = static_cast<std::uint32_t>(laws_.size() - 1);
}

double Trajectory::multiplier(double years) const { return multiplier_within(years, years); }

double Trajectory::multiplier_within(double within, double years) const {
  const models::ProgressLaw& law = laws_[segment_at(within).law];
  return law.embodied ? 1 : law.multiplier(years);
}

double Trajectory::effective_at(double years) const { return effective_in(segment_at(years), years); }

double Trajectory::work_at(double years) const {
  const Segment& segment = segment_at(years);
  return segment.work + segment.rate * (years - segment.from_years) * core::kYear.seconds();
}

double Trajectory::work_at(core::Time t) const {
  const Segment& segment = segment_at(horizon_.years_at(t));
  return segment.work + segment.rate * (t - segment.from).seconds();
}

double Trajectory::effective_in(const Segment& segment, double years) const {
  if (segment.rate == 0 || years <= segment.from_years) return segment.effective;
  const models::ProgressLaw& law = laws_[segment.law];
  const double elapsed = law.embodied ? years - segment.from_years : law.integral(segment.from_years, years);
  return segment.effective + segment.rate * elapsed * core::kYear.seconds();
}

const Trajectory::Segment& Trajectory::segment_at(double years) const {
  const auto after = std::upper_bound(segments_.begin(), segments_.end(), years,
                                      [](double time, const Segment& segment) { return time < segment.from_years; });
  return after == segments_.begin() ? *after : *(after - 1);
}

}  // namespace fleetrace::fleet
