#include "sim/fleet/accounting/loss_curve.hpp"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/tools/minima.hpp>
#include <cmath>

#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/sum.hpp"

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
  return {segment.from, kind, ratio, 0, 0, static_cast<std::uint32_t>(index)};
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

double LossCurve::run_ending_at(const Piece& piece, double years) const {
  double total = 0;
  double share = 1;
  for (int i = 0; i <= piece.ancestors && share > 1e-18; ++i) {
    total += share * lone_run_ending_at(piece, years, i);
    share *= accounting_->run_inherits;
  }
  return total;
}

/// What the run of a generation computes by itself that ends so many lengths before `years`. Its algorithms are those of the
/// piece, never those that begin or end with it: which side of a change an instant is on is not left to rounding.
double LossCurve::lone_run_ending_at(const Piece& piece, double years, int generation) const {
  const double length = accounting_->run_length.years();
  const double end = years - generation * length;
  const double began = end - length;
  return accounting_->run_share * (trajectory_->work_at(end) - trajectory_->work_at(began)) *
         multiplier_before(piece, (generation + 1) * length, began) / accounting_->reference.compute;
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
  // The last run ends with the horizon, and so may the first heir of all runs before it, or the first run that has had new
  // algorithms from its beginning: a window without length.
  if (first_end <= horizon.end) add_window(horizon.end, horizon.end, best);
}

// Between breaks a run's compute is (linear in t) x A(t - L), which rises, falls, or rises and then falls, as long as
// progress does not accelerate faster than exponentially. The sum over a run and its ancestors is taken to do the same.
core::Time LossCurve::peak_of_runs(const Piece& window, core::Time to) const {
  const Horizon& horizon = trajectory_->horizon();
  const core::Time from = window.from;
  bool only_rises = true;
  bool only_falls = true;
  for (int i = 0; i <= window.ancestors; ++i) {
    const core::Duration before = accounting_->run_length * i;
    const core::Time began = from - before - accounting_->run_length;
    const double growth = trajectory_->work_rate_at(from - before) - trajectory_->work_rate_at(began);
    const double ago = (before + accounting_->run_length).years();
    const double progress = multiplier_before(window, ago, horizon.years_at(to) - ago) -
                            multiplier_before(window, ago, horizon.years_at(from) - ago);
    only_rises = only_rises && growth >= 0 && progress >= 0;
    only_falls = only_falls && growth <= 0 && progress <= 0;
  }
  if (only_falls) return from;
  if (only_rises) return to;
  const auto run_ending_at = [&](const auto& at) { return this->run_ending_at(window, at); };
  const auto [years, negative] = boost::math::tools::brent_find_minima(
      [&](double x) { return -run_ending_at(x); }, horizon.years_at(from), horizon.years_at(to), 40);
  const core::Time inside = std::clamp(horizon.start + core::Duration::from_years(years), from, to);
  core::Time peak = from;
  for (const core::Time candidate : {inside, to}) {
    if (run_ending_at(candidate) > run_ending_at(peak)) peak = candidate;
  }
  return peak;
}

void LossCurve::add_window(core::Time from, core::Time to, double& best) {
  // Between whole milliseconds nothing changes.
  const double within = trajectory_->horizon().years_at(from) + 0.25e-3 / core::kYear.seconds();
  const Piece window{from, Kind::run, 0, ancestors_at(from), within};
  const auto run_ending_at = [&](core::Time t) { return this->run_ending_at(window, t); };
  const core::Time peak = peak_of_runs(window, to);
  best_run_ = std::max(best_run_, run_ending_at(peak));
  if (run_ending_at(peak) <= best) return;
  core::Time rising = from;
  if (run_ending_at(from) < best) {
    rising = first_true(from, peak, [&](core::Time t) { return run_ending_at(t) >= best; });
  }
  if (rising < peak)
    runs_.push_back({rising, Kind::run, std::max(best, run_ending_at(rising)), window.ancestors, within});
  best = run_ending_at(peak);
  runs_.push_back({peak, Kind::constant, best});
}

double LossCurve::ratio_in(const Piece& piece, double years) const {
  switch (piece.kind) {
    case Kind::constant: return piece.first;
    case Kind::run: return std::max(piece.first, run_ending_at(piece, years));
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
    // A piece of runs may end before a change of progress, with less than the next one begins with.
    const bool is_joined = i + 1 < pieces() && here.kind != Kind::run;
    const double last = is_joined ? piece(i + 1).first : ratio_in(here, end_years);
    const Point first{horizon.years_at(here.from), here.first};
    if (here.kind == Kind::cumulative && has_series(trajectory_->segments()[i])) {
      total.add(integrate_series(trajectory_->segments()[i], first, {end_years, last}));
    } else {
      total.add(integrate_around_kinks(here, first, {end_years, last}));
    }
  }
  return total.value() / horizon.years_at(horizon.end);
}

}  // namespace fleetrace::fleet
