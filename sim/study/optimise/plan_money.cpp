#include "sim/study/optimise/plan_money.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/numeric/sum.hpp"

namespace fleetrace::study {
namespace {

/// More units than this show no less rounding.
constexpr double kMostUnits = 1e6;
/// What is spent until a date is kept where there is a target; which one is no matter.
constexpr double kAnyTarget = 0.5;

}  // namespace

PlanMoney::PlanMoney(const PlanProblem& problem) : problem_(problem) {
  world_.recorder.keep(fleet::Detail::metrics, 0);
  fleet::StrategySetup base = problem.setup;
  base.loss.targets = {kAnyTarget};
  base_ = books(base);
  fleet::StrategySetup alone = unlimited();
  place_orders({}, {}, alone);
  without_.push_back(books(alone));
  const std::vector<fleet::InitialCohort>& initial = problem.setup.plant.initial;
  for (const fleet::InitialCohort& each : initial) {
    alone.plant.initial = {each};
    without_.push_back(books(alone));
  }
  for (const PurchaseColumn& column : problem.columns) {
    const double affordable = column.initial ? static_cast<double>(initial[*column.initial].count)
                                             : std::floor(problem.money.usd() / column.price.usd());
    compared_to_.push_back(column.initial ? *column.initial + 1 : 0);
    if (!(affordable >= 1)) {  // no plan has any
      columns_.emplace_back();
      continue;
    }
    const auto units = static_cast<std::int64_t>(std::min(affordable, kMostUnits));
    alone.plant.initial.clear();
    if (column.initial) alone.plant.initial = {initial[*column.initial]};
    PurchaseColumn own = column;
    if (own.initial) own.initial = 0;
    place_orders({own}, {units}, alone);
    columns_.push_back(books(alone));
    columns_.back().units = static_cast<double>(units);
    columns_.back().npv = (columns_.back().npv - without_[compared_to_.back()].npv) / columns_.back().units;
  }
}

fleet::StrategySetup PlanMoney::unlimited() const {
  fleet::StrategySetup setup = without_limits(problem_.setup);
  setup.strategy.budget = problem_.setup.strategy.budget;
  setup.loss.targets = {kAnyTarget};
  return setup;
}

PlanMoney::Books PlanMoney::books(const fleet::StrategySetup& setup) const {
  fleet::Outcome outcome;
  fleet::simulate(world_, setup, outcome);
  return {std::move(outcome.spending), outcome.final.finance.npv_usd, 1};
}

double PlanMoney::spend(std::size_t column, core::Time until) const {
  const Books& own = columns_[column];
  return (own.spending.usd_at(until) - without_[compared_to_[column]].spending.usd_at(until)) / own.units;
}

double PlanMoney::off(const Counts& counts, const Books& raced, const Books& without) const {
  const core::Time end = problem_.setup.horizon.end;
  core::Sum spend(without.spending.usd_at(end));
  core::Sum npv(without.npv);
  core::Sum size(1);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const auto count = static_cast<double>(counts[i]);
    if (count == 0) continue;
    spend.add(count * this->spend(i, end));
    npv.add(count * columns_[i].npv);
    size.add(count * std::fabs(this->spend(i, end)) + count * std::fabs(columns_[i].npv));
  }
  return std::max(std::fabs(raced.spending.usd_at(end) - spend.value()), std::fabs(raced.npv - npv.value())) /
         size.value();
}

double PlanMoney::error(const Counts& counts) const {
  fleet::StrategySetup plan = problem_.setup;
  plan.loss.targets = {kAnyTarget};
  // The bound leaves out what orders cost beside their hardware, which only adds to what any plan spends.
  plan.plant.supply.order_cost = {};
  place_orders(problem_.columns, counts, plan);
  fleet::StrategySetup setup = unlimited();
  setup.plant.initial = problem_.setup.plant.initial;
  place_orders({}, {}, setup);
  const Books without = books(setup);
  // Of a mixed schedule so much that the budget pays for all of it.
  Counts mixed = mixed_schedule(problem_);
  for (std::int64_t& each : mixed) each = (each + 2) / 3;
  place_orders(problem_.columns, mixed, setup);
  return std::max(off(counts, books(plan), base_), off(mixed, books(setup), without));
}

}  // namespace fleetrace::study
