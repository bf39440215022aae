#include "sim/output/studies/diff.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "fleetrace/fleetrace.hpp"

namespace fleetrace {
namespace {

/// A fleet that is bought at once on the first day for 1e6 USD at 1e10 FLOP/s/USD and runs for a year without progress: by hand
/// its compute is 1e16 FLOP/s * 31,557,600 s.
constexpr std::string_view kOnce = R"(fleetrace: 1
name: once
horizon: {start: 2026-01-01, length: 1 yr}
hardware: {model: trend, price_performance: 1e10 FLOP/s/USD, price_performance_doubling: none}
loss: {reference: 1e20 FLOP}
strategies:
  only: {buy: front_loaded, budget: 1e6 USD}
)";
constexpr double kCompute = 1e16 * 31'557'600;

const OutcomeChange& outcome_of(const Diff& diff, const std::string& strategy, const std::string& metric) {
  const auto found = std::find_if(diff.outcomes.begin(), diff.outcomes.end(), [&](const OutcomeChange& each) {
    return each.strategy == strategy && each.metric == metric;
  });
  REQUIRE(found != diff.outcomes.end());
  return *found;
}

std::size_t index_of(const Diff& diff, const OutcomeChange& outcome) {
  return static_cast<std::size_t>(&outcome - diff.outcomes.data());
}

const ChangeEffect& effect_of(const Diff& diff, const OutcomeChange& outcome, const std::string& path) {
  const auto found = std::find_if(diff.effects.begin(), diff.effects.end(), [&](const ChangeEffect& each) {
    return each.outcome == index_of(diff, outcome) && diff.inputs[each.input].path == path;
  });
  REQUIRE(found != diff.effects.end());
  return *found;
}

TEST_CASE("a scenario does not differ from itself") {
  for (const char* name : {"hare-and-turtle", "race-under-uncertainty", "two-sites"}) {
    INFO(name);
    const Diff same = diff(load(name), load(name));
    CHECK(same.empty());
    CHECK(same.effects.empty());
    CHECK(output::answer(same) ==
          std::string("A is ") + name + ", B is " + name + ". They are the same: no input and no outcome differs.");
    const std::string csv = output::diff_csv(same);
    CHECK(std::count(csv.begin(), csv.end(), '\n') == 1);
  }
}

TEST_CASE("twice the money and twice the FLOP/s for it: effects and interaction by hand") {
  const Scenario a = load(kOnce);
  Scenario b = a;
  b.set("strategies.only.budget", "2e6 USD");
  b.set("hardware.price_performance", "2e10 FLOP/s/USD");
  const Diff found = diff(a, b);
  REQUIRE(found.inputs.size() == 2);
  CHECK(found.inputs[0].path == "hardware.price_performance");
  CHECK(found.inputs[1].path == "strategies.only.budget");
  const OutcomeChange& compute = outcome_of(found, "only", "physical_compute_flop");
  CHECK(*compute.before == Approx(kCompute).epsilon(1e-9));
  CHECK(*compute.after == Approx(4 * kCompute).epsilon(1e-9));
  CHECK(*compute.difference() == Approx(3 * kCompute).epsilon(1e-9));
  CHECK(*compute.relative() == Approx(3).epsilon(1e-9));
  for (const InputChange& each : found.inputs) {
    const ChangeEffect& effect = effect_of(found, compute, each.path);
    CHECK(*effect.from_a == Approx(kCompute).epsilon(1e-9));
    CHECK(*effect.from_b == Approx(2 * kCompute).epsilon(1e-9));
  }
  CHECK(*found.interaction_from_a(index_of(found, compute)) == Approx(kCompute).epsilon(1e-9));
  CHECK(*found.interaction_from_b(index_of(found, compute)) == Approx(-kCompute).epsilon(1e-9));
  // Money is spent twice, whatever it buys.
  const OutcomeChange& spend = outcome_of(found, "only", "spend_usd");
  CHECK(*spend.difference() == Approx(1e6));
  CHECK(*effect_of(found, spend, "strategies.only.budget").from_a == Approx(1e6));
  CHECK(*effect_of(found, spend, "hardware.price_performance").from_b == Approx(0).margin(1e-6));
  CHECK(*found.interaction_from_a(index_of(found, spend)) == Approx(0).margin(1e-6));
}

TEST_CASE("both ways round a difference has the opposite sign") {
  const Scenario a = load(kOnce);
  Scenario b = a;
  b.set("strategies.only.budget", "3e6 USD");
  b.set("horizon.length", "2 yr");
  const Diff there = diff(a, b);
  const Diff back = diff(b, a);
  REQUIRE(there.outcomes.size() == back.outcomes.size());
  REQUIRE(there.effects.size() == back.effects.size());
  for (std::size_t i = 0; i < there.outcomes.size(); ++i) {
    INFO(there.outcomes[i].metric);
    CHECK(there.outcomes[i].before == back.outcomes[i].after);
    CHECK(*there.outcomes[i].difference() == Approx(-*back.outcomes[i].difference()));
  }
  for (std::size_t i = 0; i < there.effects.size(); ++i)
    CHECK(*there.effects[i].from_a == Approx(-*back.effects[i].from_b).margin(1e-9));
}

TEST_CASE("one change brings all of the difference, for every thread count") {
  Scenario b = load("hare-and-turtle");
  b.set("operations.lifetime", "4 yr");
  const Diff found = diff(load("hare-and-turtle"), b, {.jobs = 2});
  REQUIRE(found.inputs.size() == 1);
  REQUIRE_FALSE(found.effects.empty());
  for (const ChangeEffect& each : found.effects) {
    CHECK(each.from_a == found.outcomes[each.outcome].difference());
    CHECK(each.from_b == found.outcomes[each.outcome].difference());
    CHECK(*found.interaction_from_a(each.outcome) == 0);
  }
  const std::string text = output::diff_table(found, {});
  CHECK(text.find("All of it comes from operations.lifetime") != std::string::npos);
  b.set("strategies.turtle.budget", "3e9 USD");
  CHECK(output::diff_json(diff(load("hare-and-turtle"), b, {.jobs = 1})) ==
        output::diff_json(diff(load("hare-and-turtle"), b, {.jobs = 3})));
}

TEST_CASE("changes of separate strategies do not interact") {
  Scenario b = load("hare-and-turtle");
  b.set("strategies.turtle.budget", "3e9 USD");
  b.set("strategies.hare.budget", "1e9 USD");
  const Diff found = diff(load("hare-and-turtle"), b);
  for (std::size_t i = 0; i < found.outcomes.size(); ++i) {
    INFO(found.outcomes[i].strategy + ' ' + found.outcomes[i].metric);
    const bool is_changed = found.outcomes[i].strategy == "turtle" || found.outcomes[i].strategy == "hare";
    CHECK(is_changed);
    if (const auto rest = found.interaction_from_a(i)) {
      const double size = std::max(std::abs(*found.outcomes[i].before), std::abs(*found.outcomes[i].after));
      CHECK(*rest == Approx(0).margin(1e-12 * size));
    }
  }
}

TEST_CASE("strategies of one side alone, and changes that are not valid alone") {
  const Scenario a = load(kOnce);
  const Scenario b = load(R"(fleetrace: 1
name: once
description: with a site
horizon: {start: 2026-01-01, length: 1 yr}
hardware: {model: trend, price_performance: 1e10 FLOP/s/USD, price_performance_doubling: none}
loss: {reference: 1e20 FLOP}
sites: {north: {}}
strategies:
  only: {buy: front_loaded, budget: 1e6 USD, sites: [north]}
  second: {buy: none}
)");
  const Diff found = diff(a, b);
  CHECK(found.only_in_a.empty());
  CHECK(found.only_in_b == std::vector<std::string>{"second"});
  const auto input = [&found](const std::string& path) {
    const auto at = std::find_if(found.inputs.begin(), found.inputs.end(),
                                 [&](const InputChange& each) { return each.path == path; });
    REQUIRE(at != found.inputs.end());
    return *at;
  };
  CHECK_FALSE(input("description").is_raced);
  CHECK(input("strategies.second").problem_in_a.empty());
  CHECK_FALSE(input("strategies.only.sites").problem_in_a.empty());
  CHECK_FALSE(input("sites").problem_in_b.empty());
  const std::string text = output::diff_table(found, {});
  CHECK(text.find("Only B has the strategies second.") != std::string::npos);
  CHECK(text.find("strategies.only.sites is not valid alone in A: ") != std::string::npos);
  CHECK(text.find("No race reads description.") != std::string::npos);
}

TEST_CASE("draws of both sides, and another C0, are told") {
  const Scenario chance = load("race-under-uncertainty");
  const Diff drawn = diff(chance, chance, {.a = {1, 0}, .b = {2, 0}});
  REQUIRE(drawn.inputs.size() == 1);
  CHECK(drawn.inputs.front().path == "seed");
  CHECK(drawn.inputs.front().before == "1");
  CHECK(drawn.inputs.front().after == "2");
  CHECK_FALSE(drawn.outcomes.empty());
  CHECK(diff(chance, chance, {.a = {7, 3}, .b = {7, 3}}).empty());
  Scenario larger = load("hare-and-turtle");
  larger.set("initial_fleet.0.count", "8192");
  const Diff measured = diff(load("hare-and-turtle"), larger);
  CHECK(measured.own_reference_flop == Approx(2 * measured.reference_flop));
  CHECK(output::diff_table(measured, {}).find("Both are measured against the C0 of A") != std::string::npos);
  std::stop_source stop;
  stop.request_stop();
  Scenario two = larger;
  two.set("operations.mfu", "0.4");
  CHECK_THROWS_AS(diff(load("hare-and-turtle"), two, {.stop = stop.get_token()}), Stopped);
}

}  // namespace
}  // namespace fleetrace
