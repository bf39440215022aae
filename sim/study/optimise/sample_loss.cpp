#include "sim/study/optimise/sample_loss.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/numeric/math.hpp"

namespace fleetrace::study {
namespace {

/// Parts of a horizon. More of them take fewer rounds and longer ones.
constexpr std::size_t kParts = 12;

}  // namespace

double WorldLoss::slope(double purchased) const {
  const double ratio = 1 + (base + purchased) / reference;
  double slope = 0;
  for (const models::PowerTerm& term : law.terms) {
    if (term.scale > 0) slope -= term.exponent * term.scale * core::pow(ratio, -term.exponent - 1) / reference;
  }
  return slope;
}

WorldLoss world_loss(const PlanProblem& problem) {
  const fleet::StrategySetup& setup = problem.setup;
  return {setup.loss.law, setup.loss.reference.compute, problem.base.effective,
          setup.horizon.years_at(setup.horizon.end)};
}

StretchedLoss::StretchedLoss(const PlanProblem& problem) : mean_(problem) {
  const double end = problem.setup.horizon.years_at(problem.setup.horizon.end);
  double before = -1;
  for (const MeanLoss::Interval& each : mean_.intervals()) {
    const double stretch = std::floor(each.from / end * static_cast<double>(kParts));
    if (stretch > before) weights_.push_back(0);
    before = stretch;
    weights_.back() += each.weight;
    part_.push_back(weights_.size() - 1);
  }
}

std::vector<MeanLoss::Support> StretchedLoss::tangents(const std::vector<double>& units) const {
  const MeanLoss::Path path = mean_.path(units);
  const std::size_t count = part_.size();
  std::vector<MeanLoss::Support> tangents;
  for (std::size_t from = 0; from < count;) {
    std::vector<double> by_compute(count);
    std::vector<double> by_rate(count);
    double at_zero = 0;
    std::size_t i = from;
    for (; i < count && part_[i] == part_[from]; ++i) {
      const double share = mean_.intervals()[i].weight / weights_[part_[from]];
      const MeanLoss::Tangent at = mean_.tangent(i, path.compute[i], path.rate[i]);
      at_zero += share * (at.loss - at.by_compute * path.compute[i] - at.by_rate * path.rate[i]);
      by_compute[i] = share * at.by_compute;
      by_rate[i] = share * at.by_rate;
    }
    tangents.push_back(mean_.support(at_zero, by_compute, by_rate));
    from = i;
  }
  return tangents;
}

double least_loss(const PlanProblem& world, const PlanRequest& request) {
  const bool is_mean = request.objective == fleet::Metric::mean_loss;
  if (world.columns.empty()) {
    if (!is_mean) return world_loss(world).loss(0);
    const MeanLoss mean(world);
    return mean.loss(mean.base());
  }
  PlanProgram plan = plan_program(world, request);
  std::vector<double> worth;
  for (const PurchaseColumn& each : world.columns) worth.push_back(each.effective);
  const auto most = [&] {
    set_worth(worth, plan);
    LinearSolver solver(plan.program);
    const LinearSolution solution = solver.solve();
    return std::pair(plan.largest * safe_bound(plan.program, solution.prices), solution.values);
  };
  auto [compute, shares] = most();
  if (!is_mean) return world_loss(world).loss(compute);
  shares.resize(plan.unit.size());
  for (double& each : shares) each = std::clamp(each, 0.0, 1.0);
  const MeanLoss mean(world);
  const CutResult cut = minimise_mean_loss(world, mean, plan, units_of(plan, shares), even_spending(world),
                                           request.gap / 4, kMostRounds, {}, request);
  worth = cut.support.worth;
  return cut.support.at_none - most().first;
}

double mean_loss_error(const PlanProblem& world, const Counts& counts) {
  const MeanLoss mean(world);
  const double sum = mean.loss(mean.path(std::vector<double>(counts.begin(), counts.end())));
  return std::fabs(sum - lifted_mean_loss(world, counts));
}

}  // namespace fleetrace::study
