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

/// What a plan has beyond what is needed, as a share of it, so that rounding never leaves it short.
constexpr double kBeyond = 4e-9;

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

DatedPlan least_spending(const PlanProblem& problem, const DatedCompute& dated, const PlanMoney& money,
                         PlanProgram& plan, double needed, double gap, const PlanRequest& request) {
  const core::Time end = problem.setup.horizon.end;
  MostCompute most(problem, dated, plan, request);
  const double compute_scale = plan.largest;
  plan.largest = problem.money.usd();
  int programs = 0;
  DatedPlan best;
  best.value = std::numeric_limits<double>::infinity();
  best.bound = best.value;
  /// The least that is spent by `from` of what has `needed` by `to`, or earlier.
  const auto solve = [&](core::Time from, core::Time to, double wanted, DatedPlan& answer) {
    LinearProgram program = plan.program;
    answer.worth = dated.most(from, to);
    LinearProgram::Row row{
        (wanted - dated.base_most(from, to)) / compute_scale, std::numeric_limits<double>::infinity(), {}};
    std::vector<double> each(answer.worth.size());
    for (std::size_t i = 0; i < each.size(); ++i) {
      each[i] = money.spend(i, from);
      program.set_objective(i, -each[i] * plan.unit[i] / plan.largest);
      if (plan.unit[i] > 0 && answer.worth[i] != 0)
        row.terms.push_back({i, answer.worth[i] * plan.unit[i] / compute_scale});
    }
    (void)program.add_row(std::move(row));
    LinearSolver solver(std::move(program), request.verbose);
    const LinearSolution solution = solver.solve();
    ++programs;
    answer.at = to;
    answer.prices = solution.prices;
    answer.value = money.base_spend(from);
    answer.shares.assign(each.size(), 0);
    for (std::size_t i = 0; i < each.size(); ++i) {
      answer.shares[i] = std::clamp(solution.values[i], 0.0, 1.0);
      answer.value += each[i] * plan.unit[i] * answer.shares[i];
    }
    answer.bound = money.base_spend(from) - plan.largest * safe_bound(solver.program(), solution.prices);
    answer.bound -= kRounding * (std::fabs(answer.bound) + plan.largest);
    return solution.status == LinearSolution::Status::optimal;
  };
  std::vector<Stretch> open;
  const auto is_more = [](const Stretch& a, const Stretch& b) { return a.bound > b.bound; };
  const auto add = [&](core::Time from, core::Time to) {
    if (most.bound(from, to) < needed) return;  // no plan has it within
    DatedPlan answer;
    (void)solve(from, to, needed, answer);
    open.push_back({from, to, answer.bound});
    std::push_heap(open.begin(), open.end(), is_more);
  };
  const auto look_at = [&](core::Time at) {
    DatedPlan answer;
    if (solve(at, at, needed * (1 + kBeyond), answer) && answer.value < best.value) best = std::move(answer);
  };
  look_at(end);
  add(dated.first(), end);
  while (!open.empty() && programs < kMostPrograms && !is_stopped(request)) {
    const Stretch stretch = open.front();
    if (best.value - stretch.bound <= gap * best.value || stretch.to - stretch.from <= core::kMillisecond) break;
    std::pop_heap(open.begin(), open.end(), is_more);
    open.pop_back();
    // What is ordered within a stretch has cost nothing at its beginning, so that dates of orders divide it first.
    core::Time at = middle(stretch.from, stretch.to);
    const auto later = std::upper_bound(problem.dates.begin(), problem.dates.end(), at);
    if (later != problem.dates.end() && *later < stretch.to) {
      at = *later;
    } else if (later != problem.dates.begin() && *(later - 1) > stretch.from) {
      at = *(later - 1);
    }
    look_at(at);
    add(stretch.from, at);
    add(at, stretch.to);
  }
  // Every date lies in a stretch that is open or excluded.
  if (!open.empty()) best.bound = open.front().bound;
  best.programs = programs + most.programs();
  return best;
}

}  // namespace fleetrace::study
