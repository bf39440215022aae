#include <catch2/catch.hpp>
#include <cmath>

#include "models/supply/supply.hpp"
#include "spec_of.hpp"
#include "tests/oracle/race.hpp"

namespace {

using namespace fleetrace;
using models::LeadTime;
using models::Production;
using test::Random;

}  // namespace

TEST_CASE("production by hand") {
  const Production steady{1000, 0};
  CHECK(steady.cumulative(2.5) == 2500);
  CHECK(steady.cumulative(-1) == 0);
  CHECK(steady.years_until(500) == 0.5);
  const Production ramp{1000, 2};
  CHECK(ramp.cumulative(0) == 0);
  // m = 2: c m/4 [ln 2 - ln(1 + e^-4)] = 500 (0.693147... - 0.018149...)
  CHECK(ramp.cumulative(2) == Approx(500 * (0.6931471805599453 - 0.01814992791780974)).epsilon(1e-13));
  // Long after the ramp it lags steady production by the ramp, as the curve is symmetric (up to ln(1 + e^-4)).
  CHECK(steady.cumulative(30) - ramp.cumulative(30) == Approx(1000 * 2 + 500 * 0.01814992791780974).epsilon(1e-12));
  // The rate itself: 1.8 %, a half and 98.2 % of it.
  const auto rate = [&](double t) { return (ramp.cumulative(t + 1e-5) - ramp.cumulative(t - 1e-5)) / 2e-5; };
  CHECK(rate(1e-4) == Approx(1000 / (1 + std::exp(4))).epsilon(1e-3));
  CHECK(rate(2) == Approx(500).epsilon(1e-8));
  CHECK(rate(4) == Approx(1000 / (1 + std::exp(-4))).epsilon(1e-8));
}

TEST_CASE("production never falls, has an inverse and becomes steady as its ramp shrinks") {
  Random random(8);
  for (int i = 0; i < 2000; ++i) {
    const Production some{std::exp(random.uniform(0, 20)), random.uniform(0, 5)};
    const double t = random.uniform(0, 20);
    const double made = some.cumulative(t);
    REQUIRE(some.cumulative(t + 0.1) > made);
    REQUIRE(made <= some.rate * t);
    REQUIRE(some.years_until(made) == Approx(t).margin(1e-9));
    REQUIRE(Production{some.rate, 1e-12}.cumulative(t) == Approx(some.rate * t).margin(some.rate * 1e-11));
  }
}

TEST_CASE("lead times are pure, fixed without variation, and stretch with their mean") {
  const core::Entity order = core::Entity::named("H100").part(7);
  const LeadTime fixed{core::kMonth * 6, 0};
  CHECK(fixed.drawn(1, 0, order) == core::kMonth * 6);
  const LeadTime half{core::kMonth * 6, 0.5};
  const core::Duration drawn = half.drawn(1, 0, order);
  CHECK(drawn == half.drawn(1, 0, order));
  CHECK(drawn != half.drawn(1, 1, order));
  CHECK(drawn != half.drawn(1, 0, order.part(1)));
  CHECK(LeadTime{core::kMonth * 12, 0.5}.drawn(1, 0, order).years() == Approx(2 * drawn.years()).epsilon(1e-9));
  CHECK(LeadTime{core::kMonth * 6, 1e-10}.drawn(1, 0, order).years() == Approx(0.5).epsilon(1e-9));
}

// 20,000 draws each; |z| < 5.5 for mean and variance of four laws: 8 tests, false alarm 3e-7 in all.
TEST_CASE("lead times have the mean and the variation that is stated") {
  for (const double variation : {0.1, 0.5, 1.0, 2.0}) {
    CAPTURE(variation);
    const LeadTime law{core::kYear, variation};
    const int n = 20'000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; ++i) {
      const double x = law.drawn(3, static_cast<std::uint32_t>(i), core::Entity::number(0)).years();
      sum += x - 1;
      squares += (x - 1) * (x - 1);
    }
    const double variance = variation * variation;
    CHECK(std::fabs(sum / std::sqrt(n * variance)) < 5.5);
    // Fourth central moment of Gamma(k, 1/k) is 3 v^2 + 6 v^3.
    const double spread = std::sqrt(n * (2 * variance * variance + 6 * variance * variance * variance));
    CHECK(std::fabs((squares - n * variance) / spread) < 5.5);
  }
}

TEST_CASE("strategies that order the same at the same instant wait equally long") {
  const test::Race run = test::race(R"(
horizon: {start: 2026-01-01, length: 6 yr}
hardware: {model: catalog, accelerators: [H100, B200]}
operations: {mfu: 0.4}
supply: {lead_time: 6 months, lead_time_variation: 0.7, transit: 1 months}
initial_fleet: [{accelerator: H100, count: 64}]
strategies:
  small: {buy: once, at: 1 yr, budget: 1e7 USD, choose: B200}
  large: {buy: incremental, every: 1 yr, budget: 6e9 USD, choose: B200}
  other: {buy: once, at: 1 yr, budget: 1e7 USD, choose: H100}
)");
  const auto deliveries = [&](std::size_t index) {
    std::vector<core::Time> times;
    (void)fleet::simulate(run.cases[index], [&](const fleet::World&, const fleet::Event& event) {
      if (event.payload.kind == fleet::EventKind::delivery) times.push_back(event.time);
    });
    return times;
  };
  const auto small = deliveries(0);
  const auto large = deliveries(1);
  const auto other = deliveries(2);
  REQUIRE(small.size() == 1);
  REQUIRE(other.size() == 1);
  CHECK(std::find(large.begin(), large.end(), small[0]) != large.end());
  CHECK(std::find(large.begin(), large.end(), other[0]) == large.end());
  CHECK(run["small"].final.relative_loss < 1);
}
