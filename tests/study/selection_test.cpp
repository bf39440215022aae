#include "sim/study/compare/selection.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>
#include <vector>

#include "sim/core/random/samplers.hpp"

namespace {

using namespace fleetrace;
using study::KimNelson;
using study::SelectionRule;

constexpr int kMacroReplications = 600;
constexpr double kPromise = 0.95;
constexpr double kIndifference = 0.5;

/// Share of correct selections and mean number of replications. Slippage: the best is better than all others by just the
/// indifference, which is the hardest case; unit variances, one correlation.
std::pair<double, double> slippage(std::size_t k, double correlation) {
  int correct = 0;
  double replications = 0;
  std::vector<double> row(k);
  for (int macro = 0; macro < kMacroReplications; ++macro) {
    core::Stream stream(7, static_cast<std::uint32_t>(macro), core::Purpose::study,
                        core::Entity::named("slippage").part(k));
    KimNelson selection(k, {kIndifference, kPromise, 10});
    while (!selection.finished()) {
      const double common = core::normal(stream, 0, std::sqrt(correlation));
      for (double& value : row) value = common + core::normal(stream, 0, std::sqrt(1 - correlation));
      row.back() -= kIndifference;
      selection.add(row);
    }
    if (selection.best() == k - 1) ++correct;
    replications += static_cast<double>(selection.replications());
  }
  return {correct / double{kMacroReplications}, replications / kMacroReplications};
}

/// A selection between two systems by their difference alone.
KimNelson by_differences(const std::vector<double>& differences, const SelectionRule& rule) {
  KimNelson selection(2, rule);
  for (const double difference : differences) selection.add(std::vector<double>{difference, 0});
  return selection;
}

}  // namespace

// False alarm of one share, were it just as promised: 0.14 % (three standard errors, one-sided); there are six.
TEST_CASE("the best is selected as promised in the slippage configuration, and pairing saves replications") {
  const double standard_error = std::sqrt(kPromise * (1 - kPromise) / kMacroReplications);
  for (const std::size_t k : {2U, 5U, 20U}) {
    const auto [apart_correct, apart_replications] = slippage(k, 0);
    const auto [paired_correct, paired_replications] = slippage(k, 0.8);
    CAPTURE(k, apart_correct, apart_replications, paired_correct, paired_replications);
    CHECK(apart_correct >= kPromise - 3 * standard_error);
    CHECK(paired_correct >= kPromise - 3 * standard_error);
    // The first stage of ten is a floor for two systems, which take few anyway.
    CHECK(apart_replications / paired_replications >= (k == 2 ? 1.5 : 3.0));
  }
}

// n0 = 3, alpha = 0.05: eta = (0.1^-1 - 1) / 2 = 4.5, h2 = 18. Differences -1.2, -0.2, 0.8 have variance 1 and sum -0.6;
// with delta = 2 the two may take 18 / 4 = 4.5 replications, and the slack at r is 4.5 - r.
TEST_CASE("elimination by hand") {
  const SelectionRule rule{2, 0.95, 3};
  const KimNelson third = by_differences({-1.2, -0.2, 0.8}, rule);
  CHECK_FALSE(third.finished());  // 0 <= -0.6 + 1.5
  CHECK(third.best() == std::nullopt);
  CHECK(third.surviving() == std::vector<std::size_t>{0, 1});
  CHECK(third.most_replications() == 5.0);

  const KimNelson fourth = by_differences({-1.2, -0.2, 0.8, 0.05}, rule);  // 0 > -0.55 + 0.5
  CHECK(fourth.finished());
  CHECK(fourth.best() == std::size_t{0});
  CHECK(fourth.replications() == 4);

  const KimNelson one_more = by_differences({-1.2, -0.2, 0.8, 0.15}, rule);  // 0 <= -0.45 + 0.5
  CHECK_FALSE(one_more.finished());
  const KimNelson fifth = by_differences({-1.2, -0.2, 0.8, 0.15, 0.5, 99}, rule);  // no slack: the smaller sum
  CHECK(fifth.best() == std::size_t{1});
  CHECK(fifth.replications() == 5);
}

TEST_CASE("what all systems have in common does not matter, nor does their order") {
  core::Stream stream(1, 0, core::Purpose::study);
  KimNelson plain(4, {0.25});
  KimNelson shifted(4, {0.25});
  KimNelson turned(4, {0.25});
  for (int r = 0; r < 200; ++r) {
    std::vector<double> row(4);
    // Multiples of 2^-20, so that sums are exact.
    for (double& value : row) value = std::round(core::normal(stream, 0, 1) * 0x1p20) * 0x1p-20;
    row[2] -= 0.125;
    plain.add(row);
    turned.add(std::vector<double>{row[3], row[2], row[1], row[0]});
    for (double& value : row) value += (r % 7) * 1024;
    shifted.add(row);
  }
  CHECK(plain.surviving() == shifted.surviving());
  CHECK(plain.replications() == shifted.replications());
  CHECK(plain.replications() == turned.replications());
  std::vector<std::size_t> mirrored;
  for (const std::size_t i : turned.surviving()) mirrored.insert(mirrored.begin(), 3 - i);
  CHECK(plain.surviving() == mirrored);
}

TEST_CASE("systems that are equal to the last bit all survive, and that is the end") {
  core::Stream stream(2, 0, core::Purpose::study);
  KimNelson selection(3, {0.1});
  for (int r = 0; r < 10'000 && !selection.finished(); ++r) {
    const double value = core::normal(stream, 0, 1);
    selection.add(std::vector<double>{value, value + 0.5 + core::normal(stream, 0, 1), value});
  }
  CHECK(selection.finished());
  CHECK(selection.best() == std::nullopt);
  CHECK(selection.surviving() == std::vector<std::size_t>{0, 2});
}

TEST_CASE("one system is best without a replication; rows after the end are not looked at") {
  KimNelson selection(1, {1});
  CHECK(selection.finished());
  CHECK(selection.best() == std::size_t{0});
  selection.add(std::vector<double>{3});
  CHECK(selection.replications() == 0);
}

TEST_CASE("selection refuses rules and rows that it cannot keep") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_AS(KimNelson(0, {1}), std::invalid_argument);
  CHECK_THROWS_AS(KimNelson(2, {0}), std::invalid_argument);
  CHECK_THROWS_AS(KimNelson(2, {nan}), std::invalid_argument);
  CHECK_THROWS_AS(KimNelson(2, {1, 0.4}), std::invalid_argument);
  CHECK_THROWS_AS(KimNelson(2, {1, 1}), std::invalid_argument);
  CHECK_THROWS_AS(KimNelson(2, {1, 0.95, 1}), std::invalid_argument);
  KimNelson selection(2, {1});
  CHECK_THROWS_AS(selection.add(std::vector<double>{1}), std::invalid_argument);
  CHECK_THROWS_AS(selection.add(std::vector<double>{1, nan}), std::invalid_argument);
  CHECK(selection.replications() == 0);
}
