#include "sim/study/sensitivity/sobol_indices.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <numbers>
#include <span>
#include <stdexcept>
#include <vector>

namespace {

using namespace fleetrace;
using study::sobol_indices;
using study::SobolDesign;
using study::SobolIndex;
using study::SobolIndices;

/// Ishigami and Homma 1990 with a = 7, b = 0.1; exact shares by integration.
double ishigami(std::span<const double> u) {
  const auto angle = [u](std::size_t i) { return std::numbers::pi * (2 * u[i] - 1); };
  return std::sin(angle(0)) + 7 * std::pow(std::sin(angle(1)), 2) + 0.1 * std::pow(angle(2), 4) * std::sin(angle(0));
}

struct Shares {
  double variance;
  std::vector<double> first;
  std::vector<double> total;
};

Shares ishigami_shares() {
  const double pi4 = std::pow(std::numbers::pi, 4);
  const double first = 0.5 * std::pow(1 + 0.1 * pi4 / 5, 2);
  const double second = 49.0 / 8;
  const double both = 0.01 * pi4 * pi4 * (1.0 / 18 - 1.0 / 50);
  const double all = first + second + both;
  return {all, {first / all, second / all, 0}, {(first + both) / all, second / all, both / all}};
}

const std::vector<double> kSobolG = {0, 1, 4.5, 9, 99, 99};

/// Sobol' 1993: the product of (|4 u - 2| + a) / (1 + a).
double sobol_g(std::span<const double> u) {
  double product = 1;
  for (std::size_t i = 0; i < u.size(); ++i) product *= (std::fabs(4 * u[i] - 2) + kSobolG[i]) / (1 + kSobolG[i]);
  return product;
}

Shares sobol_g_shares() {
  double all = 1;
  for (const double a : kSobolG) all *= 1 + 1 / (3 * (1 + a) * (1 + a));
  Shares shares{all - 1, {}, {}};
  for (const double a : kSobolG) {
    const double own = 1 / (3 * (1 + a) * (1 + a));
    shares.first.push_back(own / shares.variance);
    shares.total.push_back(own * all / (1 + own) / shares.variance);
  }
  return shares;
}

bool covers(const SobolIndex& index, double share) { return index.low <= share && share <= index.high; }

void check_meets(const SobolIndices& found, const Shares& exact, double widest) {
  CHECK(found.variance == Approx(exact.variance).epsilon(0.01));
  for (std::size_t i = 0; i < exact.first.size(); ++i) {
    CAPTURE(i, found.first[i].value, exact.first[i], found.total[i].value, exact.total[i]);
    CHECK(covers(found.first[i], exact.first[i]));
    CHECK(covers(found.total[i], exact.total[i]));
    CHECK(found.first[i].high - found.first[i].low < widest);
    CHECK(found.total[i].high - found.total[i].low < widest);
  }
}

}  // namespace

// Eighteen intervals of 99.9 %: false alarm below 2 % (over seeds; this one is fixed).
TEST_CASE("indices meet Ishigami and Sobol-G within their intervals") {
  const Shares exact = ishigami_shares();
  CHECK(exact.variance == Approx(13.84459).epsilon(1e-6));
  CHECK(exact.first[0] == Approx(0.3139).margin(5e-5));
  CHECK(exact.total[2] == Approx(0.2437).margin(5e-5));
  const SobolIndices found = sobol_indices(SobolDesign(3, 1024, 16, 1), ishigami, 0.999);
  CHECK(found.mean == Approx(3.5).margin(0.01));
  check_meets(found, exact, 0.02);
  check_meets(sobol_indices(SobolDesign(6, 1024, 16, 1), sobol_g, 0.999), sobol_g_shares(), 0.04);
}

