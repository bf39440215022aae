#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <map>

#include "fleetrace/fleetrace.hpp"
#include "tests/unit/said.hpp"

/// Objectives of one's own, in every study that has an objective.
namespace fleetrace {
namespace {

using fleet::Metric;
using test::contains;

double number(std::span<const double, fleet::kMetrics> metrics, Metric which) {
  return metrics[static_cast<std::size_t>(which)];
}

/// The mean loss once more.
Metric own_mean_loss() {
  static const Metric kOwn = add_objective(
      {.name = "own_mean", .value = [](auto, auto metrics) { return number(metrics, Metric::mean_loss); }});
  return kOwn;
}

/// The final loss, and 3 for each billion of USD above the first.
Metric dear_above_a_billion() {
  static const Metric kOwn = add_objective({.name = "dear", .value = [](auto, auto metrics) {
                                              const double billions = number(metrics, Metric::spend) / 1e9;
                                              return number(metrics, Metric::final_loss) +
                                                     3 * std::max(0.0, billions - 1);
                                            }});
  return kOwn;
}

Metric always(double value) {
  return add_objective({.name = "always", .value = [value](auto, auto) { return value; }});
}

/// Whether each order and each year is within the limits; how many years there are in which something is ordered.
std::size_t within_limits(const OptimizeResult& plan, core::Money yearly, core::Money smallest) {
  std::map<std::int64_t, core::Money> by_year;
  for (const study::PlannedPurchase& each : plan.schedule) {
    CHECK(each.cost >= smallest);
    by_year[(each.at - plan.start) / core::kYear] += each.cost;
  }
  for (const auto& [year, spent] : by_year) CHECK(spent.usd() <= yearly.usd() * (1 + 1e-9));
  return by_year.size();
}

}  // namespace

TEST_CASE("an objective of one's own is compared by the same statistics, to the last bit") {
  const Scenario scenario = load("race-under-uncertainty");
  const Comparison known = compare(scenario, {.replications = 50, .jobs = 1, .objective = Metric::mean_loss});
  for (const int jobs : {1, 3}) {
    const Comparison own = compare(scenario, {.replications = 50, .jobs = jobs, .objective = own_mean_loss()});
    REQUIRE(own.strategies.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
      CHECK(own.strategies[i].objective.mean == known.strategies[i].objective.mean);
      CHECK(own.strategies[i].p_best == known.strategies[i].p_best);
      CHECK(own.strategies[i].mean_spend == known.strategies[i].mean_spend);
    }
    CHECK(own.leader == known.leader);
  }
}

TEST_CASE("an objective of one's own of which more is better turns the order around") {
  const Metric more = add_objective({.name = "more_loss", .lower_is_better = false, .value = [](auto, auto metrics) {
                                       return number(metrics, Metric::final_loss);
                                     }});
  const Scenario scenario = load("race-under-uncertainty");
  const Comparison least = compare(scenario, {.replications = 20});
  const Comparison most = compare(scenario, {.replications = 20, .objective = more});
  REQUIRE((least.leader && most.leader));
  for (const study::StrategyStanding& each : least.strategies)
    CHECK(each.objective.mean <= least.strategies[*most.leader].objective.mean);
}

TEST_CASE("an objective of one's own is told the strategy, and what a race has no value of") {
  const Metric seen = add_objective({.name = "seen", .value = [](std::string_view strategy, auto metrics) {
                                       const bool is_unknown = std::isnan(number(metrics, Metric::time_to_target));
                                       return (strategy == "hare" ? 1.0 : 2.0) + (is_unknown ? 10.0 : 0.0);
                                     }});
  const Comparison own = compare(load("race-under-uncertainty"),
                                 {.replications = 4, .objective = seen, .target = 0.01});
  CHECK(own.strategies[0].objective.mean == 11);
  CHECK(own.strategies[1].objective.mean == 12);
}

TEST_CASE("sweeps and sensitivities go by an objective of one's own") {
  const Scenario scenario = load("race-under-uncertainty");
  const std::vector<study::Axis> axes{{"horizon.length", {"4 yr", "6 yr"}}};
  const Sweep known = sweep(scenario, axes, {.replications = 10, .objective = Metric::mean_loss});
  const Sweep own = sweep(scenario, axes, {.replications = 10, .objective = own_mean_loss()});
  for (std::size_t point = 0; point < 2; ++point)
    CHECK(own.points[point].strategies[2].objective.mean == known.points[point].strategies[2].objective.mean);

  const Sensitivity known_effects = sensitivity(scenario, {.objective = Metric::mean_loss, .points = 16});
  const Sensitivity own_effects = sensitivity(scenario, {.objective = own_mean_loss(), .points = 16});
  CHECK(own_effects.at_medians == known_effects.at_medians);
  CHECK(own_effects.variance == known_effects.variance);
  CHECK(own_effects.variance > 0);
}

TEST_CASE("an objective of one's own that gives no number ends the study and says so") {
  for (const double value : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    try {
      (void)compare(load("race-under-uncertainty"), {.replications = 2, .objective = always(value)});
      FAIL("a value that is none was taken");
    } catch (const StudyError& error) {
      CHECK(contains(error.what(), "replication 0 cannot be run: the objective \"always\" gives "));
      CHECK(contains(error.what(), "for hare"));
    }
  }
  CHECK_THROWS_AS(add_objective({.name = "", .value = [](auto, auto) { return 0.0; }}), std::invalid_argument);
  CHECK_THROWS_AS(add_objective({.name = "none"}), std::invalid_argument);
}

TEST_CASE("the plan by an objective of one's own comes to what a known one proves, without its proof") {
  const Scenario scenario = load("capacity-what-if");
  const OptimizeResult known = optimize(scenario, {{.strategy = "turtle"}});
  const Metric own_final = add_objective(
      {.name = "own_final", .value = [](auto, auto metrics) { return number(metrics, Metric::final_loss); }});
  const OptimizeResult own = optimize(scenario, {{.strategy = "turtle", .objective = own_final}});
  REQUIRE(known.bound);
  CHECK(own.value <= known.value * (1 + 1e-9));
  CHECK(own.value >= *known.bound * (1 - 1e-9));
  CHECK_FALSE(own.bound);
  REQUIRE_FALSE(own.without_bound.empty());
  CHECK(contains(own.without_bound.back(), "objective is one of your own"));
}

TEST_CASE("the plan by an objective of one's own spends what it is worth, to a fine step") {
  const Scenario scenario = load("hare-and-turtle");
  const OptimizeResult own = optimize(scenario, {{.strategy = "turtle", .objective = dear_above_a_billion()}});
  // One order of GB300+3 on the first of January 2032 alone: by trying sizes in steps of 20, the best has 17,140 to 17,160.
  CHECK(own.value <= 0.5350);
  CHECK(own.spend < core::Money::from_usd(1e9));
  const RunResult raced = run(load(own.scenario_text));
  CHECK(raced["optimum"].final.relative_loss == own.final_loss);
  CHECK(raced["optimum"].final.spend().usd() <= 1e9 * 1.0001);
}

TEST_CASE("a search by races keeps to limits that no race knows") {
  const auto yearly = core::Money::from_usd(150e6);
  const auto smallest = core::Money::from_usd(40e6);
  OptimizeOptions options{{.strategy = "turtle", .objective = own_mean_loss(), .yearly_spend = yearly}};
  options.smallest_order = smallest;
  const OptimizeResult own = optimize(load("hare-and-turtle"), options);
  CHECK(within_limits(own, yearly, smallest) > 3);
}

TEST_CASE("a plan keeps to its limits where prices fall with what it buys") {
  const Scenario scenario = load(
      "fleetrace: 1\nname: learn\nhorizon: {start: 2026-01-01, length: 6 yr}\naccelerators:\n"
      "  OLD: {released: 2025-06-01, bf16: 1 PFLOP/s, server_power: 1 kW, price: 5 kUSD, server_overhead: 1, "
      "interconnect_share: 0}\n"
      "  NEW: {released: 2027-05-01, bf16: 3 PFLOP/s, server_power: 1.5 kW, price: 6 kUSD, server_overhead: 1, "
      "interconnect_share: 0}\n"
      "hardware: {model: catalog, accelerators: [OLD, NEW], price: {model: learning, learning_rate: 0.2, volume: 5000}}\n"
      "initial_fleet: [{capacity: 1e17 FLOP/s}]\nprogress: {model: exponential, doubling: 12 months}\n"
      "operations: {mfu: 0.4, lifetime: 20 yr}\nstrategies: {s: {buy: front_loaded, budget: 100e6 USD}}\n");
  const auto yearly = core::Money::from_usd(20e6);
  const auto smallest = core::Money::from_usd(4e6);
  OptimizeOptions options{{.yearly_spend = yearly}};
  const OptimizeResult by_year = optimize(scenario, options);
  CHECK(within_limits(by_year, yearly, {}) > 2);
  CHECK(by_year.value < 0.65);
  options.smallest_order = smallest;
  const OptimizeResult both = optimize(scenario, options);
  CHECK(within_limits(both, yearly, smallest) > 2);
  CHECK(both.value < 0.65);
  REQUIRE(by_year.bound);
  CHECK(by_year.value >= *by_year.bound);
}

}  // namespace fleetrace
