// A future with a shorter horizon than the scenario: what is dated after its end does not happen.
#include <catch2/catch.hpp>
#include <string>

#include "fleetrace/study.hpp"

namespace fleetrace {
namespace {

/// Six years, or three; with what is dated after the third of them, or without.
std::string text_of(const std::string& length, bool is_whole) {
  const auto later = [is_whole](const std::string& row) { return is_whole ? ", " + row : std::string(); };
  return "fleetrace: 1\nname: fleet\nhorizon: {start: 2026-01-01, length: " + length +
         "}\nhardware: {model: catalog, accelerators: [H100, B200]}\n"
         "operations:\n  mfu: 0.4\n  shares: [{training: 0.5}" +
         later("{from: 2030-01-01, training: 0.9}") +
         "]\n"
         "sites: {a: {power: 20 MW}, b: {power: 20 MW}}\n"
         "rental: {term: 1 yr, price: 4.5 USD/h, accelerator: B200}\nloss: {reference: 1e24 FLOP}\n"
         "initial_fleet: [{accelerator: H100, count: 1000, installed: 2025-01-01, site: a}]\nstrategies:\n"
         "  orders:\n    buy: orders\n    orders: [{at: 2027-01-01, accelerator: B200, count: 100}" +
         later("{at: 2030-06-01, accelerator: B200, count: 700}") +
         "]\n    retire: [{at: 2028-01-01, accelerator: H100, count: 10}" +
         later("{at: 2031-01-01, accelerator: H100, count: 500}") +
         "]\n  schedule:\n    buy: schedule\n    purchases: [{at: 2027-01-01, amount: 1e6 USD}" +
         later("{at: 2030-01-01, amount: 9e6 USD}") +
         "]\n  rents:\n    buy: none\n    rents: [{at: 2027-01-01, accelerator: B200, count: 50}" +
         later("{at: 2029-01-01, accelerator: B200, count: 90}") +
         "]\n  moves:\n    buy: none\n    moves: [{at: 2027-01-01, accelerator: H100, count: 9, from: a, to: b, cost: 500 USD, pause: 14 days}" +
         later("{at: 2029-01-01, accelerator: H100, count: 99, from: a, to: b, cost: 500 USD, pause: 14 days}") +
         "]\n" + (is_whole ? "  once: {buy: once, budget: 1e7 USD, at: 5 yr}\n" : "  once: {buy: none}\n");
}

bool are_equal(const study::WhatIfCaseStanding& a, const study::Comparison& b, std::size_t strategy) {
  return a.strategies[strategy].metrics[1].value.mean == b.strategies[strategy].objective.mean;
}

}  // namespace

TEST_CASE("a case with a shorter horizon is the scenario without what is dated after it") {
  const Scenario whole = load(text_of("6 yr", true));
  const WhatIfResult cases = what_if(whole, {{"short", {{"horizon.length", "3 yr"}}}});
  const Sweep points = sweep(whole, {{"horizon.length", {"3 yr", "6 yr"}}});
  const Scenario short_one = load(text_of("3 yr", false));
  const Comparison alone = compare(short_one, {.replications = 1});
  REQUIRE(alone.strategies.size() == 5);
  for (std::size_t i = 0; i < 5; ++i) {
    INFO(alone.strategies[i].name);
    CHECK(are_equal(cases.cases[1], alone, i));
    CHECK(points.points[0].strategies[i].objective.mean == alone.strategies[i].objective.mean);
    CHECK(points.points[0].strategies[i].mean_spend == alone.strategies[i].mean_spend);
    // All of it happens in the longer one, but for moves, which change no loss where there is room.
    CHECK(points.points[1].strategies[i].objective.mean < alone.strategies[i].objective.mean);
  }
  CHECK_THROWS_AS(load(text_of("3 yr", true)), InvalidScenario);
  Scenario changed = whole;
  CHECK_THROWS_AS(changed.set("horizon.length", "3 yr"), InvalidScenario);
  // Beyond the scenario's own end a date is a mistake in every future, too.
  CHECK_THROWS_AS(what_if(whole, {{"late", {{"strategies.once.at", "6 yr"}}}}), InvalidScenario);
}

}  // namespace fleetrace