// A share of 0.95 among 500 has a standard error of 0.0097: the band is three of them, false alarm 0.3 % for each of five
// intervals that are exact; delta method and 16 replicates cost a little more.
TEST_CASE("intervals of indices cover as stated") {
  constexpr std::uint32_t kStudies = 500;
  const Shares exact = ishigami_shares();
  std::vector<double> first(3);
  std::vector<double> total(3);
  for (std::uint32_t seed = 0; seed < kStudies; ++seed) {
    const SobolIndices found = sobol_indices(SobolDesign(3, 32, 16, seed), ishigami, 0.95);
    for (std::size_t i = 0; i < 3; ++i) {
      first[i] += covers(found.first[i], exact.first[i]) ? 1.0 / kStudies : 0;
      total[i] += covers(found.total[i], exact.total[i]) ? 1.0 / kStudies : 0;
    }
  }
  CAPTURE(first, total);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(first[i] > 0.92);
    CHECK(first[i] < 0.98);
    CHECK(total[i] > 0.92);
    CHECK(total[i] < 0.98);
  }
}

TEST_CASE("a sum has equal first-order and total indices, an input that does nothing has none") {
  const SobolDesign design(3, 256, 8, 4);
  const SobolIndices found = sobol_indices(
      design, [](std::span<const double> u) { return 2 * u[0] - u[1]; }, 0.99);
  CHECK(found.variance == Approx(5.0 / 12).epsilon(1e-3));
  CHECK(found.first[0].value == Approx(0.8).margin(0.005));
  CHECK(found.total[0].value == Approx(0.8).margin(0.005));
  CHECK(found.first[1].value == Approx(0.2).margin(0.005));
  for (const SobolIndex& index : {found.first[2], found.total[2]}) {
    CHECK(index.value == 0);
    CHECK(index.low == 0);
    CHECK(index.high == 0);
  }
}

TEST_CASE("what never varies has no shares") {
  const SobolIndices found = sobol_indices(
      SobolDesign(2, 8, 3, 1), [](std::span<const double>) { return 0.1; }, 0.95);
  CHECK(found.mean == 0.1);
  CHECK(found.variance == 0);
  CHECK(found.first[1].high == 0);
  CHECK(found.total.size() == 2);
}

TEST_CASE("rows hold A, B, and A with one input of B") {
  const SobolDesign design(3, 4, 2, 1);
  CHECK(design.rows() == 40);
  for (std::size_t first = 0; first < design.rows(); first += 5) {
    std::vector<std::vector<double>> rows(5, std::vector<double>(3));
    for (std::size_t kind = 0; kind < 5; ++kind) design.row(first + kind, rows[kind]);
    for (std::size_t i = 0; i < 3; ++i) {
      CHECK(rows[0][i] != rows[1][i]);
      for (std::size_t kind = 2; kind < 5; ++kind) CHECK(rows[kind][i] == rows[kind == i + 2 ? 1 : 0][i]);
    }
  }
}

TEST_CASE("Sobol's indices refuse designs and results that say nothing") {
  CHECK_THROWS_AS(SobolDesign(0, 8, 2, 1), std::invalid_argument);
  CHECK_THROWS_AS(SobolDesign(1834, 8, 2, 1), std::invalid_argument);
  CHECK_THROWS_AS(SobolDesign(2, 12, 2, 1), std::invalid_argument);
  CHECK_THROWS_AS(SobolDesign(2, 1, 2, 1), std::invalid_argument);
  CHECK_THROWS_AS(SobolDesign(2, 8, 1, 1), std::invalid_argument);
  const SobolDesign design(2, 8, 2, 1);
  std::vector<double> row(2);
  CHECK_THROWS_AS(design.row(design.rows(), row), std::invalid_argument);
  std::vector<double> results(design.rows(), 1);
  CHECK_THROWS_AS(sobol_indices(design, std::span(results).first(3), 0.95), std::invalid_argument);
  CHECK_THROWS_AS(sobol_indices(design, results, 1), std::invalid_argument);
  results[5] = std::numeric_limits<double>::infinity();
  CHECK_THROWS_AS(sobol_indices(design, results, 0.95), std::invalid_argument);
}
