// C0 belongs to the scenario as it is written. Whatever a study changes in it is measured against that.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "fleetrace/run.hpp"
#include "fleetrace/study.hpp"
#include "sim/reader/document.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/study/replicator.hpp"

namespace fleetrace {
namespace {

constexpr double kYear = 31'557'600;  ///< [s]

/// 1e18 FLOP/s for four years at an MFU of 0.4: C0 = 4e17 FLOP/s x 1 yr, and C = 4 C0.
std::string fleet_with(const std::string& more = {}) {
  return "fleetrace: 1\nname: fleet\nhorizon: {start: 2026-01-01, length: 4 yr}\noperations: {mfu: 0.4}\n"
         "hardware: {model: trend, price_performance: 3e10 FLOP/s/USD, price_performance_doubling: none}\n"
         "initial_fleet: [{capacity: 1e18 FLOP/s}]\nstrategies: {s: {buy: none}}\n" +
         more;
}

double loss(double ratio) { return std::pow(ratio, -0.05); }

double final_loss(const WhatIfResult& result, std::size_t which) {
  return result.cases[which].strategies.front().metrics[1].value.mean;
}

/// C0 of every strategy in each of so many replications.
std::vector<double> references(const scenario::Scenario& scenario, std::uint32_t replications) {
  const study::StudyDesign design = study::StudyDesign::of(scenario, 1, std::nullopt);
  study::Replicator replicator(design);
  std::vector<double> found;
  replicator.observe = [&found](auto, auto, const fleet::StrategySetup& setup, const fleet::Outcome&) {
    found.push_back(setup.loss.reference.compute);
  };
  for (std::uint32_t i = 0; i < replications; ++i) replicator.run(i);
  return found;
}

/// A text with an uncertain MFU, or any other change of a text.
std::string with(std::string yaml, const std::string& from, const std::string& to) {
  return yaml.replace(yaml.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("a changed case, a point and a step are measured against the base", "[yardstick]") {
  const Scenario base = load(fleet_with());
  const WhatIfResult changed = what_if(base, {{"half-mfu", {{"operations.mfu", "0.2"}}},
                                              {"four-fleets", {{"initial_fleet.0.capacity", "4e18 FLOP/s"}}},
                                              {"no-fleet", {{"initial_fleet", "[]"}}},
                                              {"later", {{"horizon.start", "2027-01-01"}}}});
  CHECK(final_loss(changed, 0) == Approx(loss(5)).epsilon(1e-12));
  CHECK(final_loss(changed, 1) == Approx(loss(1 + 4 * 0.5)).epsilon(1e-12));
  CHECK(final_loss(changed, 2) == Approx(loss(1 + 4 * 4)).epsilon(1e-12));
  CHECK(final_loss(changed, 3) == 1);
  CHECK(final_loss(changed, 4) == Approx(loss(5)).epsilon(1e-12));
  const Sweep points = sweep(base, {{"operations.mfu", {"0.2", "0.8"}}});
  CHECK(points.points[0].strategies[0].objective.mean == Approx(loss(3)).epsilon(1e-12));
  CHECK(points.points[1].strategies[0].objective.mean == Approx(loss(9)).epsilon(1e-12));
  const SolveResult step = solve(base, "operations.mfu", "relative_loss <= " + std::to_string(loss(3)));
  CHECK(step.best.input == Approx(0.2).epsilon(1e-4));
  // What was set before it is asked is a scenario of its own, and so is a run.
  Scenario own = base;
  own.set("operations.mfu", "0.2");
  CHECK(fleetrace::run(own)["s"].final.relative_loss == Approx(loss(5)).epsilon(1e-12));
  CHECK(fleetrace::run(own)["s"].final.reference_flop == Approx(2e17 * kYear).epsilon(1e-12));
  CHECK(final_loss(what_if(own, {{"back", {{"operations.mfu", "0.4"}}}}), 1) == Approx(loss(9)).epsilon(1e-12));
}

TEST_CASE("draws are measured against the medians", "[yardstick]") {
  const std::string yaml = with(fleet_with(), "mfu: 0.4", "mfu: {uniform: {low: 0.2, high: 0.6}}");
  const std::vector<double> found = references(reader::load_bytes(yaml, "x.yaml"), 20);
  const auto is_median = [](double each) { return each == Approx(4e17 * kYear).epsilon(1e-12); };
  CHECK(std::all_of(found.begin(), found.end(), is_median));
  // A replication of run is that of a study.
  CHECK(is_median(fleetrace::run(load(yaml), {.replication = 7})["s"].final.reference_flop));
  CHECK(sensitivity(load(yaml), {.points = 32}).inputs.front().total.value == Approx(1).epsilon(0.05));
  // The other reading: each draw against its own first year, of which there are four.
  const std::string own = yaml + "loss: {reference: own}\n";
  const std::vector<double> drawn = references(reader::load_bytes(own, "x.yaml"), 20);
  CHECK(*std::max_element(drawn.begin(), drawn.end()) > 1.1 * *std::min_element(drawn.begin(), drawn.end()));
  CHECK(compare(load(own), {.replications = 10}).strategies[0].objective.mean == Approx(loss(5)).epsilon(1e-12));
}

TEST_CASE("a draw whose fleet is past its life at the start is measured like all others", "[yardstick]") {
  const std::string yaml = with(
      with(fleet_with(), "mfu: 0.4", "mfu: 0.4, lifetime: {uniform: {low: 1 yr, high: 9 yr}}"),
      "{capacity: 1e18 FLOP/s}", "{capacity: 1e18 FLOP/s, installed: 2024-01-01}");
  const std::vector<double> found = references(reader::load_bytes(yaml, "x.yaml"), 20);
  CHECK(
      std::all_of(found.begin(), found.end(), [](double each) { return each == Approx(4e17 * kYear).epsilon(1e-12); }));
  // Against its own first year there is none.
  CHECK_THROWS_AS(reader::load_bytes(yaml + "loss: {reference: own}\n", "x.yaml"), core::InputError);
}

TEST_CASE("a compute that is stated is what it says, and divides as the base does", "[yardstick]") {
  const std::string yaml = fleet_with("loss: {reference: 1e25 FLOP}\n");
  const reader::Document document({yaml, "x.yaml"});
  const scenario::Scenario base = document.load();
  const auto reference = [&](const std::vector<reader::Override>& changes) {
    return scenario::resolve(document.load_future(base, changes)).front().loss.reference;
  };
  const fleet::Reference written = scenario::resolve(base).front().loss.reference;
  CHECK(written.peak_flop == Approx(2.5e25).epsilon(1e-14));
  const fleet::Reference half = reference({{"operations.mfu", "0.2"}});
  CHECK(half.compute == 1e25);
  CHECK(half.peak_flop == written.peak_flop);
  CHECK(half.unit_seconds == written.unit_seconds);
  const fleet::Reference twice = reference({{"loss.reference", "2e25 FLOP"}, {"operations.mfu", "0.2"}});
  CHECK(twice.compute == 2e25);
  CHECK(twice.peak_flop == Approx(2 * written.peak_flop).epsilon(1e-14));
  // Where the base knows no year, a future that asks for one takes its own.
  CHECK(reference({{"loss.reference", "initial-year"}, {"operations.mfu", "0.2"}}).compute ==
        Approx(2e17 * kYear).epsilon(1e-12));
  CHECK(reference({{"loss.reference", "own"}, {"operations.mfu", "0.2"}}).compute ==
        Approx(2e17 * kYear).epsilon(1e-12));
  // An uncertain one is drawn like any other input.
  const std::string uncertain = fleet_with("loss: {reference: {uniform: {low: 1e25 FLOP, high: 3e25 FLOP}}}\n");
  const std::vector<double> drawn = references(reader::load_bytes(uncertain, "x.yaml"), 8);
  CHECK(*std::max_element(drawn.begin(), drawn.end()) > *std::min_element(drawn.begin(), drawn.end()));
}

TEST_CASE("named cases keep the base's C0, whatever they and their strategies change", "[yardstick]") {
  const std::string yaml = fleet_with() +
                           "cases:\n  slow: {set: [operations.mfu=0.1]}\n  bare: {set: [\"initial_fleet=[]\"]}\n";
  const reader::LoadedScenario loaded = reader::Document({yaml, "x.yaml"}).load_with_cases();
  REQUIRE(loaded.cases.size() == 2);
  for (const reader::LoadedCase& each : loaded.cases) {
    INFO(each.about.name);
    CHECK(scenario::resolve(each.scenario).front().loss.reference.compute == Approx(4e17 * kYear).epsilon(1e-12));
  }
  const std::string own = with(fleet_with(), "{buy: none}", "{buy: none, with: {operations: {mfu: 0.2}}}");
  CHECK(fleetrace::run(load(own))["s"].final.relative_loss == Approx(loss(3)).epsilon(1e-12));
  // Research counts chips against the base's fleet, too.
  const std::string research = fleet_with("progress: {model: research, fleet_share: 0.1, cost: 0 USD/yr}\n");
  const Scenario base = load(research);
  const WhatIfResult changed = what_if(base, {{"more", {{"initial_fleet.0.capacity", "4e18 FLOP/s"}}}});
  CHECK(changed.cases[1].strategies[0].metrics[0].value.mean >
        4.01 * changed.cases[0].strategies[0].metrics[0].value.mean);
}

TEST_CASE("whatever 300 futures change at random, their loss is (1 + C/C0)^-kappa of one C0", "[yardstick]") {
  const Scenario base = load(with(fleet_with(), "{buy: none}", "{buy: once, at: 1 yr, budget: 1e8 USD}"));
  std::mt19937 random(16);
  const auto number = [&random](double low, double high) {
    return std::to_string(low + (high - low) * static_cast<double>(random()) / 4294967295.0);
  };
  std::vector<WhatIfChange> changes;
  for (int i = 0; i < 300; ++i) {
    WhatIfChange one{std::to_string(i), {}};
    if (random() % 2 == 0) one.set.emplace_back("operations.mfu", number(0.05, 1));
    if (random() % 2 == 0) one.set.emplace_back("operations.lifetime", number(1, 9) + " yr");
    if (random() % 2 == 0) one.set.emplace_back("initial_fleet.0.capacity", number(0.1, 9) + "e18 FLOP/s");
    if (random() % 2 == 0) one.set.emplace_back("strategies.s.budget", number(1e7, 1e9) + " USD");
    if (random() % 4 == 0) one.set.emplace_back("initial_fleet", "[]");
    if (random() % 4 == 0) one.set.emplace_back("horizon.length", number(2, 9) + " yr");
    changes.push_back(std::move(one));
  }
  const WhatIfResult result = what_if(base, changes);
  REQUIRE(result.cases.size() == 301);
  for (const study::WhatIfCaseStanding& each : result.cases) {
    INFO(each.name);
    const auto& metrics = each.strategies.front().metrics;
    CHECK(metrics[1].value.mean == Approx(loss(1 + metrics[0].value.mean / (4e17 * kYear))).epsilon(1e-12));
  }
}

TEST_CASE("no scenario's C0 moves with its draws", "[yardstick]") {
  for (const std::string_view name : reader::scenario_names()) {
    INFO(name);
    const scenario::Scenario scenario = reader::load(std::string(name));
    const double written = scenario::resolve(scenario).front().loss.reference.compute;
    for (const double each : references(scenario, 2)) CHECK(each == written);
  }
}

}  // namespace fleetrace
