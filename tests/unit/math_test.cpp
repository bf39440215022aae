#include "sim/core/numeric/math.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <limits>

#include "spec_of.hpp"

namespace {

namespace core = fleetrace::core;
using fleetrace::test::Random;

/// Distance from the reference in units in the last place of the result.
double ulps(double got, long double reference) {
  const auto rounded = static_cast<double>(reference);
  const double ulp = std::nextafter(std::fabs(rounded), INFINITY) - std::fabs(rounded);
  return static_cast<double>(std::fabs(static_cast<long double>(got) - reference) / static_cast<long double>(ulp));
}

/// A hash over the bits of many results, FNV-1a.
std::uint64_t fingerprint() {
  Random random(7);
  std::uint64_t hash = 14'695'981'039'346'656'037ULL;
  const auto add = [&hash](double value) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    for (int i = 0; i < 8; ++i) hash = (hash ^ (bits >> (8 * i) & 255U)) * 1'099'511'628'211ULL;
  };
  for (int i = 0; i < 20'000; ++i) {
    const double x = random.uniform(-700, 700);
    const double positive = core::exp(random.uniform(-50, 50));
    add(positive);
    add(core::exp(x));
    add(core::exp2(x));
    add(core::expm1(x / 100));
    add(core::log(positive));
    add(core::log2(positive));
    add(core::log1p(positive - 0.5));
    add(core::pow(positive, x / 100));
    add(core::integral_of_exp(x / 1000, positive));
  }
  return hash;
}

constexpr std::uint64_t kFingerprint = 0x90ccf50e8136f312;

}  // namespace

TEST_CASE("elementary functions are within an ulp of 80-bit references") {
  Random random(8);
  double worst = 0;
  const auto check = [&worst](double got, long double reference) { worst = std::max(worst, ulps(got, reference)); };
  for (int i = 0; i < 50'000; ++i) {
    const double x = random.uniform(-700, 700);
    const double small = random.uniform(-1, 1) * std::pow(10.0, random.uniform(-12, 0));
    const double positive = std::pow(10.0, random.uniform(-300, 300));
    check(core::exp(x), std::exp(static_cast<long double>(x)));
    check(core::exp(small), std::exp(static_cast<long double>(small)));
    check(core::exp2(x), std::exp2(static_cast<long double>(x)));
    check(core::expm1(x), std::expm1(static_cast<long double>(x)));
    check(core::expm1(small), std::expm1(static_cast<long double>(small)));
    check(core::log(positive), std::log(static_cast<long double>(positive)));
    check(core::log2(positive), std::log2(static_cast<long double>(positive)));
    check(core::log1p(small * 0.999), std::log1p(static_cast<long double>(small * 0.999)));
    check(core::log1p(positive), std::log1p(static_cast<long double>(positive)));
    const double base = std::pow(10.0, random.uniform(-10, 10));
    check(core::pow(base, x / 30), std::pow(static_cast<long double>(base), static_cast<long double>(x / 30)));
  }
  CHECK(worst < 1.001);
}

TEST_CASE("what must be exact is") {
  CHECK(core::exp(0) == 1);
  CHECK(core::exp2(0) == 1);
  CHECK(core::expm1(0) == 0);
  CHECK(core::log(1) == 0);
  CHECK(core::log1p(0) == 0);
  for (const double exponent : {-1e300, -0.05, 0.0, 0.05, 1e300}) CHECK(core::pow(1, exponent) == 1);
  for (const double base : {1e-300, 0.3, 1.0, 7.0, 1e300}) CHECK(core::pow(base, 0) == 1);
  for (int k = -1022; k <= 1023; ++k) {
    const double power = std::ldexp(1.0, k);
    REQUIRE(core::exp2(k) == power);
    REQUIRE(core::log2(power) == k);
  }
}

TEST_CASE("domain errors follow IEEE 754") {
  for (const double huge : {1e306, 1.1e307, 1e308, std::numeric_limits<double>::max()}) {
    CHECK(core::log1p(huge) == core::log(huge));
  }
  CHECK(std::isnan(core::log(-1)));
  CHECK(std::isnan(core::log1p(-2)));
  CHECK(std::isnan(core::pow(-8, 1.0 / 3)));
  CHECK(core::log(0) == -INFINITY);
  CHECK(core::log1p(-1) == -INFINITY);
  CHECK(core::exp(1000) == INFINITY);
  CHECK(core::exp(-1000) == 0);
  CHECK(core::exp2(2000) == INFINITY);
  CHECK(core::expm1(-1000) == -1);
  CHECK(core::pow(10, 400) == INFINITY);
  CHECK(core::pow(INFINITY, -0.05) == 0);
}

TEST_CASE("the integral of an exponential") {
  CHECK(core::integral_of_exp(0, 8) == 8);
  CHECK(core::integral_of_exp(1e-300, 8) == 8);
  CHECK(core::integral_of_exp(-1e-300, 8) == 8);
  CHECK(core::integral_of_exp(3, 0) == 0);
  CHECK(core::integral_of_exp(core::kLn2, 1) == Approx(1.442695040888963407).epsilon(1e-15));  // 1 / ln 2
  CHECK(core::integral_of_exp(-1, 1e6) == 1);
  CHECK(core::integral_of_exp(2000, 1) == INFINITY);
  // Continuous where the formula changes, at |rate * length| = 1e-16.
  CHECK(core::integral_of_exp(1.0001e-16, 1) == 1);
  CHECK(core::integral_of_exp(0.9999e-16, 1) == 1);
  Random random(9);
  for (int i = 0; i < 20'000; ++i) {
    const double rate = random.uniform(-1, 1) * std::pow(10.0, random.uniform(-15, 1));
    const double length = random.uniform(0, 30);
    const long double wide = rate;
    INFO(rate << ' ' << length);
    const auto expected = static_cast<double>(std::expm1(wide * static_cast<long double>(length)) / wide);
    // The product rate * length is rounded once, which e^x magnifies by x.
    REQUIRE(core::integral_of_exp(rate, length) == Approx(expected).epsilon(3e-16 * (2 + std::fabs(rate * length))));
  }
}

TEST_CASE("results have the bits they always had") { CHECK(fingerprint() == kFingerprint); }

TEST_CASE("results have the same bits without the FMA paths of glibc") {
  std::error_code error;
  const std::string self = std::filesystem::read_symlink("/proc/self/exe", error).string();
  if (error || self.find('\'') != std::string::npos) {
    WARN("skipped: the program does not know its own path");
    return;
  }
  const std::string command = "GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4 '" + self +
                              "' 'results have the bits they always had' > /dev/null 2>&1";
  CHECK(std::system(command.c_str()) == 0);
}
