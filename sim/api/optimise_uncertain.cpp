#include <algorithm>

#include "sim/api/optimise_study.hpp"
#include "sim/api/resolved.hpp"
#include "sim/api/settings.hpp"
#include "sim/api/uncertain_optimum_report.hpp"
#include "sim/study/optimise/plan_scenario.hpp"
#include "sim/study/optimise/uncertain_plan.hpp"

namespace fleetrace {
namespace {

study::PlanRequest request_of(const scenario::Scenario& scenario, const UncertainOptimizeOptions& options) {
  if (!(options.gap > 0 && options.gap < 1)) throw OptimizeError("the gap lies between 0 and 1");
  if (options.draws < 2 || options.batches < 2)
    throw OptimizeError("a plan for several draws needs two of them at least, and two batches to be judged by");
  if (!(options.confidence > 0.5 && options.confidence < 1))
    throw OptimizeError("the confidence lies between 0.5 and 1");
  if (options.tail_level && !(*options.tail_level > 0 && *options.tail_level < 1))
    throw OptimizeError("the level of a tail lies between 0 and 1");
  if (options.objective != fleet::Metric::final_loss && options.objective != fleet::Metric::mean_loss)
    throw OptimizeError("a plan for many draws is the best by final_loss or mean_loss");
  study::PlanRequest request;
  request.objective = options.objective;
  request.strategy = planned_strategy(scenario, options.strategy);
  request.at_events = options.dates == ReviewDates::events;
  request.every = options.every;
  request.yearly_spend = options.yearly_spend;
  request.gap = options.gap;
  request.seed = options.seed;
  return request;
}

/// The orders that can be placed at the medians, where a scenario is checked.
std::vector<study::PlannedPurchase> at_medians(std::vector<study::PlannedPurchase> schedule) {
  std::erase_if(schedule, [](const study::PlannedPurchase& each) { return each.cost == core::Money{}; });
  return schedule;
}

/// The plan for the medians under a name of its own beside the plan for all draws.
scenario::Scenario with_both(const scenario::Scenario& scenario, const study::UncertainOptimum& optimum) {
  const core::Money budget = optimum.budget + optimum.research;
  scenario::Scenario both = study::with_plan(scenario, optimum.strategy, budget, optimum.is_trend, optimum.at_medians,
                                             study::Beside::others);
  auto& strategies = std::get<std::vector<core::Spec>>(both.edit().value("strategies").data);
  std::erase_if(strategies, [](const core::Spec& each) { return each.name == study::kAtMediansName; });
  strategies.back().name = study::kAtMediansName;
  return study::with_plan(both, optimum.strategy, budget, optimum.is_trend, at_medians(optimum.schedule),
                          study::Beside::others);
}

}  // namespace

UncertainOptimumReport uncertain_optimum_report(const scenario::Scenario& scenario,
                                                const UncertainOptimizeOptions& options,
                                                const std::atomic<bool>& stop) {
  study::PlanRequest request = request_of(scenario, options);
  request.stop = &stop;
  UncertainOptimumReport report;
  report.name = scenario.name();
  report.sha256 = scenario.sha256;
  report.seed = options.seed;
  const std::size_t all = (options.batches + 1) * options.draws;
  make_plan([&] {
    report.optimum = study::optimise_uncertain(scenario, request, {options.tail_level},
                                               {options.draws, options.batches, options.confidence, options.jobs},
                                               [&](std::size_t done) {
                                                 if (options.progress) options.progress(done, all);
                                               });
    report.plan = with_both(scenario, report.optimum);
  });
  return report;
}

UncertainOptimizeResult optimize_uncertain(const Scenario& scenario, const UncertainOptimizeOptions& options) {
  const StopFlag stop(options.stop);
  return plan_result<UncertainOptimizeResult>(uncertain_optimum_report(scenario.details(), options, stop.flag()));
}

}  // namespace fleetrace
