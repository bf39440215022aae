#include "fleetrace/fleet/loss_curve.hpp"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/tools/minima.hpp>

#include "fleetrace/core/sum.hpp"

namespace fleetrace::fleet {
namespace {

constexpr double kThreeNodes = 0.774596669241483377035853079956;  // sqrt(3/5)

}  // namespace

LossCurve::LossCurve(const Trajectory& trajectory, const LossAccounting& accounting)
    : trajectory_(&trajectory), accounting_(&accounting) {
  if (accounting.accounting == Accounting::cumulative) {
    add_cumulative();
  } else {
    add_best_runs();
  }
}

void LossCurve::add_cumulative() {
  for (const Trajectory::Segment& segment : trajectory_->segments()) {
    const Kind kind = segment.rate == 0 ? Kind::constant : Kind::cumulative;
    const double ratio = 1 + segment.effective / accounting_->reference.compute;
    pieces_.push_back({segment.from, kind, ratio, 0, static_cast<std::uint32_t>(pieces_.size())});
  }
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
  pieces_.push_back({horizon.start, Kind::constant, 1});
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
  if (rising < peak) pieces_.push_back({rising, Kind::run, std::max(best, run_ending_at(rising)), ancestors});
  best = run_ending_at(peak);
  pieces_.push_back({peak, Kind::constant, best});
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

core::Time LossCurve::end_of(std::size_t piece) const {
  return piece + 1 < pieces_.size() ? pieces_[piece + 1].from : trajectory_->horizon().end;
}

double LossCurve::ratio_at(core::Time t) const {
  const auto after = std::upper_bound(pieces_.begin(), pieces_.end(), t,
                                      [](core::Time time, const Piece& piece) { return time < piece.from; });
  return ratio_in(after == pieces_.begin() ? *after : *(after - 1), trajectory_->horizon().years_at(t));
}

// Gauss and Legendre's rule. With ratio g of compute over an interval the singularity at C = 0 lies (g + 1)/(g - 1) half-widths
// from its middle, or further; that of progress, at A = 0, lies pi half-turns of ln A away. So n nodes leave a relative error of
// some kappa rho^(-2n) with rho = 4.4, 13 and 80 for the limits below, which is 1e-13, as does the middle alone where nothing
// changes by more than 1e-5, as between two failures among a hundred thousand accelerators.
double LossCurve::integrate(const Piece& piece, const Point& from, const Point& to) const {
  using boost::math::quadrature::gauss;
  const models::LossLaw& law = accounting_->law;
  const Trajectory::Segment& segment = piece.kind == Kind::cumulative ? trajectory_->segments()[piece.segment]
                                                                      : trajectory_->segment_at(from.years);
  const double length = to.years - from.years;
  const double growth = to.ratio / from.ratio - 1;
  const double middle = 0.5 * (from.years + to.years);
  const double change = std::max(trajectory_->change_in(segment, from.years, to.years), law.pace * length);
  if (growth <= 1e-5 && change <= 1e-5) return length * law.loss(0.5 * (from.ratio + to.ratio), middle);
  const auto loss = [&](double years) { return loss_in(piece, years); };
  if (growth <= 0.05 && change <= 0.05) {
    const double node = 0.5 * length * kThreeNodes;
    return length * (5 * (loss(middle - node) + loss(middle + node)) + 8 * loss(middle)) / 18;
  }
  if (growth <= 0.35 && change <= 0.35) return gauss<double, 5>::integrate(loss, from.years, to.years);
  if ((growth <= 1.5 && change <= 1.1) || !(from.years < middle && middle < to.years))
    return gauss<double, 10>::integrate(loss, from.years, to.years);
  const Point half{middle, ratio_in(piece, middle)};
  return integrate(piece, from, half) + integrate(piece, half, to);
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
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const Piece& piece = pieces_[i];
    const core::Time end = end_of(i);
    if (end <= piece.from) continue;
    if (piece.kind == Kind::constant && !accounting_->law.timed) {
      total.add(accounting_->law.loss(piece.first) * (end - piece.from).years());
      continue;
    }
    const double end_years = horizon.years_at(end);
    const double last = i + 1 < pieces_.size() ? pieces_[i + 1].first : ratio_in(piece, end_years);
    total.add(integrate_around_kinks(piece, {horizon.years_at(piece.from), piece.first}, {end_years, last}));
  }
  return total.value() / horizon.years_at(horizon.end);
}

std::optional<core::Time> LossCurve::time_of(double relative_loss) const {
  const models::LossLaw& law = accounting_->law;
  // Where time enters the law, what is needed falls with it.
  const double needed = law.timed ? 0 : law.ratio(relative_loss);
  const auto holds = [&](const Piece& piece, core::Time t) {
    const double years = trajectory_->horizon().years_at(t);
    return law.timed ? loss_in(piece, years) <= relative_loss : ratio_in(piece, years) >= needed;
  };
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const double years = trajectory_->horizon().years_at(pieces_[i].from);
    if (law.timed ? law.loss(pieces_[i].first, years) <= relative_loss : pieces_[i].first >= needed)
      return pieces_[i].from;
    const core::Time end = end_of(i);
    if (end <= pieces_[i].from || !holds(pieces_[i], end)) continue;
    return first_true(pieces_[i].from, end, [&](core::Time t) { return holds(pieces_[i], t); });
  }
  return std::nullopt;
}

}  // namespace fleetrace::fleet
