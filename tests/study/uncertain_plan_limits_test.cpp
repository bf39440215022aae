#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "fleetrace/fleetrace.hpp"
#include "sim/api/resolved.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "tests/unit/said.hpp"

// What one plan for all draws keeps to: whole lots, and dates (docs/derivations.md 8.7).
namespace fleetrace {

TEST_CASE("whole lots under uncertainty are topped up with the money that rounding leaves", "[uncertain]") {
  const std::string text =
      "fleetrace: 1\nname: lots\nhorizon: {start: 2026-01-01, length: 5 yr}\nhardware: {model: catalog, accelerators: [H100, B200]}\n"
      "sites: {main: {power: 100 MW}}\nsupply: {lead_time: 6 months, lot: 1500, "
      "allocations: [{accelerator: B200, count: 4000}]}\n"
      "progress: {model: exponential, doubling: {lognormal: {low: 6 months, high: 3 yr, mass: 0.9}}}\noperations: {lifetime: 4 yr, mfu: 0.4}\nloss: {reference: 1e26 FLOP}\n"
      "strategies:\n  lab: {buy: front_loaded, budget: 1e9 USD}\n";
  for (const fleet::Metric objective : {fleet::Metric::final_loss, fleet::Metric::mean_loss}) {
    UncertainOptimizeOptions options;
    options.objective = objective;
    options.every = core::Duration::from_years(0.5);
    options.draws = 5;
    options.batches = 2;
    const UncertainOptimizeResult found = optimize_uncertain(load(text), options);
    REQUIRE(!found.schedule.empty());
    core::Money least = found.budget;
    for (const study::PlannedPurchase& each : found.schedule) {
      CHECK(each.count % 1500 == 0);
      least = std::min(least, core::Money::from_micros(each.cost.micros() / (each.count / 1500)));
    }
    // A thousand of what is allotted make no lot. There is power for all that the money pays for, so that less than a lot is left.
    CHECK(found.spend <= found.budget);
    CHECK(found.spend + least > found.budget);
  }
}

TEST_CASE("dates at events are the same in every draw", "[uncertain]") {
  UncertainOptimizeOptions options;
  options.strategy = "lab";
  options.dates = ReviewDates::events;
  options.every = core::Duration::from_years(1);
  options.draws = 6;
  options.batches = 2;
  const Scenario scenario = load(
      "fleetrace: 1\nname: releases\nhorizon: {start: 2026-01-01, length: 6 yr}\nhardware: {model: generations, first: GB300, "
      "cadence: 18 months, regularity: 8}\nsites: {main: {power: 50 MW}}\nsupply: {lead_time: 6 months}\nprogress: {model: exponential, "
      "doubling: 1 yr}\noperations: {lifetime: 4 yr, mfu: 0.4}\nloss: {reference: 1e26 FLOP}\nstrategies:\n  lab: {buy: "
      "front_loaded, budget: 1e9 USD}\n");
  const UncertainOptimizeResult found = optimize_uncertain(scenario, options);
  const fleet::StrategySetup medians = scenario::resolve(scenario.details(), {1, 0, fleet::InputDraw::medians}).front();
  REQUIRE(!found.schedule.empty());
  for (const study::PlannedPurchase& each : found.schedule) {
    const double years = medians.horizon.years_at(each.at);
    const auto& types = medians.plant.market.types;
    const bool is_release = std::any_of(types.begin(), types.end(),
                                        [&](const auto& type) { return type.released == each.at; });
    CHECK((is_release || std::fabs(years - std::round(years)) < 0.01));
  }
  // A plan that keeps to the limits of every draw is no better than the best for each of the batches.
  CHECK(found.gap.mean > -1e-6);
  CHECK(std::any_of(found.notes.begin(), found.notes.end(),
                    [](const std::string& each) { return each.find("dates of events") != std::string::npos; }));
}

TEST_CASE("where nothing is proved of a plan for many draws no number says so", "[uncertain]") {
  const std::vector<std::string> asked = {
      "race-under-uncertainty", "--strategy=hare",
      "--replications=4",       "--batches=2",
      "--every=1 yr",           "--set=operations.resale={haircut: 0.2, life: 9 yr}"};
  std::vector<std::string> json = asked;
  json.emplace_back("--format=json");
  const test::Said said = test::say("optimize", json);
  INFO(said.err);
  REQUIRE(said.code == 0);
  const auto parsed = nlohmann::json::parse(said.out);
  REQUIRE(parsed["without_bound"].size() == 1);
  for (const char* each : {"bound", "gap", "most_gap", "perfect_information"}) CHECK(parsed[each].is_null());
  CHECK(parsed["stochastic_solution"].is_object());
  const test::Said table = test::say("optimize", asked);
  CHECK(test::contains(table.out, "No bound: hardware that retires is sold"));
  CHECK_FALSE(test::contains(table.out, "no higher than"));
  CHECK_FALSE(test::contains(table.out, "perfect information"));
}

}  // namespace fleetrace
