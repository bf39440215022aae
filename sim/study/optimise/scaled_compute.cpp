#include "sim/study/optimise/scaled_compute.hpp"

#include <algorithm>
#include <limits>

#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/sum.hpp"
#include "sim/study/optimise/linear_solver.hpp"
#include "sim/study/optimise/mean_loss_cuts.hpp"

namespace fleetrace::study {
namespace {

/// Steps end after so many programmes, or where less than this share of the compute is left.
constexpr int kMostSteps = 400;
constexpr double kLeft = 1e-7;
/// Halvings of the interval in which the best step lies.
constexpr int kHalvings = 50;

}  // namespace

ScaledCompute::ScaledCompute(const PlanProblem& problem, const models::PowerOfScale& law)
    : exponent_(law.exponent), most_(law.most) {
  const fleet::Plant& plant = problem.setup.plant;
  double best = 0;
  const auto consider = [&](const models::AcceleratorType& type) {
    best = std::max(best, type.useful_peak() * plant.operations.mfu);
  };
  for (const PurchaseColumn& each : problem.columns) consider(plant.market.types[each.type]);
  for (const fleet::InitialCohort& each : plant.initial) consider(plant.market.types[each.type]);
  scale_ = best * law.at;
  const MeanLoss intervals(problem);
  for (std::size_t i = 0; i < intervals.intervals().size(); ++i)
    intervals_.push_back({intervals.intervals()[i].integral, intervals.base().rate[i]});
  changes_ = intervals.changes();
}

ScaledCompute::Tangent ScaledCompute::tangent(const std::vector<double>& units) const {
  std::vector<double> rates(intervals_.size());
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (units[i] == 0) continue;
    for (const auto& [interval, rate] : changes_[i]) rates[interval] += rate * units[i];
  }
  std::vector<double> slopes(intervals_.size());
  core::Sum value;
  core::Sum at_none;
  double purchased = 0;
  for (std::size_t i = 0; i < intervals_.size(); ++i) {
    purchased += rates[i];
    const double rate = std::max(0.0, intervals_[i].base + purchased);
    double per_rate = most_;
    double slope = most_;
    if (rate > 0) {
      if (const double falls = core::pow(rate / scale_, -exponent_); falls < most_) {
        per_rate = falls;
        slope = (1 - exponent_) * falls;
      }
    }
    slopes[i] = slope * intervals_[i].integral;
    value.add(per_rate * rate * intervals_[i].integral);
    at_none.add((per_rate - slope) * rate * intervals_[i].integral);
    at_none.add(slope * intervals_[i].base * intervals_[i].integral);
  }
  Tangent tangent{value.value(), at_none.value(), {}};
  for (const auto& changes : changes_) {
    core::Sum worth;
    double rate = 0;
    std::size_t next = 0;
    for (std::size_t i = changes.empty() ? intervals_.size() : changes.front().first; i < intervals_.size(); ++i) {
      for (; next < changes.size() && changes[next].first == i; ++next) rate += changes[next].second;
      worth.add(rate * slopes[i]);
    }
    tangent.worth.push_back(std::max(0.0, worth.value()));
  }
  return tangent;
}

ScaledOptimum most_scaled_compute(const ScaledCompute& compute, PlanProgram plan, std::vector<double> shares,
                                  const PlanRequest& request) {
  ScaledOptimum optimum;
  optimum.bound = std::numeric_limits<double>::infinity();
  LinearSolver solver(plan.program, request.verbose, request.stop);
  ScaledCompute::Tangent here = compute.tangent(units_of(plan, shares));
  for (int step = 0; step < kMostSteps; ++step) {
    set_worth(here.worth, plan);
    for (std::size_t i = 0; i < shares.size(); ++i) solver.set_objective(i, plan.program.columns()[i].objective);
    const LinearSolution solution = solver.solve();
    const double proved = here.at_none + plan.largest * safe_bound(plan.program, solution.prices);
    // More than the rounding of the tangent, which is a sum of terms above 0.
    optimum.bound = std::min(optimum.bound, proved * (1 + 1e-12));
    if (solution.status != LinearSolution::Status::optimal || is_stopped(request)) break;
    if (optimum.bound - here.value <= kLeft * here.value) break;
    std::vector<double> ahead(shares.size());
    for (std::size_t i = 0; i < ahead.size(); ++i) ahead[i] = std::clamp(solution.values[i], 0.0, 1.0) - shares[i];
    // The slope along the way falls, so that halving finds where it is 0.
    double from = 0;
    double to = 1;
    const auto at = [&](double way) {
      std::vector<double> there(shares.size());
      for (std::size_t i = 0; i < there.size(); ++i) there[i] = shares[i] + way * ahead[i];
      return there;
    };
    for (int half = 0; half < kHalvings; ++half) {
      const double way = 0.5 * (from + to);
      const ScaledCompute::Tangent there = compute.tangent(units_of(plan, at(way)));
      double slope = 0;
      for (std::size_t i = 0; i < ahead.size(); ++i) slope += there.worth[i] * plan.unit[i] * ahead[i];
      (slope > 0 ? from : to) = way;
    }
    shares = at(0.5 * (from + to));
    here = compute.tangent(units_of(plan, shares));
  }
  optimum.shares = std::move(shares);
  optimum.worth = std::move(here.worth);
  return optimum;
}

}  // namespace fleetrace::study
