#include "sim/core/numeric/sum.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "spec_of.hpp"

namespace {

using fleetrace::core::Sum;
using fleetrace::test::Random;

double compensated(const std::vector<double>& terms) {
  Sum sum;
  for (const double term : terms) sum.add(term);
  return sum.value();
}

double naive(const std::vector<double>& terms) {
  double sum = 0;
  for (const double term : terms) sum += term;
  return sum;
}

}  // namespace

TEST_CASE("the classic examples") {
  // Neumaier 1974: the plain sum and Kahan's both give 0 here.
  CHECK(compensated({1, 1e100, 1, -1e100}) == 2);
  CHECK(naive({1, 1e100, 1, -1e100}) == 0);
  CHECK(compensated(std::vector<double>(10, 0.1)) == 1);
  CHECK(naive(std::vector<double>(10, 0.1)) != 1);
  CHECK(compensated({1e16, 1, 1, -1e16}) == 2);
  CHECK(compensated({-1e100, -1, 1e100}) == -1);
  CHECK(compensated({}) == 0);
  CHECK(Sum(3.5).value() == 3.5);
}

TEST_CASE("it works at compile time") {
  constexpr double kTwo = [] {
    Sum sum(1);
    sum.add(1e100);
    sum.add(1);
    sum.add(-1e100);
    return sum.value();
  }();
  STATIC_REQUIRE(kTwo == 2);
}

TEST_CASE("whole numbers that are added and removed in another order leave exactly zero") {
  Random random(5);
  for (int round = 0; round < 50; ++round) {
    std::vector<double> terms;
    Sum sum;
    for (int i = 0; i < 1'000; ++i) {
      terms.push_back(static_cast<double>(random.between(-1'000'000'000'000, 1'000'000'000'000)));
      sum.add(terms.back());
    }
    for (std::size_t i = terms.size(); i > 0; --i) {
      const std::size_t pick = random.bits() % i;
      sum.add(-terms[pick]);
      terms[pick] = terms[i - 1];
    }
    REQUIRE(sum.value() == 0);
  }
}

TEST_CASE("a million terms of very different size stay within an ulp or two of the exact sum") {
  // Dyadic terms below 2^80 and above 2^-40, so that 128 bits hold every partial sum exactly.
  __extension__ using Wide = __int128;
  Random random(6);
  Wide exact = 0;  // in units of 2^-40
  Sum sum;
  double plain = 0;
  for (int i = 0; i < 1'000'000; ++i) {
    const auto mantissa = random.between(1, (std::int64_t{1} << 30) - 1);
    const auto shift = static_cast<unsigned>(random.between(0, 60));
    exact += Wide{mantissa} << shift;
    const double term = static_cast<double>(mantissa) * static_cast<double>(std::uint64_t{1} << shift) * 0x1p-40;
    sum.add(term);
    plain += term;
  }
  const double expected = static_cast<double>(exact) * 0x1p-40;
  CHECK(sum.value() == Approx(expected).epsilon(4e-16).margin(0));
  CHECK(plain != Approx(expected).epsilon(4e-16).margin(0));
}
