#include "fleetrace/fleet/measures.hpp"

#include <algorithm>
#include <cmath>

#include "fleetrace/core/sum.hpp"

namespace fleetrace::fleet {
namespace {

constexpr std::array<MeasureInfo, kMeasures> kInfo{{
    {Measure::final_loss, "final_loss", "relative loss at the end of the horizon", "", true, false},
    {Measure::mean_loss, "mean_loss", "relative loss, averaged over the horizon", "", true, false},
    {Measure::time_to_target, "time_to_target", "years until the target is reached; the horizon where it is not", "yr",
     true, true},
    {Measure::cost_to_target, "cost_to_target", "spending until the target is reached; all of it where it is not",
     "USD", true, true},
    {Measure::npv, "npv", "net present value: sales, credits and salvage less spending, discounted; nothing here earns",
     "USD", false, false},
    {Measure::cost_per_effective_compute, "cost_per_effective_compute",
     "minus the net present value over effective compute, initial fleet included", "USD/PF-day", true, false},
    {Measure::target_reached, "target_reached", "1 where the target is reached, else 0", "", false, true},
    {Measure::spend, "spend", "nominal spending", "USD", true, false},
    {Measure::energy, "energy", "energy of the site", "kWh", true, false},
    {Measure::effective_compute, "effective_compute", "effective compute since the start", "FLOP", false, false},
    {Measure::idle_money, "idle_money", "released money that waited to be spent, over time", "USD yr", true, false},
    {Measure::idle_accelerators, "idle_accelerators", "delivered accelerators that waited to enter service, over time",
     "accelerator-years", true, false},
}};

}  // namespace

double capex_until(const Outcome& outcome, const Case& plan, core::Time until) {
  core::Sum all;
  core::Sum before;
  for (std::size_t i = plan.initial_cohorts(); i < outcome.cohorts.size(); ++i) {
    const Cohort& cohort = outcome.cohorts[i];
    if (cohort.rented) continue;
    const double usd = cohort.cost_usd * static_cast<double>(cohort.size);
    all.add(usd);
    if (cohort.ordered <= until) before.add(usd);
  }
  return all.value() > 0 ? outcome.final.capex.usd() * (before.value() / all.value()) : 0;
}

double facility_until(const Case& plan, core::Time until) {
  core::Money paid;
  for (const std::uint32_t site : plan.strategy.sites) paid += plan.plant.sites[site].facility_cost(until);
  return paid.usd();
}

namespace {

double running_costs(const Sample& sample) {
  return sample.energy_cost.usd() + sample.research.usd() + sample.rent.usd();
}

}  // namespace

double spend_until(const Outcome& outcome, const Case& plan, core::Time until) {
  const auto later = std::find_if(outcome.series.begin(), outcome.series.end(),
                                  [until](const Sample& sample) { return sample.time >= until; });
  if (later == outcome.series.end()) return outcome.final.spend().usd();
  double running = running_costs(*later);
  if (later != outcome.series.begin()) {
    const Sample& earlier = *(later - 1);
    const double share = (until - earlier.time).years() / (later->time - earlier.time).years();
    running = running_costs(earlier) + share * (running - running_costs(earlier));
  }
  return capex_until(outcome, plan, until) + facility_until(plan, until) + running;
}

const MeasureInfo& info(Measure measure) { return kInfo[static_cast<std::size_t>(measure)]; }

std::vector<std::string_view> objective_names() {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < kObjectives; ++i) names.push_back(kInfo[i].name);
  return names;
}

std::optional<Measure> find_objective(std::string_view name) {
  for (std::size_t i = 0; i < kObjectives; ++i) {
    if (kInfo[i].name == name) return kInfo[i].measure;
  }
  return std::nullopt;
}

Measures measure(const Case& plan, const Outcome& outcome, std::optional<std::size_t> target) {
  const Final& final = outcome.final;
  Measures result = {};
  get(result, Measure::final_loss) = final.relative_loss;
  get(result, Measure::mean_loss) = final.mean_relative_loss;
  get(result, Measure::npv) = final.finance.npv_usd;
  get(result, Measure::cost_per_effective_compute) = final.finance.usd_per_pf_day;
  get(result, Measure::spend) = final.spend().usd();
  get(result, Measure::energy) = final.energy_kwh;
  get(result, Measure::effective_compute) = final.effective_flop;
  get(result, Measure::idle_money) = final.idle_usd_years;
  get(result, Measure::idle_accelerators) = final.idle_accelerator_years;
  const std::optional<core::Time> reached = target ? outcome.targets[*target].reached : std::nullopt;
  get(result, Measure::target_reached) = reached ? 1 : 0;
  get(result, Measure::time_to_target) = plan.horizon.years_at(reached.value_or(plan.horizon.end));
  get(result, Measure::cost_to_target) = reached ? spend_until(outcome, plan, *reached) : final.spend().usd();
  return result;
}

bool has_random_releases(const Case& plan) {
  const std::optional<models::ReleaseLaw>& releases = plan.plant.market.releases;
  return releases && !std::isinf(releases->shape);
}

bool has_chance(const Case& plan) {
  const Plant& plant = plan.plant;
  const bool buys = plan.strategy.plan.review != nullptr;
  return plant.progress.wait != nullptr || plant.operations.failures.drawn() ||
         (plant.operations.job && plant.operations.job->drawn) ||
         (buys && (has_random_releases(plan) || plant.supply.lead_time.variation > 0));
}

}  // namespace fleetrace::fleet
