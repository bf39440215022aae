// Reference values were computed with 60 to 90 digits from the defining series (mpmath 1.3) at the exact double arguments.

#include "sim/core/numeric/special.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace {

using namespace fleetrace::core;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double relative(double found, double expected) { return std::fabs(found - expected) / std::fabs(expected); }

struct At {
  double x;
  double value;
};

}  // namespace

TEST_CASE("normal distribution function in both tails", "[special]") {
  const std::vector<At> table = {
      {-37.0, 5.7255712225245768227e-300},
      {-20.0, 2.7536241186062336951e-89},
      {-8.5, 9.4795348222033183542e-18},
      {-3.0, 0.0013498980316300945267},
      {-1.0, 0.15865525393145705141},
      {-0.25, 0.40129367431707627576},
      {0.0, 0.5},
      {0.5, 0.69146246127401310364},
      {1.959964, 0.97500000090355759801},
      {3.0, 0.99865010196836990547},
      {8.0, 0.9999999999999993779},
  };
  for (const At& at : table) {
    INFO("x = " << at.x);
    CHECK(relative(normal_cdf(at.x), at.value) < 4e-16 * (1 + at.x * at.x));
  }
  CHECK(normal_cdf(-kInfinity) == 0);
  CHECK(normal_cdf(kInfinity) == 1);
  CHECK(relative(normal_density(1.5), 0.129517595665891743) < 1e-15);
}

TEST_CASE("inverse of the normal distribution function", "[special]") {
  const std::vector<At> table = {
      {1e-300, -37.047096299361199237},
      {1e-100, -21.273453560965324294},
      {1e-20, -9.2623400897984075796},
      {1e-12, -7.0344838253011319326},
      {1e-5, -4.2648907939228246102},
      {0.01, -2.3263478740408410931},
      {0.07, -1.4757910281791706856},
      {0.075, -1.4395314709384559349},
      {0.25, -0.6744897501960817432},
      {0.6, 0.25334710313579974132},
      {0.925, 1.4395314709384562291},
      {0.975, 1.9599639845400538556},
      {0.999, 3.0902323061678132778},
      {0x1.fffffffffe000p-1, 7.0477002566644087254},
      {0x1.fffffffffffffp-1, 8.2095361516013868556},
  };
  for (const At& at : table) {
    INFO("p = " << at.x);
    CHECK(relative(inverse_normal_cdf(at.x), at.value) < 2e-15);
  }
  CHECK(inverse_normal_cdf(0.5) == 0);
  CHECK(inverse_normal_cdf(0) == -kInfinity);
  CHECK(inverse_normal_cdf(1) == kInfinity);
  CHECK(std::isnan(inverse_normal_cdf(-0.1)));
  CHECK(std::isnan(inverse_normal_cdf(1.1)));
  CHECK(std::isnan(inverse_normal_cdf(std::numeric_limits<double>::quiet_NaN())));
  // Odd and rising, over the places where one approximation takes over from the next, too.
  double last = -kInfinity;
  for (int i = 1; i < 4096; ++i) {
    const double p = i / 4096.0;
    CHECK(inverse_normal_cdf(p) == -inverse_normal_cdf(1 - p));
    CHECK(inverse_normal_cdf(p) > last);
    last = inverse_normal_cdf(p);
  }
  const double seams[] = {0.075, 0.925, 1.3887943864964021e-11};
  for (const double seam : seams) {
    double p = seam;
    for (int i = 0; i < 50; ++i) p = std::nextafter(p, 0);
    for (int i = 0; i < 100; ++i) {
      const double next = std::nextafter(p, 1);
      CHECK(inverse_normal_cdf(next) - inverse_normal_cdf(p) > -1e-15 * std::fabs(inverse_normal_cdf(p)));
      p = next;
    }
  }
}

