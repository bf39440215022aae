#include "fleetrace/fleet/trajectory.hpp"

#include <algorithm>

namespace fleetrace::fleet {

void Trajectory::reset(const Horizon& horizon, const models::ProgressLaw& law) {
  horizon_ = horizon;
  law_ = law;
  segments_.clear();
  segments_.push_back({horizon.start, 0, 0, 0, 0});
}

void Trajectory::change(core::Time at, double rate) {
  Segment& last = segments_.back();
  if (last.rate == rate) return;
  if (last.from == at) {
    last.rate = rate;
    return;
  }
  const double years = horizon_.years_at(at);
  segments_.push_back({at, years, effective_in(last, years), last.work + last.rate * (at - last.from).seconds(), rate});
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
  const double elapsed = law_.embodied ? years - segment.from_years : law_.integral(segment.from_years, years);
  return segment.effective + segment.rate * elapsed * core::kYear.seconds();
}

const Trajectory::Segment& Trajectory::segment_at(double years) const {
  const auto after = std::upper_bound(segments_.begin(), segments_.end(), years,
                                      [](double time, const Segment& segment) { return time < segment.from_years; });
  return after == segments_.begin() ? *after : *(after - 1);
}

}  // namespace fleetrace::fleet
