#include "sim/core/random/samplers.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/core/numeric/math.hpp"
#include "sim/core/random/paired.hpp"

namespace {

using namespace fleetrace::core;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
const std::vector<double> kWeights = {3, 0, 5, 2};
const std::vector<double> kObserved = {1, 2, 4, 4, 10};

std::uint64_t bits_of(double x) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &x, sizeof bits);
  return bits;
}

/// A hash of the bits of the first ten thousand variates.
std::uint64_t fingerprint(const std::function<double(Stream&)>& draw) {
  Stream stream(1, 2, Purpose::study, Entity::number(3));
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (int i = 0; i < 10'000; ++i) {
    hash = (hash ^ bits_of(draw(stream))) * 0x100000001b3U;
    hash ^= hash >> 29;
  }
  return hash;
}

struct Sampler {
  std::string name;
  std::function<double(Stream&)> draw;
  double first[3];
  std::uint64_t all;
};

// Bits that every compiler and CPU must give, and every later version. Frozen when first released.
const std::vector<Sampler>& samplers() {
  static const std::vector<Sampler> kSamplers = {
      {"uniform",
       [](Stream& s) { return s.uniform(); },
       {0x1.92d257b10f6fbp-1, 0x1.cdcbb8890aae6p-2, 0x1.2463a7f8114bbp-1},
       0x045aeb6e8a30417b},
      {"uniform range",
       [](Stream& s) { return uniform(s, -3, 5); },
       {0x1.a5a4af621edf6p+1, 0x1.372ee2242ab98p-1, 0x1.918e9fe0452ecp+0},
       0xcd85721ed80e4a44},
      {"exponential",
       [](Stream& s) { return exponential(s, 2); },
       {0x1.8b9b85f48ed0dp+1, 0x1.32ffa487d00f1p+0, 0x1.b1644496ad5dep+0},
       0x42e958aaebc5b136},
      {"weibull",
       [](Stream& s) { return weibull(s, 0.7, 2); },
       {0x1.dcbb9a98276dap+1, 0x1.ed22b27e8e0bdp-1, 0x1.93831731212a4p+0},
       0xa453d54800c37bb6},
      {"normal",
       [](Stream& s) { return normal(s, 1, 2); },
       {0x1.4b94654cc51a9p+1, 0x1.81d697090122ap-1, 0x1.5bb3cc7ccb7ap+0},
       0x75bd1ec032f4de6e},
      {"lognormal",
       [](Stream& s) { return lognormal(s, 2, 0.5); },
       {0x1.7cff79825168cp+1, 0x1.e16951741a9p+0, 0x1.17fbc3aa68671p+1},
       0x6c9003aa19a7e71d},
      {"triangular",
       [](Stream& s) { return triangular(s, 1, 2.5, 4); },
       {0x1.829d26654bdfap+1, 0x1.3658099510fe4p+1, 0x1.4e2b350d3bce8p+1},
       0xb44d0836f33b471c},
      {"gamma",
       [](Stream& s) { return gamma(s, 8, 0.25); },
       {0x1.42c145cfc3ecdp+1, 0x1.058c280d83f18p+1, 0x1.1152308849fc4p+1},
       0x7e2be1ae503ba3e0},
      {"gamma below 1",
       [](Stream& s) { return gamma(s, 0.3, 1); },
       {0x1.3902a0878941ap-2, 0x1.1b8a10da5e5aep-18, 0x1.d32cd5d2fea17p-4},
       0xed5ae57834190980},
      {"gamma by inversion",
       [](Stream& s) { return gamma_by_inversion(s, 2.5, 1); },
       {0x1.c6763bb147dddp+1, 0x1.002c34b0b7478p+1, 0x1.393ab74e0fa86p+1},
       0xcdc85e7faf063992},
      {"choice", [](Stream& s) { return static_cast<double>(choice(s, kWeights)); }, {2, 2, 2}, 0x9e6ad6e69644f8c8},
      {"empirical",
       [](Stream& s) { return empirical(s, kObserved); },
       {0x1.387707132e4f1p+2, 0x1.cdcbb8890aae6p+1, 4},
       0x4cc90c7e1565c6e7},
      {"poisson 3", [](Stream& s) { return static_cast<double>(poisson(s, 3)); }, {4, 3, 3}, 0x150a9dfef8a8fae8},
      {"poisson 1e3",
       [](Stream& s) { return static_cast<double>(poisson(s, 1e3)); },
       {1028, 1006, 1011},
       0x97ee829f4418071f},
      {"poisson 1e9",
       [](Stream& s) { return static_cast<double>(poisson(s, 1e9)); },
       {1000028286, 1000006345, 1000010823},
       0xa486c417ae7c01a3},
      {"binomial 20",
       [](Stream& s) { return static_cast<double>(binomial(s, 20, 0.3)); },
       {8, 6, 6},
       0xd2c8a481fff3e8bd},
      {"binomial 1e3",
       [](Stream& s) { return static_cast<double>(binomial(s, 1'000, 0.6)); },
       {586, 597, 595},
       0xf5c58ef0b8a9ef82},
      {"binomial 1e9",
       [](Stream& s) { return static_cast<double>(binomial(s, 1'000'000'000, 0.2)); },
       {200011312, 200002538, 200004329},
       0xb0c5ab2aab0d8549},
  };
  return kSamplers;
}

}  // namespace

TEST_CASE("variates have the same bits everywhere", "[samplers]") {
  for (const Sampler& sampler : samplers()) {
    INFO(sampler.name);
    Stream stream(1, 2, Purpose::study, Entity::number(3));
    for (const double expected : sampler.first) {
      const double found = sampler.draw(stream);
      INFO(std::hexfloat << found);
      CHECK(bits_of(found) == bits_of(expected));
    }
    CHECK(fingerprint(sampler.draw) == sampler.all);
  }
}

TEST_CASE("samplers by inversion take one draw and never fall as the uniform rises", "[samplers]") {
  const std::vector<std::function<double(double)>> quantiles = {
      [](double u) { return uniform_quantile(u, -3, 5); },
      [](double u) { return exponential_quantile(u, 2); },
      [](double u) { return weibull_quantile(u, 0.7, 2); },
      [](double u) { return weibull_quantile(u, 3, 2); },
      [](double u) { return normal_quantile(u, 1, 2); },
      [](double u) { return lognormal_quantile(u, 2, 0.5); },
      [](double u) { return triangular_quantile(u, 1, 1, 4); },
      [](double u) { return triangular_quantile(u, 1, 2.5, 4); },
      [](double u) { return triangular_quantile(u, 1, 4, 4); },
      [](double u) { return static_cast<double>(choice_quantile(u, kWeights)); },
      [](double u) { return empirical_quantile(u, kObserved); },
  };
  std::vector<double> grid;
  for (int i = 1; i < 10'000; ++i) grid.push_back(i * 1e-4);
  for (int i = 53; i > 14; --i) grid.insert(grid.begin() + 53 - i, std::ldexp(1, -i));
  for (int i = 14; i <= 53; ++i) grid.push_back(1 - std::ldexp(1, -i));
  for (const auto& quantile : quantiles) {
    double last = quantile(0);
    bool rising = true;
    for (const double u : grid) {
      rising = rising && quantile(u) >= last;
      last = quantile(u);
    }
    CHECK(rising);
    CHECK(quantile(1) >= last);
  }
  const std::vector<std::function<void(Stream&)>> draws = {
      [](Stream& s) { static_cast<void>(uniform(s, 0, 1)); },
      [](Stream& s) { static_cast<void>(exponential(s, 1)); },
      [](Stream& s) { static_cast<void>(weibull(s, 1, 1)); },
      [](Stream& s) { static_cast<void>(normal(s, 0, 1)); },
      [](Stream& s) { static_cast<void>(lognormal(s, 1, 1)); },
      [](Stream& s) { static_cast<void>(triangular(s, 0, 1, 2)); },
      [](Stream& s) { static_cast<void>(gamma_by_inversion(s, 3, 1)); },
      [](Stream& s) { static_cast<void>(choice(s, kWeights)); },
      [](Stream& s) { static_cast<void>(empirical(s, kObserved)); },
      // Without spread, too, so that a law that is switched off shifts nobody.
      [](Stream& s) { static_cast<void>(exponential(s, 0)); },
      [](Stream& s) { static_cast<void>(normal(s, 1, 0)); },
      [](Stream& s) { static_cast<void>(lognormal(s, 1, 0)); },
      [](Stream& s) { static_cast<void>(triangular(s, 1, 1, 1)); },
      [](Stream& s) { static_cast<void>(uniform(s, 1, 1)); },
  };
  for (const auto& draw : draws) {
    Stream stream(1, 1, Purpose::study);
    for (int i = 0; i < 10; ++i) draw(stream);
    CHECK(stream.drawn() == 10);
  }
}

TEST_CASE("exponential variates have the logarithm of their uniform to 3 ulp, tails included") {
  Stream stream(3, 0, Purpose::study);
  double worst = 0;
  const auto check = [&worst](double u) {
    const double exact = -fleetrace::core::log1p(-u);
    worst = std::max(worst, std::fabs(exponential_quantile(u, 1) / exact - 1));
  };
  for (int i = 0; i < 200'000; ++i) {
    check(stream.uniform());
    for (const double scale : {0x1p-6, 0x1p-20, 0x1p-40}) {
      // Odd multiples of 2^-53, as drawn, near both ends.
      const double low = (2 * std::floor(stream.uniform() * scale * 0x1p52) + 1) * 0x1p-53;
      check(low);
      check(1 - low);
    }
  }
  check(0x1p-53);
  check(1 - 0x1p-53);
  check(1e-300);  // what no stream draws, and designs may
  CHECK(worst > 0);
  CHECK(worst < 3 * 0x1p-52);
  CHECK(exponential_quantile(0, 1) == 0);
}

TEST_CASE("two draws at once are the same numbers as one after the other") {
  std::uint64_t wrong = 0;
  for (std::uint32_t i = 0; i < 20'000; ++i) {
    const Stream first(3, i % 7, Purpose::failures, Entity::number(i).part(1), i);
    const Stream second(3, i % 7, Purpose::failures, Entity::named(std::to_string(i)), 2 * i + 1);
    const auto draws = fleetrace::core::two_of_each(first, second);
    std::size_t place = 0;
    for (Stream stream : {first, second}) {
      Stream at_once = stream;
      if (at_once.next_two() != draws.at(place)) ++wrong;
      const double means[] = {1.5e10 + i, 1e-3 * i};
      const auto waits = fleetrace::core::two_exponentials(draws.at(place++), means[0], means[1]);
      Stream alone = stream;
      for (const std::uint64_t draw : draws.at(place - 1)) {
        if (draw != stream.next_u64()) ++wrong;
      }
      if (waits[0] != exponential(alone, means[0]) || waits[1] != exponential(alone, means[1])) ++wrong;
      if (alone.drawn() != at_once.drawn()) ++wrong;
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("quantiles by hand", "[samplers]") {
  CHECK(uniform_quantile(0.25, 2, 6) == 3);
  CHECK(exponential_quantile(0.5, 3) == Approx(3 * kLn2).epsilon(1e-15));
  CHECK(exponential_quantile(1, 3) == kInfinity);
  CHECK(weibull_quantile(0.5, 0.5, 3) == Approx(3 * kLn2 * kLn2).epsilon(1e-15));
  CHECK(normal_quantile(0.975, 1, 2) == Approx(4.9199279690801081).epsilon(1e-15));
  CHECK(lognormal_quantile(0.5, 7, 2) == 7);
  CHECK(lognormal_quantile(0.025, 1, 1) == Approx(0.14086349409321747).epsilon(1e-14));
  CHECK(triangular_quantile(0.5, 0, 1, 2) == 1);
  CHECK(triangular_quantile(0.125, 0, 1, 2) == 0.5);
  CHECK(triangular_quantile(0.875, 0, 1, 2) == 1.5);
  CHECK(gamma_quantile(0.5, 1, 3) == Approx(3 * kLn2).epsilon(1e-12));
  CHECK(choice_quantile(0.3, kWeights) == 0);
  CHECK(choice_quantile(0.31, kWeights) == 2);
  CHECK(choice_quantile(0.81, kWeights) == 3);
  CHECK(choice_quantile(1, kWeights) == 3);
  CHECK(choice_quantile(1, std::vector<double>{1, 1, 0}) == 1);
  CHECK(choice_quantile(0, std::vector<double>{0, 0, 1}) == 2);
  CHECK(empirical_quantile(0.375, kObserved) == 3);
  CHECK(empirical_quantile(0.6, kObserved) == 4);
  CHECK(empirical_quantile(1, kObserved) == 10);
  CHECK(empirical_quantile(0.3, std::vector<double>{5}) == 5);
}

TEST_CASE("laws without spread and counts at the ends of their range", "[samplers]") {
  Stream stream(1, 1, Purpose::study);
  CHECK(exponential(stream, 0) == 0);
  CHECK(weibull(stream, 2, 0) == 0);
  CHECK(normal(stream, 1.1, 0) == 1.1);
  CHECK(lognormal(stream, 1.1, 0) == 1.1);
  CHECK(triangular(stream, 0.1, 0.1, 0.1) == 0.1);
  CHECK(uniform(stream, 0.1, 0.1) == 0.1);
  CHECK(gamma(stream, 3, 0) == 0);
  CHECK(gamma_by_inversion(stream, 3, 0) == 0);
  CHECK(poisson(stream, 0) == 0);
  CHECK(poisson(stream, 1e-300) == 0);
  CHECK(binomial(stream, 0, 0.5) == 0);
  CHECK(binomial(stream, 7, 0) == 0);
  CHECK(binomial(stream, 7, 1) == 7);
  CHECK(binomial(stream, 1'000'000'000'000'000, 1) == 1'000'000'000'000'000);
  CHECK(binomial(stream, 1'000'000'000'000'000, 0) == 0);
  for (int i = 0; i < 10'000; ++i) {
    const std::int64_t few = binomial(stream, 1, 0.5);
    CHECK((few == 0 || few == 1));
    const std::int64_t most = binomial(stream, 21, 0.5);
    CHECK((most >= 0 && most <= 21));
    CHECK(poisson(stream, 10) >= 0);
    CHECK(gamma(stream, 1e-3, 1) >= 0);
  }
}

TEST_CASE("parameters outside the range are refused", "[samplers]") {
  Stream s(1, 1, Purpose::study);
  const std::vector<double> none;
  const std::vector<std::function<void()>> wrong = {
      [&s] { static_cast<void>(uniform(s, 2, 1)); },
      [&s] { static_cast<void>(uniform(s, kNaN, 1)); },
      [&s] { static_cast<void>(uniform(s, -1.7e308, 1.7e308)); },
      [&s] { static_cast<void>(exponential(s, -1)); },
      [&s] { static_cast<void>(exponential(s, kNaN)); },
      [&s] { static_cast<void>(exponential(s, kInfinity)); },
      [&s] { static_cast<void>(weibull(s, 0, 1)); },
      [&s] { static_cast<void>(weibull(s, 1, -1)); },
      [&s] { static_cast<void>(normal(s, kInfinity, 1)); },
      [&s] { static_cast<void>(normal(s, 0, -1)); },
      [&s] { static_cast<void>(lognormal(s, 0, 1)); },
      [&s] { static_cast<void>(lognormal(s, 1, -1)); },
      [&s] { static_cast<void>(triangular(s, 0, 3, 2)); },
      [&s] { static_cast<void>(triangular(s, 0, -1, 2)); },
      [&s] { static_cast<void>(gamma(s, 0, 1)); },
      [&s] { static_cast<void>(gamma(s, 1, -1)); },
      [&s] { static_cast<void>(gamma(s, 2e7, 1)); },
      [&s] { static_cast<void>(gamma_by_inversion(s, 0, 1)); },
      [&s] { static_cast<void>(gamma_by_inversion(s, 1, kNaN)); },
      [&s] { static_cast<void>(poisson(s, -1)); },
      [&s] { static_cast<void>(poisson(s, 1.1e15)); },
      [&s] { static_cast<void>(poisson(s, kNaN)); },
      [&s] { static_cast<void>(binomial(s, -1, 0.5)); },
      [&s] { static_cast<void>(binomial(s, 1'000'000'000'000'001, 0.5)); },
      [&s] { static_cast<void>(binomial(s, 10, 1.5)); },
      [&s] { static_cast<void>(binomial(s, 10, -0.1)); },
      [&s] { static_cast<void>(binomial(s, 10, kNaN)); },
      [&s, &none] { static_cast<void>(choice(s, none)); },
      [&s] {
        static_cast<void>(choice(s, std::vector<double>{0, 0}));
      },
      [&s] {
        static_cast<void>(choice(s, std::vector<double>{1, -1}));
      },
      [&s] {
        static_cast<void>(choice(s, std::vector<double>{1e308, 1e308}));
      },
      [&s, &none] { static_cast<void>(empirical(s, none)); },
      [] { static_cast<void>(exponential_quantile(1.5, 1)); },
      [] { static_cast<void>(normal_quantile(kNaN, 0, 1)); },
  };
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    INFO("case " << i);
    CHECK_THROWS_AS(wrong[i](), std::invalid_argument);
  }
}
