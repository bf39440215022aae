#include <catch2/catch.hpp>
#include <cmath>

#include "catalog_of.hpp"
#include "models/hardware/hardware.hpp"
#include "models/hardware/price.hpp"
#include "models/hardware/resale.hpp"
#include "tests/oracle/race.hpp"

namespace {

using namespace fleetrace;
using models::PriceLaw;
using test::Random;
using test::spec_of;

/// b of a progress ratio of 80 %: -log2 0.8.
constexpr double kB = 0.32192809488736235;

PriceLaw learning(double exponent, double growth, double volume) {
  return {exponent * growth, exponent, growth, volume};
}

core::Spec hardware(const std::vector<std::pair<std::string, std::string>>& price) {
  core::Spec spec = core::preset_spec(*models::hardware_family().find("catalog"));
  spec.value("price").data = std::vector<core::Spec>{spec_of(*models::price_family().find("learning"), price)};
  return spec;
}

/// A strategy that buys B200 for `budget` at a price per accelerator of 1,000 USD at its date, 2024-11-15.
std::string race_with(const std::string& price, const std::string& strategy) {
  return R"(
horizon: {start: 2026-01-01, length: 4 yr}
hardware: {model: catalog, accelerators: [B200], price: )" +
         price + R"(}
operations: {mfu: 0.4}
loss: {reference: 1e24 FLOP}
strategies: {x: )" +
         strategy + "}\n";
}

}  // namespace

TEST_CASE("learning by hand: each doubling of the volume takes a fifth") {
  const PriceLaw law = learning(kB, 0, 1000);
  CHECK(law.factor(5) == 1);
  CHECK(law.factor(0, 1000) == Approx(0.8).epsilon(1e-14));
  CHECK(law.factor(0, 3000) == Approx(0.64).epsilon(1e-14));
  const PriceLaw growing = learning(kB, 0.6931471805599453, 0);  // the market doubles every year
  CHECK(growing.factor(1) == Approx(0.8).epsilon(1e-14));
  CHECK(growing.factor(2) == Approx(0.64).epsilon(1e-14));
  CHECK(growing.factor(-1) == 1);  // a price holds until its date, from which on it falls
  CHECK(PriceLaw{.decline = 0.153}.factor(-0.75) == 1);
  CHECK(growing.factor(1, 1e9) == growing.factor(1));  // own purchases do not count without a volume
}

TEST_CASE("Wright and exponential output give Moore: prices fall at b g (Sahal)") {
  Random random(5);
  for (int i = 0; i < 1000; ++i) {
    const double b = random.uniform(0, 0.99);
    const double g = random.uniform(0, 3);
    const double t = random.uniform(0, 20);
    REQUIRE(learning(b, g, 0).factor(t) == Approx(std::exp(-b * g * t)).epsilon(1e-12));
    // The same with a volume, of which nobody has bought any.
    REQUIRE(learning(b, g, 1e6).factor(t) == Approx(std::exp(-b * g * t)).epsilon(1e-12));
    // Own purchases beside a market that stands still, and a market that grows by as much.
    const double own = random.uniform(1, 1e7);
    REQUIRE(learning(b, g, 1e6).factor(0, own) ==
            Approx(learning(b, std::log1p(own / 1e6), 0).factor(1)).epsilon(1e-11));
  }
}

TEST_CASE("a batch costs the integral along the curve") {
  // Units 1 to Q at the first one's price: (Q^(1-b) - 1)/(1 - b), docs/derivations.md 2e: Q = 1000, b = -log2 0.8.
  CHECK(learning(kB, 0, 1).batch(0, 0, 999) == Approx((std::pow(1000, 1 - kB) - 1) / (1 - kB)).epsilon(1e-13));
  Random random(6);
  for (int i = 0; i < 200; ++i) {
    const PriceLaw law = learning(random.uniform(0, 0.99), random.uniform(0, 1), random.uniform(10, 1e5));
    const double t = random.uniform(0, 5);
    const double own = random.uniform(0, 1e5);
    const double n = random.uniform(1, 1e5);
    const double batch = law.batch(t, own, n);
    const auto price = [&](long double x) {
      return static_cast<long double>(law.factor(t, own + static_cast<double>(x)));
    };
    REQUIRE(batch == Approx(static_cast<double>(test::simpson(price, 0.0L, n, 1e-9L * n))).epsilon(1e-9));
    REQUIRE(batch < n * law.factor(t, own) * (1 + 1e-12));
    REQUIRE(batch > n * law.factor(t, own + n) * (1 - 1e-12));
    // Two orders cost what one does, and a sum buys what it pays for.
    REQUIRE(law.batch(t, own, n / 3) + law.batch(t, own + n / 3, n - n / 3) == Approx(batch).epsilon(1e-11));
    REQUIRE(law.units(t, own, batch) == Approx(n).epsilon(1e-9));
  }
  const PriceLaw age{.decline = 0.5};
  CHECK(age.batch(2, 7, 10) == Approx(10 * std::exp(-1)).epsilon(1e-14));
  CHECK(age.units(2, 7, 10) == Approx(10 * std::exp(1)).epsilon(1e-14));
}

