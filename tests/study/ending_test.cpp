#include "fleetrace/study/ending.hpp"

#include <catch2/catch.hpp>

#include "fleetrace/scenario/load.hpp"
#include "fleetrace/study/comparison.hpp"
#include "fleetrace/study/statistics.hpp"

namespace {

using namespace fleetrace;
using fleet::Measure;
using study::Ending;
using study::EndRule;
using study::Plan;
using study::Results;

const std::atomic<bool> kGoOn = false;

Plan shipped(std::uint32_t seed = 1) { return Plan::of(scenario::load("race-under-uncertainty"), seed, std::nullopt); }

Ending ended(const Plan& plan, const EndRule& rule, Results& results, int jobs = 1,
             Measure objective = Measure::final_loss) {
  const auto ending = study::replicate_until(plan, rule, objective, 0.95, jobs, kGoOn, results);
  REQUIRE(ending);
  return *ending;
}

}  // namespace

TEST_CASE("a fixed rule runs its number, or one where nothing is random", "[study]") {
  const Plan plan = shipped();
  Results results(plan.strategies.size());
  CHECK(ended(plan, {EndRule::Kind::fixed, 0, 37}, results).met);
  CHECK(results.replications() == 37);
  const Plan certain = Plan::of(scenario::load("hare-and-turtle"), 1, std::nullopt);
  Results one(certain.strategies.size());
  CHECK(ended(certain, {EndRule::Kind::half_width, 1e-9, 100}, one).met);
  CHECK(one.replications() == 1);
}

TEST_CASE("a study ends at the first replication at which every difference is narrow enough", "[study]") {
  const Plan plan = shipped();
  const EndRule rule{EndRule::Kind::half_width, 0.0008, 5000};
  Results results(plan.strategies.size());
  CHECK(ended(plan, rule, results).met);
  const std::size_t n = results.replications();
  CHECK(n > 30);
  CHECK(n < 5000);
  const auto widest = [&](std::size_t count) {
    Results cut = results;
    cut.resize(count);
    double width = 0;
    for (const study::PairStanding& pair : study::compare(plan, cut, Measure::final_loss, 0.95).pairs)
      width = std::max(width, pair.mean.half_width());
    return width;
  };
  CHECK(widest(n) <= 0.0008);
  CHECK(widest(n - 1) > 0.0008);
}

TEST_CASE("a rule that is not met says so", "[study]") {
  const Plan plan = shipped();
  Results results(plan.strategies.size());
  const Ending ending = ended(plan, {EndRule::Kind::half_width, 1e-9, 50}, results);
  CHECK_FALSE(ending.met);
  CHECK(results.replications() == 50);
}

TEST_CASE("selection finds the best, with few replications where the lead is clear", "[study]") {
  const Plan plan = shipped();
  Results results(plan.strategies.size());
  const Ending ending = ended(plan, {EndRule::Kind::select, 0.005, 5000}, results);
  REQUIRE(ending.met);
  CHECK(plan.strategies[ending.selected.value()] == "heron");
  CHECK(results.replications() < 200);
}

TEST_CASE("more is better for net present value, also for a selection", "[study]") {
  const fleet::Scenario scenario = scenario::load(
      "race-under-uncertainty", {{"strategies.hare.budget", "{uniform: {low: 1e9 USD, high: 1.5e9 USD}}"}});
  const Plan plan = Plan::of(scenario, 1, std::nullopt);
  Results results(plan.strategies.size());
  const Ending ending = ended(plan, {EndRule::Kind::select, 1e8, 5000}, results, 1, Measure::npv);
  CHECK(plan.strategies[ending.selected.value()] == "hare");  // it spends least
}

TEST_CASE("how a study ends does not depend on the number of threads or on what it had", "[study]") {
  const Plan plan = shipped();
  const EndRule rule{EndRule::Kind::half_width, 0.0008, 5000};
  Results one(plan.strategies.size());
  (void)ended(plan, rule, one);
  for (const int jobs : {2, 8}) {
    Results many(plan.strategies.size());
    (void)ended(plan, rule, many, jobs);
    CHECK(many.replications() == one.replications());
    CHECK(many.at(many.replications() - 1, 0) == one.at(one.replications() - 1, 0));
  }
  Results resumed(plan.strategies.size());
  REQUIRE(study::replicate(plan, one.replications() + 300, 1, kGoOn, resumed));
  (void)ended(plan, rule, resumed);
  CHECK(resumed.replications() == one.replications());
}

// On hare against turtle pairing divides the number of replications by far more than three.
TEST_CASE("pairing saves at least three quarters of the replications of hare against turtle", "[study]") {
  const Plan plan = shipped();
  Results results(plan.strategies.size());
  REQUIRE(study::replicate(plan, 400, 1, kGoOn, results));
  for (const study::PairStanding& pair : study::compare(plan, results, Measure::final_loss, 0.95).pairs) {
    if (pair.a == 0 && pair.b == 1) CHECK(pair.pairing_gain >= 4);
  }
}
