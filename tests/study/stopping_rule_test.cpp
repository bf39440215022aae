#include "sim/study/compare/stopping_rule.hpp"

#include <catch2/catch.hpp>

#include "sim/reader/load.hpp"
#include "sim/study/compare/comparison.hpp"
#include "sim/study/statistics.hpp"
#include "tests/study/metric_bits.hpp"

namespace {

using namespace fleetrace;
using fleet::Metric;
using study::Results;
using study::StoppingResult;
using study::StoppingRule;
using study::StudyDesign;

const std::atomic<bool> kGoOn = false;

StudyDesign shipped(std::uint32_t seed = 1) {
  return StudyDesign::of(reader::load("race-under-uncertainty"), seed, std::nullopt);
}

StoppingResult ended(const StudyDesign& design, const StoppingRule& rule, Results& results, int jobs = 1,
                     Metric objective = Metric::final_loss) {
  const auto stopping = study::replicate_until(design, rule, objective, 0.95, jobs, kGoOn, results);
  REQUIRE(stopping);
  return *stopping;
}

}  // namespace

TEST_CASE("a fixed rule runs its number, or one where nothing is random", "[study]") {
  const StudyDesign design = shipped();
  Results results(design.strategies.size());
  CHECK(ended(design, {StoppingRule::Kind::fixed, 0, 37}, results).met);
  CHECK(results.replications() == 37);
  const StudyDesign certain = StudyDesign::of(reader::load("hare-and-turtle"), 1, std::nullopt);
  Results one(certain.strategies.size());
  CHECK(ended(certain, {StoppingRule::Kind::half_width, 1e-9, 100}, one).met);
  CHECK(one.replications() == 1);
}

TEST_CASE("a study ends at the first replication at which every difference is narrow enough", "[study]") {
  const StudyDesign design = shipped();
  const StoppingRule rule{StoppingRule::Kind::half_width, 0.0008, 5000};
  Results results(design.strategies.size());
  CHECK(ended(design, rule, results).met);
  const std::size_t n = results.replications();
  CHECK(n > 30);
  CHECK(n < 5000);
  const auto widest = [&](std::size_t count) {
    results.resize(count);
    double width = 0;
    for (const study::PairStanding& pair : study::compare(design, results, Metric::final_loss, 0.95).pairs)
      width = std::max(width, pair.mean.half_width());
    return width;
  };
  CHECK(widest(n) <= 0.0008);
  CHECK(widest(n - 1) > 0.0008);
}

TEST_CASE("a rule that is not met says so", "[study]") {
  const StudyDesign design = shipped();
  Results results(design.strategies.size());
  const StoppingResult stopping = ended(design, {StoppingRule::Kind::half_width, 1e-9, 50}, results);
  CHECK_FALSE(stopping.met);
  CHECK(results.replications() == 50);
}

TEST_CASE("selection finds the best, with few replications where the lead is clear", "[study]") {
  const StudyDesign design = shipped();
  Results results(design.strategies.size());
  const StoppingResult stopping = ended(design, {StoppingRule::Kind::select, 0.005, 5000}, results);
  REQUIRE(stopping.met);
  CHECK(design.strategies[stopping.selected.value()] == "heron");
  CHECK(results.replications() < 200);
}

TEST_CASE("more is better for net present value, also for a selection", "[study]") {
  const scenario::Scenario scenario = reader::load(
      "race-under-uncertainty", {{"strategies.hare.budget", "{uniform: {low: 1e9 USD, high: 1.5e9 USD}}"}});
  const StudyDesign design = StudyDesign::of(scenario, 1, std::nullopt);
  Results results(design.strategies.size());
  const StoppingResult stopping = ended(design, {StoppingRule::Kind::select, 1e8, 5000}, results, 1, Metric::npv);
  CHECK(design.strategies[stopping.selected.value()] == "hare");  // it spends least
}

TEST_CASE("how a study ends does not depend on the number of threads or on what it had", "[study]") {
  const StudyDesign design = shipped();
  const StoppingRule rule{StoppingRule::Kind::half_width, 0.0008, 5000};
  Results one(design.strategies.size());
  (void)ended(design, rule, one);
  for (const int jobs : {2, 8}) {
    Results many(design.strategies.size());
    (void)ended(design, rule, many, jobs);
    CHECK(many.replications() == one.replications());
    CHECK(test::bits(many.at(many.replications() - 1, 0)) == test::bits(one.at(one.replications() - 1, 0)));
  }
  Results resumed(design.strategies.size());
  REQUIRE(study::replicate(design, one.replications() + 300, 1, kGoOn, resumed));
  (void)ended(design, rule, resumed);
  CHECK(resumed.replications() == one.replications());
}

// On hare against turtle pairing divides the number of replications by far more than three.
TEST_CASE("pairing saves at least three quarters of the replications of hare against turtle", "[study]") {
  const StudyDesign design = shipped();
  Results results(design.strategies.size());
  REQUIRE(study::replicate(design, 400, 1, kGoOn, results));
  for (const study::PairStanding& pair : study::compare(design, results, Metric::final_loss, 0.95).pairs) {
    if (pair.a == 0 && pair.b == 1) CHECK(pair.pairing_gain >= 4);
  }
}
