#include "sim/study/optimise/dated_compute.hpp"

#include <algorithm>
#include <cmath>

namespace fleetrace::study {
namespace {

constexpr double kSeconds = core::kYear.seconds();

/// Work of a list of changes until a date [FLOP].
template <class Changes>
double work_until(const Changes& changes, double years) {
  double work = 0;
  for (const auto& each : changes) {
    if (each.years < years) work += each.rate * (years - each.years);
  }
  return work * kSeconds;
}

}  // namespace

DatedCompute::DatedCompute(const PlanProblem& problem) : problem_(problem) {
  const fleet::Trajectory& trajectory = problem.base.trajectory;
  double sum = 0;
  std::vector<RateChange> base;
  double rate = 0;
  for (std::size_t i = 0; i < trajectory.segments().size(); ++i) {
    const fleet::Trajectory::Segment& segment = trajectory.segments()[i];
    if (i > 0) {
      const fleet::Trajectory::Segment& before = trajectory.segments()[i - 1];
      sum += trajectory.elapsed(before, before.from_years, segment.from_years);
    }
    integrals_.push_back(sum);
    base.push_back({segment.from_years, segment.rate - rate});
    rate = segment.rate;
  }
  base_ = changes_of(base);
  for (const PurchaseColumn& column : problem.columns) changes_.push_back(changes_of(column.changes));
}

double DatedCompute::integral(double years) const {
  const std::vector<fleet::Trajectory::Segment>& segments = problem_.base.trajectory.segments();
  const auto later = std::upper_bound(segments.begin(), segments.end(), years,
                                      [](double at, const auto& segment) { return at < segment.from_years; });
  const auto index = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, later - segments.begin() - 1));
  return integrals_[index] + problem_.base.trajectory.elapsed(segments[index], segments[index].from_years, years);
}

DatedCompute::Changes DatedCompute::changes_of(const std::vector<RateChange>& changes) const {
  Changes result;
  for (const RateChange& each : changes) result.push_back({each.years, each.rate, integral(each.years)});
  return result;
}

// A run that ends at e has the window [e - L, e], whose work is linear in e between changes of the rate at either end, times the
// algorithms of its beginning. Both factors are largest, or of a loss of work least, at known points.
double DatedCompute::most_of_runs(const Changes& changes, double from, double to) const {
  const fleet::LossAccounting& loss = problem_.setup.loss;
  const double length = loss.run_length.years();
  double total = 0;
  double share = loss.run_share;
  for (; share > 1e-18 && to >= length * (1 - 1e-15); from -= length, to -= length) {
    const double first = std::max(from, length);
    std::vector<double> ends{first, std::max(first, to)};
    for (const Change& each : changes) {
      for (const double at : {each.years, each.years + length}) {
        if (at > first && at < to) ends.push_back(at);
      }
    }
    // What begins before the horizon has no run yet, and adds nothing.
    double most = from < length ? 0 : -std::numeric_limits<double>::infinity();
    for (const double end : ends) most = std::max(most, work_until(changes, end) - work_until(changes, end - length));
    const double began = most >= 0 ? std::max(first, to) - length : first - length;
    total += share * most * problem_.base.trajectory.multiplier(std::max(0.0, began));
    share *= loss.run_inherits;
  }
  return total;
}

double DatedCompute::most_of(const Changes& changes, double from, double to) const {
  if (counts_runs()) return most_of_runs(changes, from, to);
  // All rates of a column have one sign, so that its compute rises or falls throughout.
  const auto compute = [&](double years) {
    const double until = integral(years);
    double sum = 0;
    for (const Change& each : changes) {
      if (each.years < years) sum += each.rate * (until - each.integral);
    }
    return sum * kSeconds;
  };
  return from == to ? compute(to) : std::max(compute(from), compute(to));
}

std::vector<double> DatedCompute::most(core::Time from, core::Time to) const {
  const fleet::Horizon& horizon = problem_.setup.horizon;
  std::vector<double> result;
  result.reserve(changes_.size());
  for (const Changes& each : changes_) result.push_back(most_of(each, horizon.years_at(from), horizon.years_at(to)));
  return result;
}

double DatedCompute::base_most(core::Time from, core::Time to) const {
  const fleet::Horizon& horizon = problem_.setup.horizon;
  if (!counts_runs()) return problem_.base.trajectory.effective_at(to);
  return most_of_runs(base_, horizon.years_at(from), horizon.years_at(to));
}

core::Time DatedCompute::first() const {
  const fleet::Horizon& horizon = problem_.setup.horizon;
  if (!counts_runs()) return horizon.start;
  return std::min(horizon.end, core::saturating_add(horizon.start, problem_.setup.loss.run_length));
}

double DatedCompute::needed(double loss) const {
  const fleet::StrategySetup& setup = problem_.setup;
  const double ratio = setup.loss.law.ratio(loss, setup.horizon.years_at(setup.horizon.end));
  return (counts_runs() ? ratio : ratio - 1) * setup.loss.reference.compute;
}

double DatedCompute::loss_of(double compute) const {
  const fleet::StrategySetup& setup = problem_.setup;
  const double ratio = compute / setup.loss.reference.compute;
  return setup.loss.law.loss(counts_runs() ? std::max(1.0, ratio) : 1 + ratio,
                             setup.horizon.years_at(setup.horizon.end));
}

bool DatedCompute::progress_falls() const {
  constexpr int kSteps = 1000;
  const double end = problem_.setup.horizon.years_at(problem_.setup.horizon.end);
  double before = 0;
  for (int i = 0; i <= kSteps; ++i) {
    const double now = problem_.base.trajectory.multiplier(end * i / kSteps);
    if (now < before * (1 - 1e-12)) return true;
    before = now;
  }
  return false;
}

}  // namespace fleetrace::study
