#include "sim/scenario/inputs/copula.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "sim/core/random/random.hpp"

namespace {

using namespace fleetrace;
using scenario::GaussianCopula;
using scenario::RankCorrelation;

const std::vector<std::string> kNames = {"price", "algorithm", "kappa", "lifetime"};

GaussianCopula make(const std::vector<RankCorrelation>& correlations, const std::vector<std::string>& names = kNames) {
  return std::get<GaussianCopula>(GaussianCopula::make(names, correlations));
}

std::string refusal(const std::vector<RankCorrelation>& correlations) {
  const auto result = GaussianCopula::make(kNames, correlations);
  if (const auto* problem = std::get_if<core::QuantityProblem>(&result)) {
    return problem->problem + " (" + problem->reason + "). " + problem->suggestion;
  }
  return "accepted";
}

std::vector<double> independent(std::uint32_t replication, std::size_t size) {
  core::Stream stream(5, replication, core::Purpose::study, core::Entity::named("copula"));
  std::vector<double> row(size);
  for (double& u : row) u = stream.uniform();
  return row;
}

std::vector<double> ranks(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&values](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> result(values.size());
  for (std::size_t i = 0; i < order.size(); ++i) result[order[i]] = static_cast<double>(i);
  return result;
}

double spearman(const std::vector<double>& a, const std::vector<double>& b) {
  const std::vector<double> ranks_a = ranks(a);
  const std::vector<double> ranks_b = ranks(b);
  const auto n = static_cast<double>(a.size());
  double squares = 0;
  for (std::size_t i = 0; i < a.size(); ++i) squares += (ranks_a[i] - ranks_b[i]) * (ranks_a[i] - ranks_b[i]);
  return 1 - 6 * squares / (n * (n * n - 1));
}

/// Kolmogorov's distance from the uniform law, times the root of n.
double distance(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto n = static_cast<double>(values.size());
  double most = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto below = static_cast<double>(i);
    most = std::max({most, values[i] - below / n, (below + 1) / n - values[i]});
  }
  return most * std::sqrt(n);
}

}  // namespace

// 1e5 draws. Correlations within five standard errors (Bonett and Wright 2000): false alarm 6e-7 for each of six; the error
// of taking Pearson's correlation for Spearman's (0.7 would be 0.683) would be nine. Distances below 2.75 / root n: false
// alarm 5e-7 for each of four.
TEST_CASE("draws have the rank correlations asked for, and uniform margins") {
  const std::vector<RankCorrelation> wanted = {
      {"price", "algorithm", 0.7}, {"kappa", "price", -0.5}, {"algorithm", "kappa", -0.2}};
  const GaussianCopula copula = make(wanted);
  constexpr std::size_t kDraws = 100'000;
  std::vector<std::vector<double>> columns(kNames.size());
  for (std::uint32_t r = 0; r < kDraws; ++r) {
    const std::vector<double> row = copula.correlate(independent(r, kNames.size()));
    for (std::size_t i = 0; i < row.size(); ++i) columns[i].push_back(row[i]);
  }
  const auto rho = [&wanted](const std::string& a, const std::string& b) {
    for (const RankCorrelation& pair : wanted) {
      if ((pair.a == a && pair.b == b) || (pair.a == b && pair.b == a)) return pair.rho;
    }
    return 0.0;
  };
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    INFO(kNames[i]);
    CHECK(distance(columns[i]) < 2.75);
    for (std::size_t j = 0; j < i; ++j) {
      INFO(kNames[j]);
      const double expected = rho(kNames[i], kNames[j]);
      const double error = (1 - expected * expected) * std::sqrt((1 + expected * expected / 2) / (kDraws - 3));
      CHECK(std::fabs(spearman(columns[i], columns[j]) - expected) < 5 * error);
    }
  }
}

