#include <catch2/catch.hpp>
#include <cmath>

#include "models/capability/capability.hpp"
#include "race.hpp"
#include "tests/unit/spec_of.hpp"

// Tasks of a length, whose horizon doubles with compute as it did in the field.
namespace fleetrace::test {
namespace {

models::CapabilityLaw law_of(const std::vector<std::pair<std::string, std::string>>& written) {
  return models::resolve_capability(spec_of(*models::capability_family().find("task_horizon"), written));
}

/// A fleet of one accelerator, and of algorithms that double effective FLOP/s `rate` times a year.
Race race_of(const std::string& loss, double rate) {
  return race(
      "horizon: {start: 2026-01-01, length: 6 yr, sample_every: 1 yr}\nhardware: {model: catalog, accelerators: "
      "[H100]}\nprogress: {model: exponential, rate: " +
      std::to_string(rate) +
      " doublings/yr}\noperations: {mfu: 0.4}\ninitial_fleet: [{accelerator: H100, count: 16384, " +
      "installed: 2025-01-01}]\nloss: {" + loss + "}\nstrategies: {keeper: {buy: none}}\n");
}

}  // namespace

TEST_CASE("success by the length of a task, by hand") {
  CHECK(models::task_success(8, 8, 0.861) == 0.5);
  CHECK(models::task_success(2, 8, 1) == Approx(0.8).epsilon(1e-15));
  // The horizon for 80 % is a fifth of that for 50 % where the slope is ln 4/ln 5.
  CHECK(models::task_success(1, 5, std::log(4) / std::log(5)) == Approx(0.8).epsilon(1e-14));
  CHECK(models::task_horizon(8, 50, 1.0 / 3) == Approx(100).epsilon(1e-14));
  // 50 minutes at C0; 12/7 doublings a year for 12/3.27 of compute.
  const auto law = law_of({{"task", "100 min"}});
  const double doublings = 7 / 3.27;
  CHECK(law.score_at(std::exp2(doublings)) == Approx(0.5).epsilon(1e-12));
  CHECK(law.ratio(0.5) == Approx(std::exp2(doublings)).epsilon(1e-12));
  CHECK(law.score_at(1) == Approx(1 / (1 + std::pow(2, 0.861))).epsilon(1e-13));
}

TEST_CASE("scores rise with compute and fall with length, and ratio is the inverse of score_at") {
  for (const char* task : {"1 min", "8 h", "30 days"}) {
    const auto law = law_of({{"task", task}, {"at_start", "20 min"}, {"slope", "0.6"}});
    double before = 0;
    for (double ratio = 1; ratio < 1e12; ratio *= 3) {
      const double score = law.score_at(ratio);
      CHECK(score > before);
      CHECK(law.ratio(score) == Approx(ratio).epsilon(1e-9));
      CHECK(law_of({{"task", "31 days"}, {"at_start", "20 min"}, {"slope", "0.6"}}).score_at(ratio) < score);
      before = score;
    }
  }
}

TEST_CASE("a race dates a task by its compute, under laws with and without a scale") {
  const std::string tasks =
      ", capabilities: {hour: {model: task_horizon, task: 100 min, target: 0.5, doubling: 7 months, field_doubling: 7 months}}";
  // The exponent is 1: the horizon has doubled where C/C0 = 2.
  for (const std::string model :
       {"model: relative", "model: chinchilla, reference: 1e24 FLOP", "model: data_limited, reference: 1e24 FLOP"}) {
    const Race one = race_of(model + tasks, 1);
    const fleet::Outcome& outcome = one.outcomes.front();
    const fleet::CapabilityScore& hour = outcome.capabilities[0];
    REQUIRE(hour.reached.has_value());
    const fleet::LossCurve curve(outcome.trajectory, one.cases[0].loss);
    CHECK(curve.ratio_at(*hour.reached) == Approx(2).epsilon(1e-8));
    const double last = curve.ratio_at(one.cases[0].horizon.end);
    CHECK(hour.score == Approx(1 / (1 + std::pow(2 / last, 0.861))).epsilon(1e-12));
  }
  // Who gets there at the start, and who never does.
  const Race early = race_of(
      "model: relative, capabilities: {now: {model: task_horizon, task: 1 min, target: 0.5}, never: "
      "{model: task_horizon, task: 1e6 yr, target: 0.9}}",
      1);
  CHECK(early.outcomes[0].capabilities[0].reached == early.cases[0].horizon.start);
  CHECK_FALSE(early.outcomes[0].capabilities[1].reached);
}

}  // namespace fleetrace::test
