#include "sim/study/optimise/date_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fleetrace::study {
namespace {

/// Linear programmes at most; every case seen so far took less than a tenth of them.
constexpr int kMostPrograms = 2000;
/// Sums of a few thousand terms err by less than this share.
constexpr double kRounding = 1e-12;

core::Time middle(core::Time from, core::Time to) {
  return from + core::Duration::from_milliseconds((to - from).milliseconds() / 2);
}

struct Stretch {
  core::Time from;
  core::Time to;
  double bound = 0;
};

}  // namespace

MostCompute::MostCompute(const PlanProblem& problem, const DatedCompute& dated, PlanProgram& plan,
                         const PlanRequest& request)
    : dated_(dated), unit_(plan.unit), solver_(plan.program, request.verbose) {
  const core::Time end = problem.setup.horizon.end;
  double largest = 0;
  const std::vector<double> most = dated.most(dated.first(), end);
  for (std::size_t i = 0; i < most.size(); ++i) largest = std::max(largest, std::fabs(most[i] * unit_[i]));
  if (largest > 0) scale_ = largest;
  plan.largest = scale_;
}

double MostCompute::bound(core::Time from, core::Time to) {
  worth_ = dated_.most(from, to);
  for (std::size_t i = 0; i < worth_.size(); ++i) solver_.set_objective(i, worth_[i] * unit_[i] / scale_);
  solution_ = solver_.solve();
  ++programs_;
  const double base = dated_.base_most(from, to);
  value_ = base;
  for (std::size_t i = 0; i < worth_.size(); ++i)
    value_ += worth_[i] * unit_[i] * std::clamp(solution_.values[i], 0.0, 1.0);
  return (base + scale_ * safe_bound(solver_.program(), solution_.prices)) * (1 + kRounding);
}

DatedPlan MostCompute::answer(core::Time at) const {
  DatedPlan plan;
  plan.at = at;
  plan.worth = worth_;
  plan.prices = solution_.prices;
  plan.value = value_;
  plan.shares.resize(worth_.size());
  for (std::size_t i = 0; i < worth_.size(); ++i)
    plan.shares[i] = worth_[i] == 0 ? 0 : std::clamp(solution_.values[i], 0.0, 1.0);
  return plan;
}

DatedPlan largest_run(const PlanProblem& problem, const DatedCompute& dated, PlanProgram& plan, double gap,
                      const PlanRequest& request) {
  MostCompute program(problem, dated, plan, request);
  DatedPlan best;
  best.value = -std::numeric_limits<double>::infinity();
  double at_best = 0;  // the bound of that date itself
  const auto look_at = [&](core::Time at) {
    const double bound = program.bound(at, at);
    if (program.value() <= best.value) return;
    best = program.answer(at);
    at_best = bound;
  };
  const auto is_less = [](const Stretch& a, const Stretch& b) { return a.bound < b.bound; };
  const core::Time end = problem.setup.horizon.end;
  look_at(end);
  std::vector<Stretch> open{{dated.first(), end, program.bound(dated.first(), end)}};
  const auto is_open = [&] {
    return !open.empty() && dated.loss_of(best.value) - dated.loss_of(open.front().bound) > gap &&
           open.front().to - open.front().from > core::kMillisecond && program.programs() < kMostPrograms &&
           !is_stopped(request);
  };
  while (is_open()) {
    const Stretch stretch = open.front();
    std::pop_heap(open.begin(), open.end(), is_less);
    open.pop_back();
    const core::Time half = middle(stretch.from, stretch.to);
    look_at(half);
    for (const auto& [from, to] : {std::pair(stretch.from, half), std::pair(half, stretch.to)}) {
      open.push_back({from, to, program.bound(from, to)});
      std::push_heap(open.begin(), open.end(), is_less);
    }
  }
  best.bound = open.empty() ? at_best : std::max(at_best, open.front().bound);
  best.programs = program.programs();
  return best;
}

DatedPlan earliest_date(const PlanProblem& problem, const DatedCompute& dated, PlanProgram& plan, double needed,
                        const PlanRequest& request) {
  const fleet::Horizon& horizon = problem.setup.horizon;
  const core::Duration finest = std::max(
      core::Duration::from_milliseconds(1000),
      core::Duration::from_milliseconds((horizon.end - horizon.start).milliseconds() / 10'000'000));
  MostCompute program(problem, dated, plan, request);
  std::vector<Stretch> open{{dated.first(), horizon.end, 0}};
  core::Time excluded = dated.first();  // no plan has it before
  bool has_gap = false;                 // whether something after that could not be excluded
  DatedPlan none;
  while (!open.empty()) {
    if (is_stopped(request)) throw PlanStopped();  // the dates before the first plan have not all been looked into
    const Stretch stretch = open.back();
    open.pop_back();
    const bool may_have = program.programs() < kMostPrograms && program.bound(stretch.from, stretch.to) >= needed;
    if (!may_have && program.programs() < kMostPrograms) {
      if (!has_gap) excluded = stretch.to;
      continue;
    }
    if (stretch.to - stretch.from > finest && program.programs() < kMostPrograms) {
      const core::Time half = middle(stretch.from, stretch.to);
      open.push_back({half, stretch.to, 0});
      open.push_back({stretch.from, half, 0});
      continue;
    }
    (void)program.bound(stretch.to, stretch.to);
    if (program.value() < needed * (1 - kRounding)) {
      has_gap = true;
      continue;
    }
    DatedPlan found = program.answer(stretch.to);
    found.value = horizon.years_at(stretch.to);
    found.bound = horizon.years_at(excluded);
    found.programs = program.programs();
    return found;
  }
  none.bound = horizon.years_at(excluded);
  none.programs = program.programs();
  return none;
}

}  // namespace fleetrace::study