TEST_CASE("numbers without correlation keep every bit") {
  const GaussianCopula none = make({});
  const GaussianCopula zero = make({{"price", "kappa", 0}});
  const GaussianCopula one = make({{"algorithm", "kappa", 0.9}});
  for (std::uint32_t r = 0; r < 1000; ++r) {
    const std::vector<double> before = independent(r, kNames.size());
    CHECK(none.correlate(before) == before);
    CHECK(zero.correlate(before) == before);
    const std::vector<double> after = one.correlate(before);
    CHECK(after[0] == before[0]);
    CHECK(after[1] == before[1]);  // the earlier of the pair
    CHECK(after[2] != before[2]);
    CHECK(after[3] == before[3]);
  }
}

TEST_CASE("inputs and correlations elsewhere change no bit of a correlated pair") {
  const GaussianCopula small = make({{"price", "kappa", -0.4}}, {"price", "kappa"});
  const GaussianCopula large = make({{"algorithm", "lifetime", 0.6}, {"kappa", "price", -0.4}});
  const std::vector<double> row = independent(3, 4);
  const std::vector<double> pair = small.correlate(std::vector<double>{row[0], row[2]});
  const std::vector<double> all = large.correlate(row);
  CHECK(pair[0] == all[0]);
  CHECK(pair[1] == all[2]);
}

TEST_CASE("numbers stay inside (0, 1), and may be correlated in place") {
  const GaussianCopula copula = make(
      {{"price", "algorithm", 0.9}, {"price", "kappa", 0.9}, {"algorithm", "kappa", 0.9}});
  for (const double u : {0x1p-53, 1 - 0x1p-53}) {
    std::vector<double> row(4, u);
    copula.correlate(row, row);
    CHECK(row == copula.correlate(std::vector<double>(4, u)));
    for (const double v : row) {
      CHECK(v > 0);
      CHECK(v < 1);
    }
  }
  CHECK_THROWS_AS(copula.correlate(std::vector<double>{0.5}), std::invalid_argument);
}

TEST_CASE("correlations that contradict each other are refused by name, with a scale that fits") {
  // The price has its place in the matrix, but no part in the contradiction. Three equal correlations whose product is
  // negative fit together up to Pearson's 1/2, Spearman's 6 asin(1/4) / pi = 0.4826 = 0.536 of 0.9.
  const std::vector<RankCorrelation> wrong = {{"price", "algorithm", 0.1},
                                              {"algorithm", "kappa", 0.9},
                                              {"kappa", "lifetime", 0.9},
                                              {"lifetime", "algorithm", -0.9}};
  CHECK(
      refusal(wrong) ==
      R"(the correlations of "algorithm", "kappa" and "lifetime" contradict each other (what follows a third closely is )"
      R"(itself bound to the others: their matrix is not positive definite). All correlations times 0.53 fit together.)");
  for (const double scale : {0.53, 0.54}) {
    std::vector<RankCorrelation> scaled = wrong;
    for (RankCorrelation& pair : scaled) pair.rho *= scale;
    CHECK((refusal(scaled) == "accepted") == (scale == 0.53));
  }
}

TEST_CASE("correlations of unknown, equal or repeated inputs or out of range are refused") {
  CHECK(refusal({{"price", "algoritm", 0.5}}) ==
        R"("algoritm" is no uncertain input (only those can be correlated). Did you mean "algorithm"?)");
  CHECK(refusal({{"kappa", "kappa", 0.5}}) == R"("kappa" is correlated with itself (). )");
  CHECK(refusal({{"price", "kappa", 0.5}, {"kappa", "price", 0.5}}) ==
        R"(the correlation of "kappa" and "price" is given twice (). )");
  for (const double rho : {1.0, -1.0, 2.0, std::nan("")}) {
    CHECK(refusal({{"price", "kappa", rho}}) ==
          R"(the correlation of "price" and "kappa" is out of range (it must be above -1 and below 1). )");
  }
  CHECK(refusal({{"price", "kappa", 0.9999}}) == "accepted");
  CHECK(std::holds_alternative<core::QuantityProblem>(GaussianCopula::make({}, {{"a", "b", 0.5}})));
}
