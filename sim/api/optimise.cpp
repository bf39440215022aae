#include "sim/study/optimise/optimise.hpp"

#include <algorithm>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/models/registry.hpp"
#include "fleetrace/run.hpp"
#include "sim/api/optimise_study.hpp"
#include "sim/api/resolved.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/study/optimise/linear_solver.hpp"
#include "sim/study/optimise/plan_scenario.hpp"

namespace fleetrace {
namespace {

/// The strategy that is meant; it exists.
std::string strategy_of(const scenario::Scenario& scenario, const std::string& asked) {
  std::vector<std::string_view> names;
  for (const core::Spec& each : scenario.root().sections("strategies")) names.push_back(each.name);
  if (asked.empty() && names.size() == 1) return std::string(names.front());
  std::string all;
  for (const std::string_view name : names) all += (all.empty() ? "" : ", ") + core::printable(name);
  if (asked.empty()) throw OptimizeError("the plan takes the place of one strategy: which one? There are: " + all);
  if (std::find(names.begin(), names.end(), asked) == names.end())
    throw OptimizeError("there is no strategy \"" + core::printable(asked) + "\". " + core::suggest(asked, names));
  return asked;
}

study::PlanRequest request_of(const scenario::Scenario& scenario, const OptimizeOptions& options) {
  using fleet::Metric;
  const bool needs_target = fleet::info(options.objective).needs_target;
  const bool is_known = options.objective == Metric::final_loss || options.objective == Metric::mean_loss ||
                        options.objective == Metric::time_to_target || options.objective == Metric::cost_to_target ||
                        options.objective == Metric::npv;
  const std::string objective(fleet::info(options.objective).name);
  if (!is_known)
    throw OptimizeError("a plan is the best by final_loss, mean_loss, time_to_target, cost_to_target or npv");
  if (needs_target && !options.target) throw OptimizeError(objective + " needs a target, the loss that is to be met");
  if (options.target && !needs_target && options.objective != Metric::npv)
    throw OptimizeError(objective + " has no target: it is the loss itself that is to be least");
  if (options.target && !(*options.target > 0 && *options.target < 1))
    throw OptimizeError("the loss that is to be met lies between 0 and 1");
  const bool is_loss = options.objective == Metric::final_loss || options.objective == Metric::mean_loss;
  if (!is_loss && options.within)
    throw OptimizeError("a tolerance is one of losses, and here " + objective + " is the objective");
  if (!(options.gap > 0 && options.gap < 1)) throw OptimizeError("the gap lies between 0 and 1");
  if (options.within && !(*options.within > 0 && *options.within <= 1))
    throw OptimizeError("plans are compared within a share above 0 and at most 1");
  study::PlanRequest request;
  request.strategy = strategy_of(scenario, options.strategy);
  request.objective = options.objective;
  request.target = options.target;
  request.at_events = options.dates == ReviewDates::events;
  request.every = options.every;
  request.yearly_spend = options.yearly_spend;
  request.gap = options.gap;
  request.within = options.within;
  if (options.then != BreakTies::any && options.objective != fleet::Metric::final_loss)
    throw OptimizeError("only plans with the least final loss tie, so that there is nothing to break here");
  request.then = options.then == BreakTies::least_mean    ? study::TieBreak::least_mean
                 : options.then == BreakTies::least_spend ? study::TieBreak::least_spend
                                                          : study::TieBreak::none;
  request.retires = options.retires;
  request.seed = options.seed;
  request.verbose = options.verbose;
  return request;
}

}  // namespace

OptimumReport optimum_report(const scenario::Scenario& scenario, const OptimizeOptions& options) {
  const study::PlanRequest request = request_of(scenario, options);
  OptimumReport report;
  report.name = scenario.name();
  report.sha256 = scenario.sha256;
  report.seed = options.seed;
  try {
    report.optimum = study::optimise(scenario, request);
    const auto setups = scenario::resolve(scenario);
    const auto same = std::find_if(setups.begin(), setups.end(),
                                   [&](const auto& each) { return each.strategy.name == request.strategy; });
    report.plan = study::with_plan(scenario, request.strategy, same->strategy.budget.value_or(core::Money{}),
                                   same->plant.market.trend.has_value(), report.optimum.schedule, study::Beside::others,
                                   report.optimum.retired);
  } catch (const study::PlanError& error) {
    throw OptimizeError(error.what());
  } catch (const study::NoSolver& error) {
    throw OptimizeError(error.what());
  } catch (const std::overflow_error& error) {  // of money or time
    throw RunError(std::string("a plan cannot be raced: ") + error.what());
  } catch (const models::ModelError& error) {
    throw RunError(std::string("a plan cannot be raced: ") + error.what());
  }
  return report;
}

OptimizeResult optimize(const Scenario& scenario, const OptimizeOptions& options) {
  auto report = std::make_shared<OptimumReport>(optimum_report(scenario.details(), options));
  OptimizeResult result;
  static_cast<study::Optimum&>(result) = report->optimum;
  result.scenario_text = to_yaml(report->plan);
  result.details = std::move(report);
  return result;
}

}  // namespace fleetrace
