#include "sim/study/compare/information.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>

#include "fleetrace/fleetrace.hpp"
#include "sim/output/studies/comparison.hpp"
#include "sim/reader/load.hpp"

// What it is worth to react and to know: three numbers that belong together.
namespace {

using namespace fleetrace;

const std::string kWorld =
    "fleetrace: 1\nname: information\nhorizon: {start: 2026-01-01, length: 8 yr}\nhardware: {model: trend, "
    "price_performance_doubling: {lognormal: {low: 1.0 yr, high: 6 yr, mass: 0.95}}}\nprogress: {model: exponential, doubling: "
    "{lognormal: {low: 5 months, high: 3 yr, mass: 0.95}}}\nloss: {reference: 9.46728e26 FLOP}\nstrategies:\n"
    "  early: {buy: once, budget: 1e9 USD, at: 3 yr}\n  late: {buy: once, budget: 1e9 USD, at: 6 yr}\n";
const std::string kPolicies =
    "  policy: {buy: lookahead, budget: 1e9 USD, every: 6 months}\n  keen: {buy: lookahead, budget: 1e9 USD, every: 6 months, "
    "learns: true}\n";

Comparison compared(const std::string& yaml) { return compare(load(yaml), {.replications = 60, .jobs = 1}); }

std::size_t index_of(const Comparison& comparison, const std::string& name) {
  for (std::size_t i = 0; i < comparison.strategies.size(); ++i) {
    if (comparison.strategies[i].name == name) return i;
  }
  throw std::out_of_range(name);
}

}  // namespace

TEST_CASE("a comparison sets the best fixed plan, the policies and hindsight beside each other", "[information]") {
  const Comparison found = compared(kWorld + kPolicies);
  REQUIRE(found.information);
  const study::InformationValue& value = *found.information;
  const auto mean = [&](std::size_t i) { return found.strategies[i].objective.mean; };
  const std::size_t early = index_of(found, "early");
  const std::size_t late = index_of(found, "late");
  CHECK(value.fixed == (mean(early) < mean(late) ? early : late));
  CHECK(value.policies == std::vector<std::size_t>{index_of(found, "policy"), index_of(found, "keen")});
  for (std::size_t i = 0; i < found.strategies.size(); ++i) CHECK(value.hindsight.mean < mean(i));
  CHECK(value.hindsight.n == 60);
  CHECK(value.hindsight_mean.contains(value.hindsight.mean));
}

TEST_CASE("hindsight is the strategy that knows the draw, raced by name or not", "[information]") {
  // With the policy's dates it is the best of all, in every draw.
  const Comparison by_name = compared(kWorld + kPolicies +
                                      "  bound: {buy: lookahead, budget: 1e9 USD, every: 6 months, "
                                      "information: hindsight}\n");
  const Comparison without = compared(kWorld + kPolicies);
  const std::size_t bound = index_of(by_name, "bound");
  CHECK(by_name.strategies[bound].objective.mean == Approx(without.information->hindsight.mean).epsilon(1e-9));
  CHECK(by_name.information->hindsight.mean == Approx(without.information->hindsight.mean).epsilon(1e-12));
  CHECK(by_name.information->policies.size() == 2);
  // Nobody can choose it: it does not lead, and what the others are worth does not depend on it.
  CHECK(by_name.strategies[bound].is_bound);
  CHECK(by_name.leader == without.leader);
  CHECK(by_name.best == without.best);
  CHECK(by_name.strategies[bound].p_best == 0);
  for (std::size_t i = 0; i < without.strategies.size(); ++i) {
    CHECK(by_name.strategies[i].p_best == without.strategies[i].p_best);
    CHECK(by_name.strategies[i].regret_mean == without.strategies[i].regret_mean);
  }
}

TEST_CASE("the three numbers are absent where nobody plans or where beliefs cannot be wrong", "[information]") {
  CHECK_FALSE(compared(kWorld).information);
  const std::string certain =
      "fleetrace: 1\nname: certain\nhorizon: {start: 2026-01-01, length: 8 yr}\nhardware: {model: trend}\nloss: {reference: "
      "9.46728e26 FLOP}\nstrategies:\n  s: {buy: lookahead, budget: 1e9 USD";
  CHECK_FALSE(compared(certain + "}\n").information);
  const Comparison mistaken = compared(certain + ", believes: {hardware: {price_performance_doubling: 20 yr}}}\n");
  REQUIRE(mistaken.information);
  CHECK_FALSE(mistaken.information->fixed);
  CHECK(mistaken.information->hindsight.mean < mistaken.strategies.front().objective.mean);
}

TEST_CASE("the three numbers are read back as they were written", "[information]") {
  const Comparison found = compared(kWorld + kPolicies);
  const ComparisonReport& report = *found.details;
  const std::string text = output::comparison_json(report);
  const ComparisonReport read = output::read_comparison(text, report.scenario);
  REQUIRE(read.comparison.information);
  CHECK(read.comparison.information->policies == found.information->policies);
  CHECK(read.comparison.information->fixed == found.information->fixed);
  CHECK(read.comparison.information->hindsight.mean == Approx(found.information->hindsight.mean).epsilon(1e-11));
  CHECK(output::comparison_json(read) == text);
}
