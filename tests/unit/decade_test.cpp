#include "sim/core/numeric/decade.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <string>

namespace fleetrace::core {
namespace {

TEST_CASE("the decade of a power of ten is its exponent, and that of what is just below it one less", "[decade]") {
  for (int exponent = -307; exponent <= 308; ++exponent) {
    CAPTURE(exponent);
    const double power = std::stod("1e" + std::to_string(exponent));
    CHECK(decade(power) == exponent);
    CHECK(decade(-power) == exponent);
    CHECK(decade(std::nextafter(power, 0)) == exponent - 1);
    CHECK(decade(std::nextafter(power, std::numeric_limits<double>::infinity())) == exponent);
    if (exponent < 308) CHECK(decade(9.999 * power) == exponent);
  }
}

TEST_CASE("the decade at the ends of the range, and of what has none", "[decade]") {
  CHECK(decade(std::numeric_limits<double>::max()) == 308);
  CHECK(decade(std::numeric_limits<double>::min()) == -308);
  CHECK(decade(std::numeric_limits<double>::denorm_min()) == -324);
  CHECK(decade(0) == 0);
  CHECK(decade(std::numeric_limits<double>::infinity()) == 0);
  CHECK(decade(std::numeric_limits<double>::quiet_NaN()) == 0);
}

}  // namespace
}  // namespace fleetrace::core
