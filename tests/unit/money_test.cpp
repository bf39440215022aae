#include "fleetrace/core/money.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "spec_of.hpp"

namespace {

using namespace fleetrace::core;
using fleetrace::test::Random;

constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();

Money micros(std::int64_t count) { return Money::from_micros(count); }

}  // namespace

TEST_CASE("ten cents ten times are a dollar") {
  Money sum;
  for (int i = 0; i < 10; ++i) sum += Money::from_usd(0.1);
  CHECK(sum == Money::from_usd(1));
  CHECK(Money::from_usd(0.1) * 10 == sum);
  CHECK(sum.usd() == 1);
}

TEST_CASE("a ledger balances whatever the order of its entries") {
  Random random(3);
  std::vector<Money> entries;
  Money forwards;
  for (int i = 0; i < 10'000; ++i) {
    entries.push_back(micros(random.between(-900'000'000'000'000, 900'000'000'000'000)));
    forwards += entries.back();
  }
  Money backwards;
  for (std::size_t i = entries.size(); i-- > 0;) backwards += entries[i];
  CHECK(forwards == backwards);
  for (const Money entry : entries) forwards -= entry;
  CHECK(forwards == Money{});
}

TEST_CASE("amounts outside the range throw") {
  CHECK_THROWS_AS(micros(kMax) + micros(1), MoneyOverflow);
  CHECK_THROWS_AS(micros(kMin) - micros(1), MoneyOverflow);
  CHECK_THROWS_AS(micros(0) - micros(kMin), MoneyOverflow);
  CHECK_THROWS_AS(micros(kMin) * -1, MoneyOverflow);
  CHECK_THROWS_AS(Money::from_usd(1e12) * 10, MoneyOverflow);
  CHECK(Money::from_usd(1e12) * 9 == Money::from_usd(9e12));
  CHECK(micros(kMax) + micros(kMin) == micros(-1));
}

TEST_CASE("dollars are rounded to the nearest micro-dollar, halves away from zero") {
  CHECK(Money::from_usd(0.0000004) == micros(0));
  CHECK(Money::from_usd(0.0000005) == micros(1));
  CHECK(Money::from_usd(-0.0000005) == micros(-1));
  CHECK(Money::from_usd(1.0000015) == micros(1'000'002));
  CHECK(Money::from_usd(23'238) == micros(23'238'000'000));
  CHECK(Money::from_usd(-0x1p63 / 1e6) == micros(kMin));
  // One step of a double inside 2^63 micro-dollars.
  CHECK(Money::from_usd(9'223'372'036'854.77) == micros(9'223'372'036'854'769'664));
  for (const double outside : {0x1p63 / 1e6, 1e13, -1e13, 1e300, double{INFINITY}, -double{INFINITY},
                               std::numeric_limits<double>::quiet_NaN()}) {
    INFO(outside);
    CHECK_THROWS_AS(Money::from_usd(outside), MoneyOverflow);
  }
}

TEST_CASE("how many fit into the cash") {
  CHECK(Money::from_usd(100'000) / Money::from_usd(47'049.777'778) == 2);
  CHECK(Money::from_usd(1) / Money::from_usd(1) == 1);
  CHECK(micros(999'999) / Money::from_usd(1) == 0);
}

TEST_CASE("fractions do not overflow on the way, and differences of fractions add up to the whole") {
  CHECK(fraction(micros(kMax), kMax, kMax) == micros(kMax));
  CHECK(fraction(micros(kMax), 1, 2) == micros(kMax / 2));
  CHECK(fraction(micros(kMin), kMax, kMax) == micros(kMin));
  CHECK(fraction(Money::from_usd(2), 1, 3) == micros(666'666));
  CHECK(fraction(Money::from_usd(-2), 1, 3) == micros(-666'666));
  Random random(4);
  for (int i = 0; i < 200; ++i) {
    const Money whole = micros(random.between(0, 9'000'000'000'000'000'000));
    const std::int64_t parts = random.between(1, 500);
    Money sum;
    Money before;
    for (std::int64_t k = 1; k <= parts; ++k) {
      const Money now = fraction(whole, k, parts);
      const Money part = now - before;
      REQUIRE(part.micros() >= whole.micros() / parts);
      REQUIRE(part.micros() <= whole.micros() / parts + 1);
      sum += part;
      before = now;
    }
    REQUIRE(sum == whole);
  }
}

TEST_CASE("amounts as exact decimals") {
  CHECK(to_string(Money{}) == "0");
  CHECK(to_string(Money::from_usd(2e9)) == "2000000000");
  CHECK(to_string(Money::from_usd(0.25)) == "0.25");
  CHECK(to_string(micros(1)) == "0.000001");
  CHECK(to_string(micros(-1)) == "-0.000001");
  CHECK(to_string(micros(-1'000'001)) == "-1.000001");
  CHECK(to_string(micros(10)) == "0.00001");
  CHECK(to_string(Money::from_usd(100)) == "100");
  CHECK(to_string(micros(kMax)) == "9223372036854.775807");
  CHECK(to_string(micros(kMin)) == "-9223372036854.775808");
}
