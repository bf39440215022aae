#include "sim/fleet/results/metrics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/finance/finance.hpp"
#include "sim/fleet/results/own_objective.hpp"

namespace fleetrace::fleet {
namespace {

constexpr std::array<MetricInfo, kMetrics> kInfo{{
    {Metric::final_loss, "final_loss", "relative loss at the end of the horizon", "", true, false, false},
    {Metric::mean_loss, "mean_loss", "relative loss, averaged over the horizon", "", true, false, false},
    {Metric::time_to_target, "time_to_target", "years until the target is reached", "yr", true, true, false},
    {Metric::cost_to_target, "cost_to_target", "spending until the target is reached", "USD", true, true, false},
    {Metric::npv, "npv",
     "net present value: earnings, sales, credits and what is left in the end less spending, discounted; costs alone "
     "without finance.revenue and finance.compute_value",
     "USD", false, false, false},
    {Metric::cost_per_effective_compute, "cost_per_effective_compute",
     "what the purchases cost over the effective compute that they added to the same world without purchases",
     "USD/PF-day", true, false, true},
    {Metric::discounted_loss, "discounted_loss",
     "relative loss, averaged over the horizon, a day after t years weighing (1 + finance.discount_rate)^-t", "", true,
     false, false},
    {Metric::target_reached, "target_reached", "1 where the target is reached, else 0", "", false, true, false},
    {Metric::spend, "spend", "nominal spending", "USD", true, false, false},
    {Metric::energy, "energy", "energy of the site", "kWh", true, false, false},
    {Metric::effective_compute, "effective_compute", "effective compute since the start", "FLOP", false, false, false},
    {Metric::idle_money, "idle_money", "released money that waited to be spent, over time", "USD yr", true, false,
     false},
    {Metric::idle_accelerators, "idle_accelerators", "delivered accelerators that waited to enter service, over time",
     "accelerator-years", true, false, false},
    {Metric::cost_with_initial_fleet, "cost_with_initial_fleet",
     "all costs, the initial fleet at its market value included, over all effective compute", "USD/PF-day", true, false,
     false},
}};

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// What a value is known to where it is kept as a whole number: a millisecond, a cent.
double resolution(Metric metric) {
  const std::string_view unit = info(metric).unit;
  if (unit == "yr") return 1 / static_cast<double>(core::kYear.milliseconds());
  return unit == "USD" || unit == "USD yr" ? 0.01 : 0;
}

}  // namespace

double spend_until(const Outcome& outcome, core::Time until) {
  return until >= outcome.final.time ? outcome.final.spend().usd() : outcome.spending.usd_at(until);
}

const MetricInfo& info(Metric metric) { return is_own(metric) ? own_info(metric) : kInfo[place_of(metric)]; }

std::vector<std::string_view> objective_names() {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < kObjectives; ++i) names.push_back(kInfo[i].name);
  return names;
}

std::optional<Metric> find_objective(std::string_view name) {
  for (std::size_t i = 0; i < kObjectives; ++i) {
    if (kInfo[i].name == name) return kInfo[i].metric;
  }
  return std::nullopt;
}

bool are_tied(double a, double b) {
  const double difference = std::fabs(a - b);
  return a == b || (std::isfinite(difference) && difference <= kTieTolerance * std::max(std::fabs(a), std::fabs(b)));
}

bool are_tied(Metric metric, double a, double b) { return are_tied(a, b) || std::fabs(a - b) <= resolution(metric); }

WithoutPurchases without_purchases(const Summary& final) { return {final.finance.cost_usd(), final.effective_flop}; }

double marginal_usd_per_pf_day(const Summary& final, const WithoutPurchases& base) {
  const WithoutPurchases own = without_purchases(final);
  const bool is_more = own.effective_flop > base.effective_flop && !are_tied(own.effective_flop, base.effective_flop);
  if (!is_more || are_tied(Metric::npv, own.cost_usd, base.cost_usd)) return kInfinity;
  return (own.cost_usd - base.cost_usd) / ((own.effective_flop - base.effective_flop) / models::kPetaflopDay);
}

bool has_value(Metric metric, double value, double target_reached) {
  if (metric == Metric::time_to_target || metric == Metric::cost_to_target) return target_reached != 0;
  return metric != Metric::cost_per_effective_compute || std::isfinite(value);
}

double value_or_none(const Metrics& metrics, Metric which) {
  const double value = get(metrics, which);
  return has_value(which, value, get(metrics, Metric::target_reached)) ? value : kNoNumber;
}

Metrics measure(const StrategySetup& setup, const Outcome& outcome, std::optional<std::size_t> target,
                const std::optional<WithoutPurchases>& base) {
  const Summary& final = outcome.final;
  Metrics result = {};
  get(result, Metric::final_loss) = final.relative_loss;
  get(result, Metric::mean_loss) = final.mean_relative_loss;
  get(result, Metric::discounted_loss) = final.discounted_relative_loss;
  get(result, Metric::npv) = final.finance.npv_usd;
  get(result, Metric::cost_per_effective_compute) = base ? marginal_usd_per_pf_day(final, *base) : kInfinity;
  get(result, Metric::cost_with_initial_fleet) = final.finance.usd_per_pf_day;
  get(result, Metric::spend) = final.spend().usd();
  get(result, Metric::energy) = setup.plant.has_power() ? final.energy_kwh : kNoNumber;
  get(result, Metric::effective_compute) = final.effective_flop;
  get(result, Metric::idle_money) = final.idle_usd_years;
  get(result, Metric::idle_accelerators) = final.idle_accelerator_years;
  const std::optional<core::Time> reached = target ? outcome.targets[*target].reached : std::nullopt;
  get(result, Metric::target_reached) = reached ? 1 : 0;
  get(result, Metric::time_to_target) = setup.horizon.years_at(reached.value_or(setup.horizon.end));
  get(result, Metric::cost_to_target) = reached ? spend_until(outcome, *reached) : final.spend().usd();
  return result;
}

bool has_random_releases(const StrategySetup& setup) {
  const std::optional<models::ReleaseLaw>& releases = setup.plant.market.releases;
  return releases && !std::isinf(releases->shape);
}

bool has_chance(const StrategySetup& setup) {
  const Plant& plant = setup.plant;
  const bool buys = setup.strategy.policy.review != nullptr;
  return plant.progress.wait != nullptr || plant.operations.failures.drawn() ||
         (plant.operations.job && plant.operations.job->drawn) ||
         (buys && (has_random_releases(setup) || plant.supply.lead_time.variation > 0));
}

}  // namespace fleetrace::fleet
