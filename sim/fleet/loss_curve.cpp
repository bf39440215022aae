#include "fleetrace/fleet/loss_curve.hpp"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/tools/minima.hpp>
#include <cmath>

#include "fleetrace/core/math.hpp"
#include "fleetrace/core/sum.hpp"

namespace fleetrace::fleet {
namespace {

constexpr double kPi = 3.14159265358979323846;

/// The index of the row that holds at a time, of rows in order of `from`.
template <class Rows>
std::size_t row_at(const Rows& rows, core::Time t) {
  const auto after = std::upper_bound(rows.begin(), rows.end(), t,
                                      [](core::Time time, const auto& row) { return time < row.from; });
  return after == rows.begin() ? 0 : static_cast<std::size_t>(after - rows.begin() - 1);
}

}  // namespace

LossCurve::LossCurve(const Trajectory& trajectory, const LossAccounting& accounting)
    : trajectory_(&trajectory), accounting_(&accounting) {
  if (!is_cumulative()) add_best_runs();
}

LossCurve::Piece LossCurve::piece(std::size_t index) const {
  if (!is_cumulative()) return runs_[index];
  const Trajectory::Segment& segment = trajectory_->segments()[index];
  const Kind kind = segment.rate == 0 ? Kind::constant : Kind::cumulative;
  const double ratio = 1 + segment.effective / accounting_->reference.compute;
  return {segment.from, kind, ratio, 0, static_cast<std::uint32_t>(index)};
}

core::Time LossCurve::from(std::size_t index) const {
  if (index >= pieces()) return trajectory_->horizon().end;
  return is_cumulative() ? trajectory_->segments()[index].from : runs_[index].from;
}

LossCurve::Piece LossCurve::piece_at(core::Time t) const {
  return piece(is_cumulative() ? row_at(trajectory_->segments(), t) : row_at(runs_, t));
}

// Runs that ended when the next one began, as far back as the horizon goes; the run ending at start + L is the first.
int LossCurve::ancestors_at(core::Time end_of_run) const {
  if (accounting_->run_inherits == 0) return 0;
  return static_cast<int>((end_of_run - trajectory_->horizon().start) / accounting_->run_length) - 1;
}

double LossCurve::run_ending_at(double years, int ancestors) const {
  double total = lone_run_ending_at(years);
  double share = 1;
  for (int i = 1; i <= ancestors && share > 1e-18; ++i) {
    share *= accounting_->run_inherits;
    total += share * lone_run_ending_at(years - i * accounting_->run_length.years());
  }
  return total;
}

double LossCurve::lone_run_ending_at(double years) const {
  const double began = years - accounting_->run_length.years();
  return accounting_->run_share * (trajectory_->work_at(years) - trajectory_->work_at(began)) *
         trajectory_->multiplier(began) / accounting_->reference.compute;
}

void LossCurve::add_best_runs() {
  const Horizon& horizon = trajectory_->horizon();
  const core::Time first_end = horizon.start + accounting_->run_length;
  // A run's work is linear between changes of capacity at either of its ends; its ancestors' likewise. The first segment
  // begins with the horizon, so that each date from which there is one more of them is a break.
  std::vector<core::Time> breaks{first_end, horizon.end};
  const int generations = accounting_->run_inherits > 0 ? ancestors_at(horizon.end) + 2 : 1;
  for (const Trajectory::Segment& segment : trajectory_->segments()) {
    core::Time at = segment.from;
    for (int i = 0; i <= generations && at <= horizon.end; ++i) {
      breaks.push_back(at);
      at = core::saturating_add(at, accounting_->run_length);
    }
  }
  std::sort(breaks.begin(), breaks.end());
  breaks.erase(std::unique(breaks.begin(), breaks.end()), breaks.end());
  runs_.push_back({horizon.start, Kind::constant, 1});
  double best = 1;
  for (std::size_t i = 0; i + 1 < breaks.size(); ++i) {
    if (breaks[i] >= first_end && breaks[i + 1] <= horizon.end) add_window(breaks[i], breaks[i + 1], best);
  }
  // A run as long as the horizon ends with it, and so may the first heir of all runs before it: a window without length.
  if (first_end == horizon.end || accounting_->run_inherits > 0) add_window(horizon.end, horizon.end, best);
}

// Between breaks a run's compute is (linear in t) x A(t - L), which rises, falls, or rises and then falls, as long as
// progress does not accelerate faster than exponentially. The sum over a run and its ancestors is taken to do the same.
core::Time LossCurve::peak_of_runs(core::Time from, core::Time to, int ancestors) const {
  bool only_rises = true;
  bool only_falls = true;
  for (int i = 0; i <= ancestors; ++i) {
    const core::Duration before = accounting_->run_length * i;
    const core::Time began = from - before - accounting_->run_length;
    const double growth = trajectory_->rate_at(from - before) - trajectory_->rate_at(began);
    const core::Time last_began = to - before - accounting_->run_length;
    const double progress = trajectory_->multiplier(last_began) - trajectory_->multiplier(began);
    only_rises = only_rises && growth >= 0 && progress >= 0;
    only_falls = only_falls && growth <= 0 && progress <= 0;
  }
  if (only_falls) return from;
  if (only_rises) return to;
  const auto run_ending_at = [&](const auto& at) { return this->run_ending_at(at, ancestors); };
  const auto [years, negative] = boost::math::tools::brent_find_minima([&](double x) { return -run_ending_at(x); },
                                                                       trajectory_->horizon().years_at(from),
                                                                       trajectory_->horizon().years_at(to), 40);
  const core::Time inside = std::clamp(trajectory_->horizon().start + core::Duration::from_years(years), from, to);
  core::Time peak = from;
  for (const core::Time candidate : {inside, to}) {
    if (run_ending_at(candidate) > run_ending_at(peak)) peak = candidate;
  }
  return peak;
}

void LossCurve::add_window(core::Time from, core::Time to, double& best) {
  const int ancestors = ancestors_at(from);
  const auto run_ending_at = [&](core::Time t) { return this->run_ending_at(t, ancestors); };
  const core::Time peak = peak_of_runs(from, to, ancestors);
  best_run_ = std::max(best_run_, run_ending_at(peak));
  if (run_ending_at(peak) <= best) return;
  core::Time rising = from;
  if (run_ending_at(from) < best) {
    rising = first_true(from, peak, [&](core::Time t) { return run_ending_at(t) >= best; });
  }
  if (rising < peak) runs_.push_back({rising, Kind::run, std::max(best, run_ending_at(rising)), ancestors});
  best = run_ending_at(peak);
  runs_.push_back({peak, Kind::constant, best});
}

double LossCurve::ratio_in(const Piece& piece, double years) const {
  switch (piece.kind) {
    case Kind::constant: return piece.first;
    case Kind::run: return std::max(piece.first, run_ending_at(years, piece.ancestors));
    case Kind::cumulative: break;
  }
  const Trajectory::Segment& segment = trajectory_->segments()[piece.segment];
  return 1 + trajectory_->effective_in(segment, years) / accounting_->reference.compute;
}

double LossCurve::ratio_at(core::Time t) const { return ratio_in(piece_at(t), trajectory_->horizon().years_at(t)); }

// The sum of the semi-axes of the ellipse around an interval, in half-widths, within which the loss is smooth as a function of
// time: its singularities lie where C = 0. With C = c + b A and c >= 0, where compute grows no faster than progress from one end
// to the other, that is where A is negative: pi of ln A away, at right angles. Where A falls it is before the interval, by as much
// of ln A as C takes from nothing. Else extrapolating the growth of compute, or that of anything behind it, along a line bounds
// how near it may be.
double LossCurve::smoothness(const Piece& piece, const Point& from, const Point& to) const {
  const models::LossLaw& law = accounting_->law;
  const Trajectory::Segment& segment = piece.kind == Kind::cumulative ? trajectory_->segments()[piece.segment]
                                                                      : trajectory_->segment_at(from.years);
  const double growth = to.ratio / from.ratio - 1;
  const double change = trajectory_->change_in(segment, from.years, to.years);
  const bool is_sum = piece.kind == Kind::cumulative && !law.timed;
  if (is_sum && change > 0 && growth <= change * (1 + 0.5 * change)) {
    const double distance = 2 * kPi / change;
    return distance + std::sqrt(distance * distance + 1);
  }
  const double line = 2 / std::max({growth, std::fabs(change), law.pace * (to.years - from.years)});
  const double distance = 1 + (is_sum && change < 0 ? 2 * core::log1p(-core::expm1(change) / growth) / -change : line);
  return distance + std::sqrt(distance * distance - 1);
}

// Gauss and Legendre's rule: n nodes leave a relative error of some kappa rho^(-2n) with rho the smoothness, which is 1e-13 for
// the limits below, as does the middle alone where nothing changes by more than 1e-5, as between two failures among a hundred
// thousand accelerators.
double LossCurve::integrate(const Piece& piece, const Point& from, const Point& to) const {
  using boost::math::quadrature::gauss;
  const double length = to.years - from.years;
  const double middle = 0.5 * (from.years + to.years);
  const double rho = smoothness(piece, from, to);
  if (rho >= 4e5) return length * accounting_->law.loss(0.5 * (from.ratio + to.ratio), middle);
  const auto loss = [&](double years) { return loss_in(piece, years); };
  if (rho >= 80) return gauss<double, 3>::integrate(loss, from.years, to.years);
  if (rho >= 25) return gauss<double, 4>::integrate(loss, from.years, to.years);
  if (rho >= 13) return gauss<double, 5>::integrate(loss, from.years, to.years);
  if (rho >= 6.4) return gauss<double, 7>::integrate(loss, from.years, to.years);
  if (rho >= 4 || !(from.years < middle && middle < to.years))
    return gauss<double, 10>::integrate(loss, from.years, to.years);
  const Point half{middle, ratio_in(piece, middle)};
  return integrate(piece, from, half) + integrate(piece, half, to);
}

// Where the series is refused, parts are short enough: equal ones where progress is fast, else two in which compute grows by
// about the same factor.
double LossCurve::integrate_series(const Trajectory::Segment& segment, const Point& from, const Point& to) const {
  constexpr double kMostChange = 2.1;
  const models::LossLaw& law = accounting_->law;
  const double length = to.years - from.years;
  const double change = *trajectory_->growth_in(segment) * length;
  if (change <= kMostChange) {
    if (const auto mean = models::mean_of_powers(law, from.ratio, to.ratio, change)) return *mean * length;
  }
  const int parts = std::max(2, static_cast<int>(std::ceil(change / kMostChange)));
  const double step = change > kMostChange ? length / parts : length / (1 + std::sqrt(to.ratio / from.ratio));
  if (!(from.years < from.years + step && from.years + step < to.years))
    return length * law.loss(0.5 * (from.ratio + to.ratio));
  double sum = 0;
  Point begin = from;
  for (int part = 1; part <= parts; ++part) {
    Point end = to;
    if (part < parts) {
      end.years = from.years + step * part;
      end.ratio = 1 + trajectory_->effective_in(segment, end.years) / accounting_->reference.compute;
    }
    sum += integrate_series(segment, begin, end);
    begin = end;
  }
  return sum;
}

double LossCurve::integrate_around_kinks(const Piece& piece, const Point& from, const Point& to) const {
  const models::LossLaw& law = accounting_->law;
  if (!law.timed) return integrate(piece, from, to);
  if (law.kink == nullptr) {
    return boost::math::quadrature::gauss_kronrod<double, 31>::integrate(
        [&](double years) { return loss_in(piece, years); }, from.years, to.years, 12, 1e-11);
  }
  const auto beyond = [&](const Point& at) { return law.kink(law, at.ratio, at.years) > 0; };
  const bool at_first = beyond(from);
  if (at_first == beyond(to)) return integrate(piece, from, to);
  Point low = from;
  Point high = to;
  while (true) {
    const double middle = 0.5 * (low.years + high.years);
    if (middle <= low.years || middle >= high.years) break;
    const Point at{middle, ratio_in(piece, middle)};
    (beyond(at) == at_first ? low : high) = at;
  }
  return integrate(piece, from, low) + integrate(piece, low, to);
}

double LossCurve::mean_loss() const {
  const Horizon& horizon = trajectory_->horizon();
  core::Sum total;
  for (std::size_t i = 0; i < pieces(); ++i) {
    const core::Time end = from(i + 1);
    if (end <= from(i)) continue;
    const Piece here = piece(i);
    if (here.kind == Kind::constant && !accounting_->law.timed) {
      total.add(accounting_->law.loss(here.first) * (end - here.from).years());
      continue;
    }
    const double end_years = horizon.years_at(end);
    const double last = i + 1 < pieces() ? piece(i + 1).first : ratio_in(here, end_years);
    const Point first{horizon.years_at(here.from), here.first};
    if (here.kind == Kind::cumulative && has_series(trajectory_->segments()[i])) {
      total.add(integrate_series(trajectory_->segments()[i], first, {end_years, last}));
    } else {
      total.add(integrate_around_kinks(here, first, {end_years, last}));
    }
  }
  return total.value() / horizon.years_at(horizon.end);
}

std::optional<core::Time> LossCurve::time_of(double relative_loss) const {
  const models::LossLaw& law = accounting_->law;
  if (!law.timed) return time_of_ratio(law.ratio(relative_loss));
  const auto holds = [&](const Piece& piece, core::Time t) {
    return loss_in(piece, trajectory_->horizon().years_at(t)) <= relative_loss;
  };
  for (std::size_t i = 0; i < pieces(); ++i) {
    const Piece here = piece(i);
    if (law.loss(here.first, trajectory_->horizon().years_at(here.from)) <= relative_loss) return here.from;
    const core::Time end = from(i + 1);
    if (end <= here.from || !holds(here, end)) continue;
    return first_true(here.from, end, [&](core::Time t) { return holds(here, t); });
  }
  return std::nullopt;
}

// What a piece begins with does not fall from one to the next.
std::optional<core::Time> LossCurve::time_of_ratio(double needed) const {
  std::size_t before = 0;  // the pieces that begin with less
  for (std::size_t rest = pieces(); rest > 0;) {
    const std::size_t half = rest / 2;
    if (piece(before + half).first < needed) {
      before += half + 1;
      rest -= half + 1;
    } else {
      rest = half;
    }
  }
  if (before == 0) return from(0);
  const Piece last = piece(before - 1);
  const core::Time end = from(before);
  if (end > last.from && ratio_in(last, trajectory_->horizon().years_at(end)) >= needed)
    return time_in(last, end, needed);
  return before < pieces() ? std::optional(end) : std::nullopt;
}

// Where progress is steady its inverse gives the instant to a millisecond or so.
core::Time LossCurve::time_in(const Piece& piece, core::Time to, double needed) const {
  const auto ratio_at = [&](core::Time t) { return ratio_in(piece, trajectory_->horizon().years_at(t)); };
  core::Time low = piece.from;
  core::Time high = to;
  const Trajectory::Segment& segment = trajectory_->segments()[piece.segment];
  if (const auto growth = trajectory_->growth_in(segment); growth && piece.kind == Kind::cumulative) {
    const double per_year = segment.rate * core::kYear.seconds() * trajectory_->multiplier(segment.from_years) /
                            accounting_->reference.compute;
    const double straight = (needed - piece.first) / per_year;
    const double years = *growth == 0 ? straight : core::log1p(*growth * straight) / *growth;
    const double inside = years * static_cast<double>(core::kYear.milliseconds());
    if (inside > 1 && inside + 1 < static_cast<double>((to - piece.from).milliseconds())) {
      const core::Time guess = piece.from + core::Duration::from_milliseconds(static_cast<std::int64_t>(inside));
      const bool is_late = ratio_at(guess) >= needed;
      const core::Time next = is_late ? guess - core::kMillisecond : guess + core::kMillisecond;
      const bool is_next = ratio_at(next) >= needed;
      if (is_late != is_next) return is_late ? guess : next;
      (is_late ? high : low) = next;
    }
  }
  return first_at_least(low, high, needed, ratio_at);
}

}  // namespace fleetrace::fleet
