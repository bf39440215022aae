#include "sim/study/optimise/optimise.hpp"

#include <algorithm>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/fleet/metric.hpp"
#include "fleetrace/models/registry.hpp"
#include "fleetrace/run.hpp"
#include "sim/api/optimise_study.hpp"
#include "sim/api/resolved.hpp"
#include "sim/api/settings.hpp"
#include "sim/study/optimise/linear_solver.hpp"
#include "sim/study/optimise/plan_scenario.hpp"
#include "sim/study/replications.hpp"

namespace fleetrace {
namespace {

study::PlanRequest request_of(const scenario::Scenario& scenario, const OptimizeOptions& options) {
  using fleet::Metric;
  const bool needs_target = fleet::info(options.objective).needs_target;
  const bool is_known = options.objective == Metric::final_loss || options.objective == Metric::mean_loss ||
                        options.objective == Metric::time_to_target || options.objective == Metric::cost_to_target ||
                        options.objective == Metric::npv || fleet::is_own(options.objective);
  const std::string objective(fleet::info(options.objective).name);
  if (!is_known)
    throw OptimizeError("a plan is the best by final_loss, mean_loss, time_to_target, cost_to_target or npv");
  if (needs_target && !options.target) throw OptimizeError(objective + " needs a target, the loss that is to be met");
  if (options.retires && fleet::is_own(options.objective))
    throw OptimizeError("a plan by an objective of your own takes nothing out of service early");
  if (options.target && !needs_target && options.objective != Metric::npv && !fleet::is_own(options.objective))
    throw OptimizeError(objective + " has no target: it is the loss itself that is to be least");
  if (options.target && !(*options.target > 0 && *options.target < 1))
    throw OptimizeError("the loss that is to be met lies between 0 and 1");
  const bool is_loss = options.objective == Metric::final_loss || options.objective == Metric::mean_loss;
  if (!is_loss && options.within)
    throw OptimizeError("a tolerance is one of losses, and here " + objective + " is the objective");
  if (!(options.gap > 0 && options.gap < 1)) throw OptimizeError("the gap lies between 0 and 1");
  if (options.within && !(*options.within > 0 && *options.within <= 1))
    throw OptimizeError("plans are compared within a share above 0 and at most 1");
  if (scenario.root().section("horizon")->has("from"))
    throw OptimizeError(
        "a plan is made for the whole horizon, and horizon.from says that it was replayed up to a date; leave that out, or begin "
        "the horizon there with what there is then as initial_fleet");
  study::PlanRequest request;
  request.strategy = planned_strategy(scenario, options.strategy);
  request.objective = options.objective;
  request.target = options.target;
  request.at_events = options.dates == ReviewDates::events;
  request.every = options.every;
  request.yearly_spend = options.yearly_spend;
  if (options.smallest_order && *options.smallest_order <= core::Money{})
    throw OptimizeError("the smallest order is one of an amount above 0");
  request.smallest_order = options.smallest_order;
  if (options.most_nodes == 0) throw OptimizeError("a search for whole orders takes one node at least");
  request.most_nodes = options.most_nodes;
  request.gap = options.gap;
  request.within = options.within;
  for (double least = options.within.value_or(1); const double each : options.also_within) {
    if (!(each > least && each <= 1))
      throw OptimizeError("further tolerances are larger ones, ascending, and at most 1");
    least = each;
  }
  request.also_within = options.also_within;
  if (options.alternatives > 0 && !options.within)
    throw OptimizeError("alternatives are plans within a tolerance: state one");
  request.alternatives = options.alternatives;
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

std::string planned_strategy(const scenario::Scenario& scenario, const std::string& asked) {
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

void make_plan(const std::function<void()>& make) {
  try {
    make();
  } catch (const study::PlanStopped& stopped) {
    throw Stopped(stopped.what());
  } catch (const study::PlanError& error) {
    throw OptimizeError(error.what());
  } catch (const study::NoSolver& error) {
    throw OptimizeError(error.what());
  } catch (const study::ReplicationError& error) {
    throw RunError(error.what());
  } catch (const std::overflow_error& error) {  // of money or time
    throw RunError(std::string("a plan cannot be raced: ") + error.what());
  } catch (const models::ModelError& error) {
    throw RunError(std::string("a plan cannot be raced: ") + error.what());
  }
}

OptimumReport optimum_report(const scenario::Scenario& scenario, const OptimizeOptions& options,
                             const std::atomic<bool>& stop) {
  study::PlanRequest request = request_of(scenario, options);
  request.stop = &stop;
  OptimumReport report;
  report.name = scenario.name();
  report.sha256 = scenario.sha256;
  report.seed = options.seed;
  make_plan([&] {
    report.optimum = study::optimise(scenario, request);
    const study::Optimum& found = report.optimum;
    report.plan = study::with_plan(scenario, found.strategy, found.budget + found.research, found.is_trend,
                                   found.schedule, study::Beside::others, found.retired);
  });
  return report;
}

OptimizeResult optimize(const Scenario& scenario, const OptimizeOptions& options) {
  const StopFlag stop(options.stop);
  return plan_result<OptimizeResult>(optimum_report(scenario.details(), options, stop.flag()));
}

}  // namespace fleetrace
