#include <algorithm>
#include <cmath>

#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/sum.hpp"
#include "sim/study/optimise/mean_loss_cuts.hpp"

namespace fleetrace::study {
namespace {

// Gauss-Legendre on [-1, 1] with eight points, which is exact for polynomials up to degree 15.
constexpr std::array<double, 4> kNodes = {0.1834346424956498, 0.5255324099163290, 0.7966664774136267,
                                          0.9602898564975363};
constexpr std::array<double, 4> kWeights = {0.3626837833783620, 0.3137066458778873, 0.2223810344533745,
                                            0.1012285362903763};

double node(std::size_t i) { return i < 4 ? 0.5 * (1 - kNodes[3 - i]) : 0.5 * (1 + kNodes[i - 4]); }
double weight(std::size_t i) { return 0.5 * (i < 4 ? kWeights[3 - i] : kWeights[i - 4]); }

/// Intervals of the mean are no longer than this share of the horizon, so that Gauss's rule errs by less than 1e-10.
constexpr double kLongest = 1.0 / 96;

}  // namespace

MeanLoss::MeanLoss(const PlanProblem& problem) : problem_(problem) {
  const fleet::Horizon& horizon = problem.setup.horizon;
  const double end = horizon.years_at(horizon.end);
  std::vector<double> breaks{0, end};
  for (const PurchaseColumn& column : problem.columns) {
    for (const RateChange& change : column.changes) breaks.push_back(change.years);
  }
  for (const fleet::Trajectory::Segment& segment : problem.base.trajectory.segments())
    breaks.push_back(segment.from_years);
  std::sort(breaks.begin(), breaks.end());
  breaks.erase(std::unique(breaks.begin(), breaks.end()), breaks.end());
  for (std::size_t i = 0; i + 1 < breaks.size() && breaks[i] < end; ++i) {
    const double length = breaks[i + 1] - breaks[i];
    const auto parts = static_cast<std::size_t>(std::max(1.0, std::ceil(length / (end * kLongest))));
    for (std::size_t k = 0; k < parts; ++k) {
      const double from = breaks[i] + length * static_cast<double>(k) / static_cast<double>(parts);
      const double to = k + 1 == parts ? breaks[i + 1]
                                       : breaks[i] + length * static_cast<double>(k + 1) / static_cast<double>(parts);
      Interval interval{from, (to - from) / end, integral(from, to), {}};
      for (std::size_t q = 0; q < interval.until.size(); ++q)
        interval.until[q] = integral(from, from + (to - from) * node(q));
      base_.compute.push_back(problem.base.trajectory.effective_at(from));
      base_.rate.push_back(problem.base.trajectory.segment_at(0.5 * (from + to)).rate);
      intervals_.push_back(interval);
    }
  }
  for (const PurchaseColumn& column : problem.columns) {
    Changes changes;
    for (const RateChange& change : column.changes) {
      const auto at = std::lower_bound(intervals_.begin(), intervals_.end(), change.years,
                                       [](const Interval& each, double years) { return each.from < years; });
      if (at != intervals_.end()) changes.emplace_back(at - intervals_.begin(), change.rate);
    }
    changes_.push_back(std::move(changes));
  }
}

double MeanLoss::integral(double from, double to) const {
  const std::vector<fleet::Trajectory::Segment>& segments = problem_.base.trajectory.segments();
  double years = 0;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const double begins = std::max(from, segments[i].from_years);
    const double ends = i + 1 < segments.size() ? std::min(to, segments[i + 1].from_years) : to;
    if (begins < ends) years += problem_.base.trajectory.elapsed(segments[i], begins, ends);
  }
  return years * core::kYear.seconds();
}

MeanLoss::Path MeanLoss::path(const std::vector<double>& units) const {
  std::vector<double> added(intervals_.size());
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (units[i] == 0) continue;
    for (const auto& [interval, rate] : changes_[i]) added[interval] += rate * units[i];
  }
  Path path = base_;
  double compute = 0;
  double rate = 0;
  for (std::size_t i = 0; i < intervals_.size(); ++i) {
    rate += added[i];
    path.compute[i] += compute;
    path.rate[i] += rate;
    compute += rate * intervals_[i].integral;
  }
  return path;
}

MeanLoss::Tangent MeanLoss::tangent(std::size_t index, double compute, double rate) const {
  const models::LossLaw& law = problem_.setup.loss.law;
  const double reference = problem_.setup.loss.reference.compute;
  Tangent tangent;
  tangent.loss = law.floor;
  for (std::size_t q = 0; q < 8; ++q) {
    const double until = intervals_[index].until[q];
    const double ratio = std::max(1e-9, 1 + (compute + rate * until) / reference);
    for (const models::PowerTerm& term : law.terms) {
      if (!(term.scale > 0)) continue;
      const double part = weight(q) * term.scale * core::pow(ratio, -term.exponent);
      const double slope = -term.exponent * part / ratio / reference;
      tangent.loss += part;
      tangent.by_compute += slope;
      tangent.by_rate += slope * until;
    }
  }
  return tangent;
}

double MeanLoss::loss(const Path& path) const {
  core::Sum sum;
  for (std::size_t i = 0; i < intervals_.size(); ++i)
    sum.add(intervals_[i].weight * tangent(i, path.compute[i], path.rate[i]).loss);
  return sum.value();
}

MeanLoss::Support MeanLoss::support(double at_zero, const std::vector<double>& by_compute,
                                    const std::vector<double>& by_rate) const {
  Support support;
  core::Sum none(at_zero);
  for (std::size_t i = 0; i < intervals_.size(); ++i) {
    none.add(by_compute[i] * base_.compute[i]);
    none.add(by_rate[i] * base_.rate[i]);
  }
  support.at_none = none.value();
  for (const Changes& changes : changes_) {
    double compute = 0;
    double rate = 0;
    core::Sum worth;
    std::size_t next = 0;
    for (std::size_t i = changes.empty() ? intervals_.size() : changes.front().first; i < intervals_.size(); ++i) {
      for (; next < changes.size() && changes[next].first == i; ++next) rate += changes[next].second;
      worth.add(-by_compute[i] * compute);
      worth.add(-by_rate[i] * rate);
      compute += rate * intervals_[i].integral;
    }
    support.worth.push_back(worth.value());
  }
  return support;
}

double mean_loss_error(const PlanProblem& problem, const Counts& counts, double raced) {
  const MeanLoss mean(problem);
  return std::fabs(mean.loss(mean.path(std::vector<double>(counts.begin(), counts.end()))) - raced);
}

std::vector<double> even_spending(const PlanProblem& problem) {
  const std::vector<PurchaseColumn>& columns = problem.columns;
  std::vector<double> units(columns.size());
  const double usd = problem.money.usd() / static_cast<double>(problem.dates.size());
  const auto per_usd = [&](std::size_t i) { return columns[i].effective / columns[i].price.usd(); };
  const auto is_early = [](const PurchaseColumn& each) {
    return each.initial.has_value() || each.taken_out < core::Time::latest();
  };
  // What is taken out early comes after all else.
  const auto count = static_cast<std::size_t>(std::find_if(columns.begin(), columns.end(), is_early) - columns.begin());
  for (std::size_t i = 0, best = 0; i < count; ++i) {
    if (columns[i].at != columns[best].at || per_usd(i) > per_usd(best)) best = i;
    const bool is_last = i + 1 == count || columns[i + 1].at != columns[i].at;
    if (is_last) units[best] = usd / columns[best].price.usd();
  }
  return units;
}

}  // namespace fleetrace::study
