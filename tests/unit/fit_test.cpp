#include "sim/core/numeric/fit.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "spec_of.hpp"

using namespace fleetrace;

TEST_CASE("a limit that rounding has put below a whole number holds that number, and no more") {
  // 140.25e3 / 1.1 is 127499.99999999999 in doubles, 32.76 * 1e6 is 32759999.999999996.
  CHECK(core::count_of_units(140.25e3 / 1.1, 0, 1275) == 100);
  CHECK(core::count_of_units(32.76 * 1e6, 0, 2520) == 13'000);
  CHECK(core::count_of_units(99.999, 0, 1) == 99);
  CHECK(core::count_of_units(100 * (1 - 1e-11), 0, 1) == 99);
  CHECK(core::count_of_units(-1, 0, 1) == 0);
  CHECK(core::count_of_units(10, 12, 1) == 0);
  CHECK(core::count_of_units(std::numeric_limits<double>::infinity()) == std::numeric_limits<std::int64_t>::max());
  CHECK(core::fits(0.1 + 0.2, 0.3));
  CHECK_FALSE(core::fits(0.3 + 1e-9, 0.3));
  CHECK(core::units_for(0.1 + 0.2 + 2.7, 3) == 3);
  CHECK(core::units_for(3.001, 3) == 4);
  CHECK(core::units_for(1e-13, 1) == 0);
}

TEST_CASE("property: n units of any size fit n times that size, however it was worked out, and never n + 1") {
  test::Random random(11);
  for (int i = 0; i < 2000; ++i) {
    const double each = random.uniform(0.1, 5e3);
    const double pue = random.uniform(1, 2);
    const auto n = static_cast<std::int64_t>(random.uniform(1, 1e6));
    const auto count = static_cast<double>(n);
    REQUIRE(core::count_of_units(each * count * pue / pue, 0, each) == n);
    REQUIRE(core::count_of_units(each * (count + 0.999), 0, each) == n);
    // The rounding of a difference is that of the whole: what is left of a target has room for what it stands for.
    const auto there = static_cast<double>(static_cast<std::int64_t>(random.uniform(0, count)));
    REQUIRE(core::count_of_units(each * count, each * there, each) == n - static_cast<std::int64_t>(there));
  }
}