TEST_CASE("logarithm of the gamma function", "[special]") {
  const std::vector<At> table = {{1e-5, 11.512919692895825626},   {0.1, 2.252712651734205902},
                                 {0.5, 0.57236494292470008707},   {1.0, 0.0},
                                 {1.5, -0.12078223763524522235},  {2.0, 0.0},
                                 {3.25, 0.93580193110872535826},  {10.0, 12.801827480081469611},
                                 {100.5, 361.43554046777762156},  {1e6, 1.281550456914761166e+7},
                                 {1e15, 3.353877639491066891e+16}};
  for (const At& at : table) {
    INFO("x = " << at.x);
    CHECK(std::fabs(log_gamma(at.x) - at.value) < 2e-15 * (1 + std::fabs(at.value)));
  }
  CHECK(std::isnan(log_gamma(0)));
  CHECK(std::isnan(log_gamma(-1.5)));
}

TEST_CASE("incomplete gamma functions", "[special]") {
  struct Row {
    double a;
    double x;
    double p;
    double q;
  };
  const std::vector<Row> table = {
      {0.001, 0.001, 0.9936876467088602901, 0.0063123532911397099038},
      {0.01, 0.5, 0.99437324380603281585, 0.005626756193967184147},
      {0.5, 0.1, 0.34527915398142297956, 0.65472084601857702044},
      {0.5, 3.0, 0.98569412156457036047, 0.014305878435429639526},
      {1.0, 2.0, 0.86466471676338730811, 0.13533528323661269189},
      {2.5, 1.0, 0.15085496391539036377, 0.84914503608460963623},
      {8.0, 8.0, 0.54703919051300551455, 0.45296080948699448545},
      {8.0, 30.0, 0.99999947662658329293, 5.2337341670707004322e-7},
      {100.0, 70.0, 4.3037259497989085847e-4, 0.99956962740502010914},
      {100.0, 140.0, 0.99983894282528744414, 1.6105717471255585829e-4},
      {1e4, 10100.0, 0.8413487504471796224, 0.1586512495528203776},
      {1e6, 999000.0, 0.15865521357430365246, 0.84134478642569634754},
      {1e7, 10005000.0, 0.94305878478049505358, 0.056941215219504946422},
  };
  for (const Row& row : table) {
    INFO("a = " << row.a << ", x = " << row.x);
    CHECK(relative(gamma_p(row.a, row.x), row.p) < 5e-13);
    CHECK(relative(gamma_q(row.a, row.x), row.q) < 5e-13);
  }
  CHECK(gamma_p(2, 0) == 0);
  CHECK(gamma_q(2, 0) == 1);
  CHECK(gamma_p(2, kInfinity) == 1);
  CHECK(gamma_q(2, 1e300) == 0);
  CHECK(std::isnan(gamma_p(0, 1)));
  CHECK(std::isnan(gamma_p(1, -1)));
  CHECK(std::isnan(gamma_p(2e7, 1)));
}

