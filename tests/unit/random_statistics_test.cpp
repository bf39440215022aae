// Uniformity and independence, within and across streams. False-alarm rate and smallest effects: random_judge.hpp.

#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "random_judge.hpp"
#include "sim/core/random/random.hpp"

namespace {

using namespace fleetrace::core;
using judge::Verdict;
using Source = std::function<double()>;

constexpr int kDraws = 1'000'000;

std::size_t bin(double u, std::size_t bins) { return static_cast<std::size_t>(u * static_cast<double>(bins)); }

/// 50 bins x 1e6, the scores' moments, and pairs of neighbours in 32 x 32 bins at lags 1, 2 and 3.
Verdict examine(const Source& source) {
  Verdict verdict;
  judge::Uniformity uniformity;
  std::vector<double> draws;
  draws.reserve(kDraws);
  for (int i = 0; i < kDraws; ++i) draws.push_back(source());
  std::vector<double> bins(50);
  for (const double u : draws) {
    uniformity.add(u);
    ++bins[bin(u, 50)];
  }
  uniformity.judge(verdict);
  verdict.add_chi_square(bins, std::vector<double>(50, kDraws / 50.0));
  for (std::size_t lag = 1; lag <= 3; ++lag) {
    std::vector<double> pairs(1'024);
    double count = 0;
    double product = 0;
    for (std::size_t i = 0; i + lag < draws.size(); i += 2 * lag) {
      for (std::size_t j = i; j < i + lag && j + lag < draws.size(); ++j) {  // each draw is in one pair
        ++pairs[bin(draws[j], 32) * 32 + bin(draws[j + lag], 32)];
        product += (draws[j] - 0.5) * (draws[j + lag] - 0.5);
        ++count;
      }
    }
    verdict.add_chi_square(pairs, std::vector<double>(1'024, count / 1'024));
    verdict.add_z(12 * product / std::sqrt(count));
  }
  return verdict;
}

/// Two sequences, draw against draw.
Verdict compare(const Source& a, const Source& b) {
  Verdict verdict;
  std::vector<double> pairs(1'024);
  double product = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double u = a();
    const double v = b();
    ++pairs[bin(u, 32) * 32 + bin(v, 32)];
    product += (u - 0.5) * (v - 0.5);
  }
  verdict.add_chi_square(pairs, std::vector<double>(1'024, kDraws / 1'024.0));
  verdict.add_z(12 * product / std::sqrt(kDraws));
  return verdict;
}

Source of(Stream stream) {
  return [stream]() mutable { return stream.uniform(); };
}

}  // namespace

TEST_CASE("one stream is uniform and its draws are independent", "[random]") {
  examine(of(Stream(0, 0, Purpose::inputs))).acquit();
  examine(of(Stream(4'294'967'295, 4'294'967'295, Purpose::study, Entity::named("x")))).acquit();
}

TEST_CASE("the first draws of a million neighbouring streams are uniform and independent", "[random]") {
  std::uint32_t i = 0;
  SECTION("entities") {
    examine([&i] { return Stream(1, 0, Purpose::failures, Entity::number(i++)).uniform(); }).acquit();
  }
  SECTION("names") {
    examine([&i] {
      return Stream(1, 0, Purpose::inputs, Entity::named("input." + std::to_string(i++))).uniform();
    }).acquit();
  }
  SECTION("replications") {
    examine([&i] { return Stream(1, i++, Purpose::releases).uniform(); }).acquit();
  }
  SECTION("seeds") {
    examine([&i] { return Stream(i++, 0, Purpose::releases).uniform(); }).acquit();
  }
}

TEST_CASE("neighbouring streams are uncorrelated", "[random]") {
  const Stream base(1, 1, Purpose::failures, Entity::number(1));
  compare(of(base), of(Stream(1, 1, Purpose::failures, Entity::number(2)))).acquit();
  compare(of(base), of(Stream(1, 1, Purpose::repairs, Entity::number(1)))).acquit();
  compare(of(base), of(Stream(1, 2, Purpose::failures, Entity::number(1)))).acquit();
  compare(of(base), of(Stream(2, 1, Purpose::failures, Entity::number(1)))).acquit();
  compare(of(base), of(Stream(1, 1, Purpose::failures, Entity::number(1).part(0)))).acquit();
}

TEST_CASE("each of the 64 bits is fair", "[random]") {
  Stream stream(3, 3, Purpose::study);
  std::vector<double> ones(64);
  for (int i = 0; i < kDraws; ++i) {
    std::uint64_t bits = stream.next_u64();
    for (double& count : ones) {
      count += static_cast<double>(bits & 1);
      bits >>= 1;
    }
  }
  double statistic = 0;
  for (const double count : ones) statistic += (count - kDraws / 2.0) * (count - kDraws / 2.0) / (kDraws / 4.0);
  Verdict verdict;
  verdict.add_chi_square(statistic, 64);
  verdict.acquit();
}

TEST_CASE("faulty generators are condemned", "[random]") {
  Stream stream(5, 5, Purpose::study);
  SECTION("range short by 1 %") {
    examine([&stream] { return 0.99 * stream.uniform(); }).condemn();
  }
  SECTION("one draw in a hundred is the last one again") {
    double last = 0.5;
    examine([&stream, &last] { return last = stream.uniform() < 0.01 ? last : stream.uniform(); }).condemn();
  }
  SECTION("a counter that was not enciphered") {
    std::uint64_t counter = 0;
    examine([&counter] { return Stream::to_uniform(counter++ * 0x9e3779b97f4a7c15U); }).condemn();
  }
  SECTION("streams that share one draw in a hundred") {
    double shared = 0;
    const auto first = [&stream, &shared] { return shared = stream.uniform(); };
    const auto second = [&stream, &shared] { return stream.uniform() < 0.01 ? shared : stream.uniform(); };
    compare(first, second).condemn();
  }
}
