#include "sim/study/optimise/alternatives.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "sim/study/optimise/linear_solver.hpp"
#include "sim/study/optimise/rivals.hpp"

namespace fleetrace::study {
namespace {

/// A year of the horizon, an accelerator and a site.
using Kind = std::tuple<std::int64_t, std::size_t, std::uint32_t>;

Kind kind_of(const PlanProblem& problem, const PurchaseColumn& column) {
  return {(column.at - problem.setup.horizon.start) / core::kYear, problem.is_trend() ? 0 : column.type, column.site};
}

/// Money of each kind [USD].
std::map<Kind, double> money_by_kind(const PlanProblem& problem, const std::vector<double>& units) {
  std::map<Kind, double> money;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (units[i] > 0) money[kind_of(problem, problem.columns[i])] += units[i] * problem.columns[i].price.usd();
  }
  return money;
}

/// The share of the first plan's money that the second spends in the same kinds.
double shared(const std::map<Kind, double>& a, const std::map<Kind, double>& b) {
  double all = 0;
  double both = 0;
  for (const auto& [kind, usd] : a) {
    all += usd;
    if (const auto same = b.find(kind); same != b.end()) both += std::min(usd, same->second);
  }
  return all > 0 ? both / all : 1;
}

/// Plans that share more than this with one before are the same.
constexpr double kSame = 0.999;
/// How much of the best plan is mixed into an alternative that rounding has made too bad, and more where that is not enough.
constexpr double kMixed[] = {0, 0.02, 0.1, 0.3};

}  // namespace

std::vector<double> overlap(const PlanProblem& problem, const std::vector<std::vector<double>>& earlier) {
  std::map<Kind, double> weights;
  for (const std::vector<double>& each : earlier) {
    const std::map<Kind, double> money = money_by_kind(problem, each);
    double all = 0;
    for (const auto& [kind, usd] : money) all += usd;
    for (const auto& [kind, usd] : money) weights[kind] += usd / all / static_cast<double>(earlier.size());
  }
  std::vector<double> result(problem.columns.size());
  for (std::size_t i = 0; i < result.size(); ++i) {
    const auto weight = weights.find(kind_of(problem, problem.columns[i]));
    if (weight != weights.end()) result[i] = weight->second * problem.columns[i].price.usd() / problem.money.usd();
  }
  return result;
}

std::vector<std::vector<double>> different_plans(const PlanProblem& problem, const PlanProgram& plan,
                                                 const LinearProgram::Row& as_good, const std::vector<double>& best,
                                                 const PlanRequest& request) {
  LinearProgram program = plan.program;
  (void)program.add_row(as_good);
  std::vector<std::vector<double>> plans{best};
  LinearSolver solver(std::move(program), request.verbose, request.stop);
  while (plans.size() <= request.alternatives && !is_stopped(request)) {
    const std::vector<double> costs = overlap(problem, plans);
    for (std::size_t i = 0; i < costs.size(); ++i) solver.set_objective(i, -costs[i] * plan.unit[i]);
    const LinearSolution solution = solver.solve();
    if (solution.status != LinearSolution::Status::optimal) break;
    std::vector<double> units(costs.size());
    for (std::size_t i = 0; i < units.size(); ++i) units[i] = std::clamp(solution.values[i], 0.0, 1.0) * plan.unit[i];
    const auto money = money_by_kind(problem, units);
    const bool is_known = std::any_of(plans.begin(), plans.end(), [&](const std::vector<double>& each) {
      return shared(money, money_by_kind(problem, each)) > kSame;
    });
    if (is_known) break;
    plans.push_back(std::move(units));
  }
  plans.erase(plans.begin());
  return plans;
}

std::vector<AlternativePlan> raced_alternatives(const PlanProblem& problem, const PlanProgram& plan,
                                                const std::vector<std::vector<double>>& units,
                                                const std::vector<double>& worth, const Counts& best, double most_value,
                                                const PlanRequest& request, const PlanRacer& racer) {
  const auto of_best = money_by_kind(problem, std::vector<double>(best.begin(), best.end()));
  std::vector<AlternativePlan> plans;
  for (const std::vector<double>& each : units) {
    for (const double mixed : kMixed) {
      std::vector<double> shares(each.size());
      for (std::size_t i = 0; i < shares.size(); ++i) {
        const double wanted = (1 - mixed) * each[i] + mixed * static_cast<double>(best[i]);
        shares[i] = plan.unit[i] > 0 ? wanted / plan.unit[i] : 0;
      }
      const Counts counts = whole_units(problem, plan, shares, worth, Leftover::keep);
      RacedPurchases raced = racer.race(problem, counts, request);
      AlternativePlan made{std::move(raced.schedule), std::move(raced.retired), raced.value, {}, 0};
      if (!(made.value <= most_value)) continue;
      for (const PlannedPurchase& purchase : made.schedule) made.spend += purchase.cost;
      made.shared = shared(money_by_kind(problem, std::vector<double>(counts.begin(), counts.end())), of_best);
      plans.push_back(std::move(made));
      break;
    }
  }
  return plans;
}

}  // namespace fleetrace::study