TEST_CASE("the default learning lowers prices as the default decline does") {
  const PriceLaw law = models::resolve_price(hardware({}));
  CHECK(law.exponent == Approx(kB).epsilon(1e-12));
  CHECK(law.decline == Approx(0.153).epsilon(2e-3));
  CHECK_FALSE(law.learns_from_own());
  CHECK(models::resolve_price(core::preset_spec(*models::hardware_family().find("catalog"))).decline == 0.153);
  CHECK(models::resolve_price(hardware({{"learning_rate", "0"}})).factor(10) == 1);
  CHECK(models::resolve_price(hardware({{"volume", "5e5"}})).volume == 5e5);
}

TEST_CASE("a market that learns by volume alone is one whose prices fall with age, to the last digit shown") {
  const auto by_age = test::race(
      race_with("age, price_decline: 0.25 /yr", "{buy: incremental, budget: 1e9 USD, every: 1 yr}"));
  // b = 0.3219..., g = rate ln 2: rate = 0.25 / (b ln 2).
  const auto by_volume = test::race(race_with(
      "{model: learning, learning_rate: 0.2, volume_rate: " + test::text(0.25 / (kB * test::kLn2)) + " doublings/yr}",
      "{buy: incremental, budget: 1e9 USD, every: 1 yr}"));
  CHECK(by_volume["x"].final.relative_loss == Approx(by_age["x"].final.relative_loss).epsilon(1e-9));
  REQUIRE(by_volume["x"].cohorts.size() == by_age["x"].cohorts.size());
  for (std::size_t i = 0; i < by_age["x"].cohorts.size(); ++i) {
    CHECK(by_volume["x"].cohorts[i].cost_usd == Approx(by_age["x"].cohorts[i].cost_usd).epsilon(1e-12));
  }
}

TEST_CASE("own purchases lower the price of the next ones, exactly along the curve") {
  const std::string price = "{model: learning, learning_rate: 0.3, volume_doubling: none, volume: 1e4}";
  const auto run = test::race(race_with(price, "{buy: incremental, budget: 2e9 USD, every: 6 months}"));
  const models::AcceleratorType& type = run.cases[0].plant.market.types[0];
  const fleet::Outcome& outcome = run["x"];
  REQUIRE(outcome.cohorts.size() == 8);
  double own = 0;
  core::Money cash;
  for (const fleet::Cohort& cohort : outcome.cohorts) {
    cash += core::Money::from_usd(2.5e8);
    const auto size = static_cast<double>(cohort.size);
    const double cost = type.cost_of(size, cohort.ordered, own);
    CHECK(cohort.cost_usd == Approx(cost / size).epsilon(1e-12));
    cash -= core::Money::from_usd(cost);
    CHECK(cash >= core::Money{});
    // One more would not have been affordable.
    CHECK(cash < core::Money::from_usd(type.cost_of(1, cohort.ordered, own + size)));
    own += size;
  }
  CHECK(outcome.final.unspent == cash);
  // The same in one order costs the same per accelerator, up to the change that was kept.
  const auto at_once = test::race(race_with(price, "{buy: front_loaded, budget: 2e9 USD}"));
  CHECK(std::fabs(static_cast<double>(at_once["x"].cohorts[0].size) - own) < 8);
  // And more than a market that does not care.
  const auto without = test::race(race_with("{model: learning, learning_rate: 0.3, volume_doubling: none}",
                                            "{buy: front_loaded, budget: 2e9 USD}"));
  CHECK(at_once["x"].cohorts[0].size > without["x"].cohorts[0].size);
}

TEST_CASE("energy that the budget covers is reserved along the curve, too") {
  const std::string tail = "sites: {main: {electricity: 0.1 USD/kWh}}\n";
  const auto run = test::race(race_with("{model: learning, volume_doubling: none, volume: 1e4}",
                                        "{buy: incremental, budget: 2e9 USD, every: 6 months, budget_covers: all}") +
                              tail);
  const fleet::Summary& final = run["x"].final;
  CHECK(final.spend() + final.unspent == core::Money::from_usd(2e9));
  CHECK(final.unspent.usd() < 1e6);
}

TEST_CASE("used hardware loses its worth by a straight line and by a decay") {
  models::ResaleLaw law;
  CHECK(law.worth(7) == 1);
  law.decay = 0.25;
  // e^(-0.25 * 2), and half of it at half of a life of 4 years.
  CHECK(law.worth(2) == Approx(0.6065306597126334).epsilon(1e-15));
  law.life = 4;
  CHECK(law.worth(2) == Approx(0.3032653298563167).epsilon(1e-15));
  CHECK(law.worth(5) == 0);
  // A type's own life of 8 years takes the place of the fleet's, and not that of a stated one.
  CHECK(law.worth(2, 8.0) == Approx(0.75 * 0.6065306597126334).epsilon(1e-15));
  law.is_stated = true;
  CHECK(law.worth(2, 8.0) == Approx(0.3032653298563167).epsilon(1e-15));
  law.haircut = 0.3;
  CHECK(law.share(2) == Approx(0.7 * 0.3032653298563167).epsilon(1e-15));
}
