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
    pieces_.push_back({segment.from, kind, 1 + segment.effective / accounting_->reference.compute});
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
  return 1 + trajectory_->effective_at(years) / accounting_->reference.compute;
}

core::Time LossCurve::end_of(std::size_t piece) const {
  return piece + 1 < pieces_.size() ? pieces_[piece + 1].from : trajectory_->horizon().end;
}

double LossCurve::ratio_at(core::Time t) const {
  const auto after = std::upper_bound(pieces_.begin(), pieces_.end(), t,
                                      [](core::Time time, const Piece& piece) { return time < piece.from; });
  return ratio_in(after == pieces_.begin() ? *after : *(after - 1), trajectory_->horizon().years_at(t));
}

// Gauss-Legendre quadrature, with 10 nodes on intervals short enough that neither compute nor its rate more than doubles:
// the singularity at C = 0 then lies far enough away for 15 digits. Where both grow by a hundredth at most, as between two
// failures, 3 nodes leave an error below 1e-17.
double LossCurve::integrate(const Piece& piece, double from, double to) const {
  if (accounting_->law.timed) {
    return boost::math::quadrature::gauss_kronrod<double, 31>::integrate(
        [&](double years) { return loss_in(piece, years); }, from, to, 12, 1e-11);
  }
  const double middle = 0.5 * (from + to);
  const double growth = ratio_in(piece, to) / ratio_in(piece, from);
  const double acceleration = trajectory_->multiplier_within(from, to) / trajectory_->multiplier(from);
  if (growth <= 1.01 && acceleration <= 1.01 && acceleration >= 0.99) {
    const double node = 0.5 * (to - from) * kThreeNodes;
    const auto loss = [&](double years) { return loss_in(piece, years); };
    return (to - from) * (5 * (loss(middle - node) + loss(middle + node)) + 8 * loss(middle)) / 18;
  }
  const bool smooth = growth <= 2 && acceleration <= 2 && acceleration >= 0.5;
  if (!smooth && from < middle && middle < to) return integrate(piece, from, middle) + integrate(piece, middle, to);
  return boost::math::quadrature::gauss<double, 10>::integrate([&](double years) { return loss_in(piece, years); },
                                                               from, to);
}

double LossCurve::mean_loss() const {
  const Horizon& horizon = trajectory_->horizon();
  core::Sum total;
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const core::Time end = end_of(i);
    if (end <= pieces_[i].from) continue;
    total.add(pieces_[i].kind == Kind::constant && !accounting_->law.timed
                  ? accounting_->law.loss(pieces_[i].first) * (end - pieces_[i].from).years()
                  : integrate(pieces_[i], horizon.years_at(pieces_[i].from), horizon.years_at(end)));
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