TEST_CASE("inverse of the incomplete gamma function", "[special]") {
  struct Row {
    double a;
    double p;
    double x;
  };
  const std::vector<Row> table = {
      {0.01, 0x1.02127bf124b1cp-1, 9.9999999999998937392e-31}, {0.1, 0x1.5343180247118p-1, 0.010000000000000008551},
      {0.5, 0x1.e442b6bec21ecp-2, 0.19999999999999999369},     {1.0, 0x1.01bf92311555fp-1, 0.69999999999999997538},
      {2.5, 0x1.46b5f47004447p-27, 9.9999999999999999432e-4},  {8.0, 0x1.8616375e7c0e2p-7, 2.999999999999999967},
      {8.0, 0x1.18158551c470bp-1, 8.0000000000000001497},      {8.0, 0x1.fffcfec5715bep-1, 24.999999999998446244},
      {1000.0, 0x1.204ea1fa52e37p-11, 899.99999999999999934},  {1e6, 0x1.f4530583ccc46p-1, 1.002e+6},
  };
  for (const Row& row : table) {
    INFO("a = " << row.a << ", p = " << row.p);
    CHECK(relative(inverse_gamma_p(row.a, row.p), row.x) < 1e-12);
  }
  // There and back over all of the range, far tails included.
  const double shapes[] = {0.001, 0.02, 0.3, 0.999, 1, 1.7, 8, 60, 3'000, 1e7};
  for (const double a : shapes) {
    double last = 0;
    for (int i = -50; i <= 50; ++i) {
      const double p = i < 0 ? std::ldexp(1, i) : 1 - std::ldexp(1, -i - 2);
      const double x = inverse_gamma_p(a, p);
      INFO("a = " << a << ", p = " << p << ", x = " << x);
      CHECK(x >= last * (1 - 1e-12));
      last = x;
      // An error of x counts as that of p which it makes.
      if (x > 0) {
        const double found = p <= 0.5 ? gamma_p(a, x) / p : gamma_q(a, x) / (1 - p);
        CHECK(std::fabs(found - 1) < 1e-11 * std::fmax(1, std::sqrt(a)));
      }
    }
  }
  CHECK(inverse_gamma_p(3, 0) == 0);
  CHECK(inverse_gamma_p(3, 1) == kInfinity);
  CHECK(std::isnan(inverse_gamma_p(3, 1.5)));
  CHECK(std::isnan(inverse_gamma_p(0, 0.5)));
}

TEST_CASE("Poisson and binomial probabilities", "[special]") {
  struct Poisson {
    std::int64_t k;
    double mean;
    double value;
  };
  const std::vector<Poisson> poisson = {
      {0, 0.5, 0.6065306597126334236},
      {1, 1e-8, 9.9999999000000007092e-9},
      {3, 2.5, 0.21376301724973644575},
      {10, 10.0, 0.12511003572113329898},
      {20, 12.5, 0.013286011361537209446},
      {1'000, 900.0, 5.926953285418899837e-5},
      {1'000'000'000, 1e9, 1.2615662609049495024e-5},
      {1'000'100'000, 1e9, 8.5013583195124703596e-8},
      {1'000'000'000'000'000, 1e15, 1.261566261010079919e-8},
      {999'999'900'000'000, 1e15, 8.500365610810912408e-11},
  };
  for (const Poisson& row : poisson) {
    INFO("k = " << row.k << ", mean = " << row.mean);
    CHECK(relative(poisson_mass(row.k, row.mean), row.value) < 2e-14 - 4e-16 * std::log(row.value));
  }
  struct Binomial {
    std::int64_t k;
    std::int64_t n;
    double p;
    double value;
  };
  const std::vector<Binomial> binomial = {
      {0, 10, 0.25, 0.05631351470947265625},
      {10, 10, 0.25, 9.5367431640625e-7},
      {3, 10, 0.25, 0.25028228759765625},
      {50, 100, 0.5, 0.079589237387178761498},
      {7, 1'000, 0.0078125, 0.14307202245270259118},
      {203'125'000, 1'000'000'000, 0.203125, 3.1356911149463045373e-5},
      {203'150'000, 1'000'000'000, 0.203125, 4.5486453174201980559e-6},
      {3, 1'000'000'000, 0x1p-30, 0.053049449868148478462},
      {375'000'000'000'000, 1'000'000'000'000'000, 0.375, 2.6058800634822388724e-8},
  };
  for (const Binomial& row : binomial) {
    INFO("k = " << row.k << ", n = " << row.n << ", p = " << row.p);
    const double away = std::fabs(static_cast<double>(row.k) - static_cast<double>(row.n) * row.p);
    CHECK(relative(binomial_mass(row.k, row.n, row.p), row.value) < 2e-14 - 4e-16 * std::log(row.value) + 4e-16 * away);
  }
  CHECK(poisson_mass(-1, 3) == 0);
  CHECK(poisson_mass(0, 0) == 1);
  CHECK(poisson_mass(1, 0) == 0);
  CHECK(std::isnan(poisson_mass(1, -1)));
  CHECK(binomial_mass(11, 10, 0.5) == 0);
  CHECK(binomial_mass(0, 10, 0) == 1);
  CHECK(binomial_mass(10, 10, 1) == 1);
  CHECK(binomial_mass(9, 10, 1) == 0);
  CHECK(std::isnan(binomial_mass(1, 10, 1.5)));
}
