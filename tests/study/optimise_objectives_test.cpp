#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "fleetrace/fleetrace.hpp"
#include "sim/core/units/written_unit.hpp"

namespace fleetrace {
namespace {

using fleet::Metric;

const double kGrowth = std::log(2.0) / 2.07;  // of price-performance [1/yr]

/// Trend hardware that never retires, at 3e10 FLOP/s per USD whose price-performance doubles in 2.07 years. The budget of 1e9 USD
/// computes one reference compute a year at the start.
std::string trend(double years, const std::string& more, const std::string& progress = "{model: none}",
                  const std::string& accounting = "cumulative") {
  const double reference = 3e10 * 1e9 * core::kYear.seconds();
  return "fleetrace: 1\nname: trend\nhorizon: {start: 2026-01-01, length: " + core::format_real(years) +
         " yr}\nhardware: {model: trend, price_performance: 3e10 FLOP/s/USD, price_performance_doubling: 2.07 yr}\nprogress: " +
         progress + "\noperations: {lifetime: 100 yr}\nloss: {kappa: 0.05, compute: " + accounting +
         ", reference: " + core::format_quantity(core::Dimension::compute, reference) +
         "}\nstrategies:\n  turtle: {buy: incremental, budget: 1e9 USD, every: 1 yr}\n" + more;
}

OptimizeResult optimum_of(const std::string& text, Metric objective, std::optional<double> target, double every) {
  OptimizeOptions options;
  options.strategy = "turtle";
  options.objective = objective;
  options.target = target;
  options.every = core::Duration::from_years(every);
  return optimize(load(text), options);
}

/// The compute that a relative loss takes beyond the reference, in references.
double needed(double loss) { return std::pow(loss, -1 / 0.05) - 1; }

/// The value of the plan as another study has it.
double compared(const Scenario& plan, Metric objective, std::optional<double> target) {
  CompareOptions options;
  options.objective = objective;
  options.target = target;
  options.replications = 1;
  const Comparison comparison = compare(plan, options);
  for (const study::StrategyStanding& each : comparison.strategies) {
    if (each.name == "optimum") return each.objective.mean;
  }
  return std::nan("");
}

}  // namespace

TEST_CASE("the least time to a target is that of the one best purchase", "[optimise]") {
  // docs/derivations.md 8.1: at T the most compute is nu e^(eta (T - 1/eta))/eta, bought 1/eta before. It is N at
  // T = 1/eta + ln(N eta/nu)/eta.
  constexpr double kLoss = 0.85;
  const double best = 1 / kGrowth + std::log(needed(kLoss) * kGrowth) / kGrowth;
  const OptimizeResult found = optimum_of(trend(12, ""), Metric::time_to_target, kLoss, 12.0 / 288);
  CHECK(found.value == Approx(best).margin(2e-4));
  CHECK(found.value > best - 1e-6);
  REQUIRE(found.bound);
  CHECK(*found.bound <= found.value);
  CHECK(found.value - *found.bound < 1e-5);
  REQUIRE(found.schedule.size() == 1);
  const double at = (found.schedule[0].at - found.start).years();
  CHECK(at == Approx(best - 1 / kGrowth).margin(12.0 / 288));
  CHECK(found.value == compared(load(found.scenario_text), Metric::time_to_target, kLoss));
  // A million dollars more: dT = -(dN/N)/eta.
  REQUIRE(found.worth.size() == 1);
  CHECK(found.worth[0].gain == Approx(1e-3 / kGrowth).epsilon(0.02));
}

TEST_CASE("no plan is said to come to what is out of reach", "[optimise]") {
  // The most by 4 years: nu e^(eta (4 - 1/eta))/eta = 4.1953 references, a loss of 0.92091.
  for (const Metric objective : {Metric::time_to_target, Metric::cost_to_target, Metric::npv}) {
    CHECK_THROWS_WITH(
        optimum_of(trend(4, ""), objective, 0.9, 4.0 / 96),
        Catch::Contains("the least that is possible is 0.920") && Catch::Contains("What holds it: budget"));
  }
}

TEST_CASE("the least cost of a target is that of the best purchase for it", "[optimise]") {
  // Nothing costs anything but hardware, so that it is best bought 1/eta before the end: N e^(1 - eta H) eta/nu of the budget.
  constexpr double kLoss = 0.88;
  const double best = 1e9 * needed(kLoss) * kGrowth * std::exp(1 - kGrowth * 8);
  const OptimizeResult found = optimum_of(trend(8, ""), Metric::cost_to_target, kLoss, 8.0 / 192);
  CHECK(found.value == Approx(best).epsilon(1e-4));
  CHECK(found.value > best * (1 - 1e-8));
  REQUIRE(found.bound);
  CHECK(*found.bound <= found.value);
  CHECK(found.value / *found.bound - 1 < 1e-5);
  CHECK(found.value == compared(load(found.scenario_text), Metric::cost_to_target, kLoss));
}

TEST_CASE("cost to a target counts all spending until it is met", "[optimise]") {
  Scenario scenario = load("capacity-what-if");
  scenario.set("sites.main.electricity", "1 USD/kWh");  // so that it matters for how long hardware runs
  OptimizeOptions options;
  options.strategy = "turtle";
  options.objective = Metric::cost_to_target;
  options.target = 0.7;
  const OptimizeResult found = optimize(scenario, options);
  REQUIRE(found.bound);
  CHECK(found.value == compared(load(found.scenario_text), options.objective, options.target));
  CHECK(found.value > found.spend.usd() * 1.01);
  CHECK(*found.bound <= found.value);
  CHECK(found.value / *found.bound - 1 < 1e-4);
  for (const study::OptimumRival& each : found.versus) CHECK_FALSE(each.value < *found.bound);
  // The plan that spends least on hardware pays no less in all.
  scenario.set("sites.main.electricity", "0 USD/kWh");
  const OptimizeResult hardware = optimize(scenario, options);
  CHECK(hardware.value == hardware.spend.usd());
  Scenario dear = load(hardware.scenario_text);
  dear.set("sites.main.electricity", "1 USD/kWh");
  CHECK(compared(dear, options.objective, options.target) >= *found.bound);
}

TEST_CASE("the best run is bought for when it begins", "[optimise]") {
  // docs/derivations.md 11c: runs of half a year, algorithms that double in 8 months. All is bought when the last run begins, at 7.5
  // years: nu e^(7.5 eta) 0.5 2^(1.5 x 7.5) references.
  const OptimizeResult found = optimum_of(
      trend(8, "", "{model: exponential, doubling: 8 months}", "{best_run: {length: 0.5 yr}}"), Metric::final_loss, {},
      0.25);
  const double ratio = std::exp(kGrowth * 7.5) * 0.5 * std::exp2(1.5 * 7.5);
  CHECK(found.value == Approx(std::pow(ratio, -0.05)).epsilon(1e-9));
  REQUIRE(found.bound);
  CHECK(*found.bound <= found.value);
  CHECK(found.value - *found.bound < 2e-6);
  REQUIRE(found.schedule.size() == 1);
  CHECK((found.schedule[0].at - found.start).years() == Approx(7.5).margin(0.01));
  CHECK(run(load(found.scenario_text))["optimum"].final.relative_loss == found.value);
  // A run of four years is best bought for 1/eta before its end, since hardware gets better while it runs.
  const OptimizeResult longer = optimum_of(trend(8, "", "{model: none}", "{best_run: {length: 4 yr}}"),
                                           Metric::final_loss, {}, 8.0 / 192);
  CHECK(longer.value == Approx(std::pow(std::exp(kGrowth * 8 - 1) / kGrowth, -0.05)).epsilon(1e-5));
  REQUIRE(longer.bound);
  CHECK(*longer.bound <= longer.value);
  CHECK(longer.value - *longer.bound < 2e-6);
}

TEST_CASE("a target of the best run is met when the first run is large enough", "[optimise]") {
  // All bought at t computes e^(eta t) L by t + L, without progress; hardware improves, so that t is as late as N takes.
  constexpr double kLoss = 0.95;
  const double ratio = std::pow(kLoss, -20);
  const OptimizeResult found = optimum_of(trend(8, "", "{model: none}", "{best_run: {length: 0.5 yr}}"),
                                          Metric::time_to_target, kLoss, 8.0 / 192);
  const double bought = std::log(ratio / 0.5) / kGrowth;
  CHECK(found.value == Approx(bought + 0.5).margin(8.0 / 192));
  REQUIRE(found.bound);
  CHECK(*found.bound <= found.value);
  CHECK(found.value - *found.bound < 1e-4);
  CHECK(found.value == compared(load(found.scenario_text), Metric::time_to_target, kLoss));
}

TEST_CASE("net present value is that of the best date", "[optimise]") {
  // 60 USD/PF-day and no discounting: a dollar at t earns 60 x 3e10 e^(eta t) (H - t) FLOP/8.64e19 for each second of a year.
  const std::string sells = "finance: {discount_rate: 0, revenue: {compute_price: 60 USD/PF-day}}\n";
  const OptimizeResult found = optimum_of(trend(8, sells), Metric::npv, {}, 0.5);
  double best = 0;
  for (int half = 0; half < 16; ++half) {
    const double t = half * 0.5;
    best = std::max(best, 60 * 3e10 * std::exp(kGrowth * t) * (8 - t) * core::kYear.seconds() / 8.64e19 - 1);
  }
  CHECK(found.value == Approx(1e9 * best).epsilon(1e-9));
  REQUIRE(found.bound);
  CHECK(*found.bound >= found.value);
  CHECK(*found.bound - found.value < 1e-7 * found.value);
  CHECK(found.value == compared(load(found.scenario_text), Metric::npv, {}));
  // Without earnings nothing is worth its price.
  const OptimizeResult nothing = optimum_of(trend(8, ""), Metric::npv, {}, 0.5);
  CHECK(nothing.schedule.empty());
  CHECK(nothing.value == 0);
  REQUIRE(nothing.bound);
  CHECK(*nothing.bound < 10);
  CHECK(run(load(nothing.scenario_text))["optimum"].final.finance.npv_usd == 0);
}

TEST_CASE("the dearest money is spent late where a loss must be met", "[optimise]") {
  // Discounted at r the price of what computes until H falls at eta + r, so that N is bought 1/(eta + r) before the end.
  constexpr double kLoss = 0.88;
  const double rate = std::log(1.1);
  const double lead = 1 / (kGrowth + rate);
  const double best = -1e9 * needed(kLoss) / lead * std::exp(-(kGrowth + rate) * (8 - lead));
  const OptimizeResult found = optimum_of(trend(8, "finance: {discount_rate: 0.1}\n"), Metric::npv, kLoss, 8.0 / 192);
  CHECK(found.value == Approx(best).epsilon(2e-4));
  CHECK(found.final_loss <= kLoss);
  CHECK(found.final_loss > kLoss - 1e-6);
  REQUIRE(found.bound);
  CHECK(*found.bound >= found.value);
  CHECK(*found.bound - found.value < 1e-5 * std::fabs(found.value));
}

TEST_CASE("net present value counts energy and what stands there", "[optimise]") {
  Scenario scenario = load("capacity-what-if");
  OptimizeOptions options;
  options.strategy = "turtle";
  options.objective = Metric::npv;
  options.target = 0.7;
  const OptimizeResult found = optimize(scenario, options);
  REQUIRE(found.bound);
  CHECK(found.audit < 1e-9);
  CHECK(*found.bound >= found.value);
  CHECK(*found.bound - found.value < 2e5);  // the price of a few accelerators
  CHECK(found.value == compared(load(found.scenario_text), Metric::npv, {}));
  for (const study::OptimumRival& each : found.versus) CHECK_FALSE(each.value > *found.bound);
}

TEST_CASE("an even share of the budget a year is said to cost what it costs", "[optimise]") {
  OptimizeOptions options;
  options.strategy = "turtle";
  options.every = core::kYear;
  const OptimizeResult found = optimize(load(trend(4, "")), options);
  REQUIRE(found.schedule.size() == 1);
  REQUIRE(found.yearly_limit);
  CHECK(found.yearly_limit->most.usd() == 0.25e9);
  double compute = 0;  // a quarter in each year
  for (int year = 0; year < 4; ++year) compute += 0.25 * std::exp(kGrowth * year) * (4 - year);
  CHECK(found.yearly_limit->bound == Approx(std::pow(1 + compute, -0.05)).epsilon(1e-12));
  options.yearly_spend = core::Money::from_usd(0.25e9);
  const OptimizeResult limited = optimize(load(trend(4, "")), options);
  CHECK(limited.value == Approx(found.yearly_limit->bound).epsilon(1e-9));
  CHECK_FALSE(limited.yearly_limit);
}

}  // namespace fleetrace
