#include "sim/fleet/accounting/trajectory.hpp"

#include <algorithm>

namespace fleetrace::fleet {

void Trajectory::reset(const Horizon& horizon, const models::ProgressLaw& law) {
  horizon_ = horizon;
  laws_.assign(1, law);
  segments_.assign(1, Segment{.from = horizon.start});
}

Trajectory::Segment Trajectory::continued(core::Time at) const {
  const Segment& last = segments_.back();
  if (last.from == at) return last;
  Segment next = last;
  next.from = at;
  next.from_years = horizon_.years_at(at);
  next.effective = effective_in(last, next.from_years);
  next.work += last.work_rate * (at - last.from).seconds();
  return next;
}

Trajectory::Segment& Trajectory::split(core::Time at) {
  if (segments_.back().from == at) return segments_.back();
  const Segment next = continued(at);
  return segments_.emplace_back(next);
}

void Trajectory::change(core::Time at, double rate) {
  if (segments_.back().rate == rate) return;
  Segment& segment = split(at);
  segment.rate = rate;
  segment.work_rate = rate;
}

// Effective compute per FLOP/s between `since` and x later, a x + b x^2, is that of progress in the middle and at the end.
Trajectory::Span Trajectory::span(const Segment& segment, core::Time at, const RateMoments& rate_moments) const {
  const double length = (at - segment.from).seconds();
  const double end = horizon_.years_at(at);
  const double middle = 0.5 * (segment.from_years + end);
  const double whole = elapsed(segment, segment.from_years, end) * core::kYear.seconds();
  const double half = elapsed(segment, segment.from_years, middle) * core::kYear.seconds();
  const double a = (4 * half - whole) / length;
  const double b = (2 * whole - 4 * half) / (length * length);
  const double last = segment.rate + rate_moments.sum;
  return {whole, last * whole - a * 1e-3 * rate_moments.first - b * 1e-6 * rate_moments.second};
}

void Trajectory::rate_moments(core::Time since, core::Time at, const RateMoments& rate_moments, double rate) {
  if (at == since) return change(at, rate);
  Segment& average = split(since);
  const Span changed = span(average, at, rate_moments);
  Segment next = average;
  next.from = at;
  next.from_years = horizon_.years_at(at);
  next.effective += changed.effective;
  const double worked = (average.rate + rate_moments.sum) * (at - since).seconds() - 1e-3 * rate_moments.first;
  next.work += worked;
  next.rate = rate;
  next.work_rate = rate;
  average.rate = changed.effective / changed.whole;
  average.work_rate = worked / (at - since).seconds();
  segments_.push_back(next);
}

double Trajectory::effective_after(core::Time since, core::Time at, const RateMoments& rate_moments) const {
  const Segment first = continued(since);
  return at == since ? first.effective : first.effective + span(first, at, rate_moments).effective;
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
  return segment.work + segment.work_rate * (years - segment.from_years) * core::kYear.seconds();
}

double Trajectory::work_at(core::Time t) const {
  const Segment& segment = segment_at(horizon_.years_at(t));
  return segment.work + segment.work_rate * (t - segment.from).seconds();
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
