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

// Effective compute per FLOP/s between `since` and x later, a x + b x^2, is that of progress in the middle and at the end.
void Trajectory::swing(core::Time since, core::Time at, const Swing& swing, double rate) {
  if (at == since) return change(at, rate);
  Segment& average = split(since);
  const double length = (at - since).seconds();
  const double end = horizon_.years_at(at);
  const double whole = elapsed(average, average.from_years, end) * core::kYear.seconds();
  const double half = elapsed(average, average.from_years, 0.5 * (average.from_years + end)) * core::kYear.seconds();
  const double a = (4 * half - whole) / length;
  const double b = (2 * whole - 4 * half) / (length * length);
  const double last = average.rate + swing.sum;
  const double effective = last * whole - a * 1e-3 * swing.first - b * 1e-6 * swing.second;
  Segment next = average;
  next.from = at;
  next.from_years = end;
  next.effective += effective;
  next.work += last * length - 1e-3 * swing.first;
  next.rate = rate;
  average.rate = effective / whole;
  segments_.push_back(next);
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
  return segment.effective + segment.rate * elapsed(segment, segment.from_years, years) * core::kYear.seconds();
}

double Trajectory::elapsed(const Segment& segment, double from, double to) const {
  const models::ProgressLaw& law = laws_[segment.law];
  return law.embodied ? to - from : law.integral(from, to);
}

const Trajectory::Segment& Trajectory::segment_at(double years) const {
  const auto after = std::upper_bound(segments_.begin(), segments_.end(), years,
                                      [](double time, const Segment& segment) { return time < segment.from_years; });
  return after == segments_.begin() ? *after : *(after - 1);
}

}  // namespace fleetrace::fleet
