#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/fleet/metric.hpp"
#include "sim/study/optimise/dated_compute.hpp"
#include "sim/study/optimise/plan_problem.hpp"

namespace fleetrace::study {
namespace {

/// More dates make programmes that take minutes, and hardly better plans.
constexpr std::int64_t kMostDates = 5'000;

/// The longest time from an order until it works.
core::Duration time_to_service(const fleet::StrategySetup& setup) {
  return setup.plant.supply.mean_arrival(setup.horizon.start) - setup.horizon.start;
}

/// Dates on which something comes that a fixed interval misses.
void add_events(const fleet::StrategySetup& setup, bool limits_years, std::vector<core::Time>& dates) {
  const fleet::Plant& plant = setup.plant;
  const core::Duration lead = time_to_service(setup);
  const auto add = [&](core::Time at) {
    if (at >= setup.horizon.start && at < setup.horizon.end) dates.push_back(at);
  };
  for (std::size_t i = 0; i < plant.market.on_sale; ++i) {
    add(plant.market.types[i].released);
    if (plant.market.types[i].off_sale < setup.horizon.end) add(plant.market.types[i].off_sale - core::kMillisecond);
  }
  for (const fleet::Allocation& each : plant.supply.allocations) add(each.from);
  for (const fleet::Site& site : plant.sites) {
    for (const fleet::SiteAddition& each : site.additions) {
      if (each.opens < setup.horizon.end) add(each.opens - lead);
    }
  }
  for (const models::AdoptionStep& each : plant.adoptions)
    add(core::saturating_add(setup.horizon.start, core::Duration::from_years(each.years)));
  // What limits each year begins anew.
  if (limits_years) {
    for (core::Time at = setup.horizon.start; at < setup.horizon.end; at = core::saturating_add(at, core::kYear))
      add(at);
  }
  for (const fleet::InitialCohort& each : plant.initial) {
    const core::Time ends = plant.retires(each);
    if (ends < setup.horizon.end) add(ends - lead);
  }
  // What is bought to fill a site again when it retires is bought a life after what it follows.
  std::vector<core::Duration> lives{plant.operations.lifetime};
  for (std::size_t i = 0; i < plant.market.on_sale; ++i) lives.push_back(plant.life_of(i));
  std::sort(lives.begin(), lives.end());
  lives.erase(std::unique(lives.begin(), lives.end()), lives.end());
  const std::vector<core::Time> first = dates;
  for (const core::Duration life : lives) {
    if (life == core::Duration::unlimited()) continue;
    for (const core::Time at : first) {
      for (core::Time next = core::saturating_add(at, life); next < setup.horizon.end;
           next = core::saturating_add(next, life))
        add(next);
    }
  }
}

}  // namespace

std::vector<core::Time> review_dates(const fleet::StrategySetup& setup, const PlanRequest& request) {
  core::Duration every = request.every.value_or(core::Duration::from_milliseconds(3 * core::kMonth.milliseconds()));
  const core::Duration length = setup.horizon.end - setup.horizon.start;
  if (every <= core::Duration{}) throw PlanError("reviews need an interval above 0");
  if (length / every >= kMostDates)
    throw PlanError("there would be " + std::to_string(length / every + 1) + " review dates; at most " +
                    std::to_string(kMostDates) + " make sense. Choose a longer interval (--every)");
  std::vector<core::Time> dates;
  for (core::Time at = setup.horizon.start; at < setup.horizon.end; at = core::saturating_add(at, every))
    dates.push_back(at);
  if (request.at_events) {
    const bool limits_years = request.yearly_spend || setup.plant.supply.yearly_limit != fleet::kNoLimit;
    add_events(setup, limits_years, dates);
  }
  std::sort(dates.begin(), dates.end());
  dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
  return dates;
}

PlanRequest modelled(PlanRequest request) {
  if (!fleet::is_own(request.objective)) return request;
  request.objective = fleet::Metric::final_loss;
  request.target.reset();
  return request;
}

void require_plannable(const fleet::StrategySetup& setup, const PlanRequest& request) {
  const fleet::Plant& plant = setup.plant;
  const std::string who = "strategy " + core::printable(request.strategy);
  if (!setup.strategy.budget)
    throw PlanError(
        who +
        " has no budget, so that money is unlimited and no plan is the best. Give it one, such as --set strategies." +
        core::printable(request.strategy) + ".budget=\"2e9 USD\"");
  if (*setup.strategy.budget <= setup.strategy.research)
    throw PlanError(who + " has no money for hardware, so that there is nothing to plan. Raise its budget");
  const bool counts_runs = setup.loss.accounting == fleet::Accounting::best_run;
  if (counts_runs && request.objective == fleet::Metric::mean_loss)
    throw PlanError(
        "the loss counts the best run alone, whose average over time is no convex function of a plan. "
        "Try --objective final_loss, or --set loss.compute=cumulative");
  if (counts_runs && (request.within || request.then != TieBreak::none))
    throw PlanError(
        "the loss counts the best run alone, and plans that are nearly as good have runs on other dates. "
        "Leave --within and --then out, or try --set loss.compute=cumulative");
  if (counts_runs && request.objective == fleet::Metric::npv && request.target)
    throw PlanError(
        "the loss counts the best run alone, and which run is to come to a final loss is open. "
        "Leave --at-most out, or try --set loss.compute=cumulative");
  if (counts_runs && setup.loss.run_length > setup.horizon.end - setup.horizon.start)
    throw PlanError("no run ends within the horizon, so that no plan changes the loss. Shorten loss.compute's length");
  if (fleet::info(request.objective).needs_target && setup.loss.law.timed)
    throw PlanError(
        "this loss law changes with time, so that a target takes another compute on each date. "
        "Try --objective final_loss");
  if (request.retires && plant.market.trend)
    throw PlanError("trend hardware has no units that could be taken out early. Leave --retire out");
  if (plant.operations.failures.drawn())
    throw PlanError(
        "failures are drawn, so that one unit's compute says little of many. "
        "Try --set operations.failures.fidelity=expected");
  if (plant.supply.lead_time.variation > 0)
    throw PlanError("lead times are drawn, and a plan is made for one world. Try --set supply.lead_time=\"6 months\"");
  if (setup.strategy.budget_covers_energy)
    throw PlanError(who +
                    " pays energy out of its budget, which the plan cannot count yet. "
                    "Try --set strategies." +
                    core::printable(request.strategy) + ".budget_covers=hardware");
  if (request.objective == fleet::Metric::mean_loss && (!setup.loss.law.is_powers() || setup.loss.law.timed))
    throw PlanError(
        "this loss law is no sum of powers of compute, and mean loss is optimised for those alone. "
        "Try --objective final_loss");
  if (plant.market.trend && setup.strategy.sites.size() > 1)
    throw PlanError(
        "trend hardware on several sites has no place of its own, so that no plan can say where it goes. "
        "Let " +
        who + " use one site");
}

std::vector<std::string> beyond_the_model(const PlanProblem& problem) {
  const fleet::StrategySetup& setup = problem.setup;
  const fleet::Plant& plant = setup.plant;
  std::vector<std::string> reasons;
  if (std::any_of(plant.market.types.begin(), plant.market.types.end(),
                  [](const models::AcceleratorType& type) { return type.price.learns_from_own(); }))
    reasons.emplace_back("prices fall with the strategy's own purchases");
  if (plant.supply.production.is_limited() && !plant.market.trend)
    reasons.emplace_back("production is limited, so that what is ordered first delays the rest");
  if (setup.loss.accounting == fleet::Accounting::best_run && DatedCompute(problem).progress_falls())
    reasons.emplace_back("progress falls, so that a later run may have worse algorithms");
  if (plant.operations.resells) reasons.emplace_back("hardware that retires is sold, which brings money back");
  if (plant.supply.cancellation_fee) reasons.emplace_back("orders may be cancelled");
  if (!setup.strategy.power_limits_orders)
    reasons.emplace_back("orders may wait for power, and the plan orders only what finds power when it arrives");
  if (problem.base.has_waited) reasons.emplace_back("some of the initial fleet waits for power");
  if (problem.asked_rents) reasons.emplace_back("the strategy may rent, and the plan only buys");
  if (problem.asked_moves)
    reasons.emplace_back("the strategy moves hardware between sites, and the plan leaves it where it is");
  for (const fleet::Site& site : plant.sites) {
    const bool is_late = std::any_of(site.additions.begin(), site.additions.end(), [](const fleet::SiteAddition& each) {
      return each.announces.has_value() || each.announced != each.opens;
    });
    if (site.shrinks()) reasons.push_back("site " + core::printable(site.name) + " loses power");
    if (is_late) reasons.push_back("site " + core::printable(site.name) + " opens otherwise than announced");
  }
  return reasons;
}

}  // namespace fleetrace::study
