#include <cmath>

#include "tests/oracle/race.hpp"

using namespace fleetrace;

namespace {

const std::string kHead =
    "horizon: {start: 2026-01-01, length: 3 yr}\noperations: {mfu: 0.4}\nprogress: {model: exponential, rate: 1 doublings/yr}\n";

}  // namespace

TEST_CASE("a fleet of capacity and accelerators that never changes gains by time and algorithms alone", "[split]") {
  const test::Race race = test::race(
      kHead +
      "initial_fleet: [{capacity: 1e18 FLOP/s}, {accelerator: H100, count: 1000, installed: "
      "2025-01-01}]\nstrategies: {keeper: {buy: none}}\n");
  const fleet::DoublingsByCause& split = race["keeper"].final.split;
  // Four years of the fleet, the reference's included, against one.
  CHECK(split.fleet == Approx(2).epsilon(1e-12));
  CHECK(std::fabs(split.hardware) < 1e-12);
  CHECK(std::fabs(split.utilisation) < 1e-12);
  CHECK(split.total == Approx(split.fleet + split.algorithm).epsilon(1e-12));
}

TEST_CASE("better accelerators beside capacity show as hardware", "[split]") {
  // B200 in bf16 is 2.25e15 FLOP/s, H100 989.4e12: half of the units at the better rate raise the average.
  const test::Race race = test::race(
      kHead +
      "hardware: {model: catalog, accelerators: [H100, B200]}\ninitial_fleet: [{capacity: 989.4e15 "
      "FLOP/s}]\nstrategies: {buyer: {buy: front_loaded, budget: 63.1e6 USD, choose: B200}}\n");
  const fleet::Outcome& outcome = race["buyer"];
  REQUIRE(outcome.final.accelerators[3] == 1000);
  const double units = (1000 + 3 * 2000.0) / 1000;
  const double peak = (1000 + 3 * (1000 + 1000 * 2.25e15 / 989.4e12)) / 1000;
  CHECK(outcome.final.split.fleet == Approx(std::log2(units)).epsilon(1e-12));
  CHECK(outcome.final.split.hardware == Approx(std::log2(peak / units)).epsilon(1e-12));
}

TEST_CASE("a small fleet that outlives a huge one keeps its digits", "[split]") {
  // Capacity gets 2^20 times dearer a year: the first installment outweighs the last by 2^140, and dies before the end.
  const test::Race race = test::race(
      "horizon: {start: 2026-01-01, length: 8 yr}\nhardware: {model: trend, price_performance: 1e12 FLOP/s/USD, "
      "price_performance_rate: -20 doublings/yr}\noperations: {lifetime: 1.5 yr}\nloss: {reference: 1e20 FLOP}\nstrategies: {turtle: "
      "{buy: incremental, budget: 8e12 USD, every: 1 yr}}\n");
  const double last = 1e12 * 1e12 * std::exp2(-140);
  CHECK(race["turtle"].final.capacity == Approx(last).epsilon(1e-12));
}
