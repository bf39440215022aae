#include "sim/fleet/sites/power_outages.hpp"

#include <catch2/catch.hpp>

#include "sim/core/schema/read_value.hpp"
#include "spec_of.hpp"

// What is lost by outages of one copy and of two, by hand: a is out for a tenth of the time and goes out 0.1 times a ms, b for a
// fifth and 0.2 times.
namespace {

using namespace fleetrace;
using fleet::PowerOutages;

PowerOutages::Copy copy(std::uint32_t index, double up, double repair) {
  PowerOutages::Copy made;
  made.copy = index;
  made.life.mean = up;
  made.repair.mean = repair;
  made.out = repair / (up + repair);
  return made;
}

/// A hall of 100 W below two feeds.
PowerOutages two_feeds(double a_watts, double b_watts) {
  PowerOutages outages({{"a", a_watts, 1, {}}, {"b", b_watts, 1, {}}, {"hall", 100, 1, {0, 1}}});
  outages.copies = {copy(0, 9, 1), copy(1, 4, 1)};
  outages.tabulate();
  return outages;
}

struct Known {
  double share;
  double probability;
};

void check(const PowerOutages& outages, double mean_share, double losses, double share_losses,
           const std::vector<Known>& levels) {
  CHECK(outages.mean_share == Approx(mean_share).epsilon(1e-14));
  CHECK(outages.losses_per_ms == Approx(losses).epsilon(1e-14));
  CHECK(outages.share_losses_per_ms == Approx(share_losses).epsilon(1e-14));
  REQUIRE(outages.levels.size() == levels.size());
  for (std::size_t i = 0; i < levels.size(); ++i) {
    CHECK(outages.levels[i].share == Approx(levels[i].share).margin(1e-14));
    CHECK(outages.levels[i].probability == Approx(levels[i].probability).epsilon(1e-14));
  }
}

}  // namespace

TEST_CASE("feeds that stand in for each other lose what is lost with both out") {
  // Either goes while the other is out: 0.1 x 0.2 + 0.2 x 0.1 times a ms, and all of the power each time.
  check(two_feeds(100, 100), 0.98, 0.04, 0.04, {{1, 0.98}, {0, 0.02}});
}

TEST_CASE("feeds of half the power lose half each") {
  check(two_feeds(50, 50), 0.85, 0.3, 0.15, {{1, 0.72}, {0.5, 0.26}, {0, 0.02}});
}

TEST_CASE("feeds that stand in for each other in part lose more with both out than each alone") {
  // 0.1 x 0.3 + 0.2 x 0.3, and 0.04 times a ms the 0.4 that neither loses alone.
  check(two_feeds(70, 70), 1 - (0.03 + 0.06 + 0.02 * 0.4), 0.3, 0.09 + 0.016, {{1, 0.72}, {0.7, 0.26}, {0, 0.02}});
}

TEST_CASE("a feed that can carry everything alone is missed where the other is out, and the other always") {
  check(two_feeds(100, 60), 1 - (0.04 + 0.02 * 0.6), 0.1 + 0.2 * 0.1, 0.04 + 0.024, {{1, 0.9}, {0.6, 0.08}, {0, 0.02}});
  check(two_feeds(60, 100), 1 - (0.08 + 0.02 * 0.6), 0.2 + 0.1 * 0.2, 0.08 + 0.024, {{1, 0.8}, {0.6, 0.18}, {0, 0.02}});
}

TEST_CASE("three feeds of which one is enough lose nothing that two of them lose") {
  PowerOutages outages({{"feed", 100, 3, {}}, {"hall", 100, 1, {0}}});
  outages.copies = {copy(0, 9, 1), copy(1, 9, 1), copy(2, 9, 1)};
  outages.tabulate();
  CHECK(outages.mean_share == 1);
  CHECK(outages.losses_per_ms == 0);
  CHECK(outages.share_losses_per_ms == 0);
  double time = 0;
  for (const auto& level : outages.levels) {
    CHECK(level.share == 1);
    time += level.probability;
  }
  CHECK(time == Approx(1).epsilon(1e-14));
}

TEST_CASE("of more than a hundred copies no two are counted together") {
  // Two feeds that stand in for each other, over rows that are out for a tenth of the time.
  const auto mean_share = [](std::int64_t rows) {
    const auto watts = static_cast<double>(rows);
    PowerOutages outages({{"a", watts, 1, {}}, {"b", watts, 1, {}}, {"row", 1, rows, {0, 1}}});
    outages.copies = {copy(0, 9, 1), copy(1, 4, 1)};
    for (std::uint32_t row = 0; row < rows; ++row) outages.copies.push_back(copy(2 + row, 9, 1));
    outages.tabulate();
    return outages.mean_share;
  };
  CHECK(mean_share(99) == Approx(0.9).epsilon(1e-13));
  // With both feeds out nothing of a row is left to lose, nor with one of them: two rows add up, feeds lose 0.02.
  CHECK(mean_share(8) == Approx(0.9 - 0.02).epsilon(1e-13));
}

TEST_CASE("spares stand in for what has no power, as far as they go") {
  const auto law = models::resolve_failures(core::preset_spec(*models::failure_family().find("none")));
  const PowerOutages halves = two_feeds(50, 50);
  CHECK(halves.expected_working(law, 100, 100, 1) == Approx(85).epsilon(1e-14));
  // All of 100 up: min(50, 100) and min(50, 50). A target of 60 has 60, and 50 with one feed.
  CHECK(halves.expected_working(law, 100, 50, 1) == Approx(50 * 0.98).epsilon(1e-14));
  CHECK(halves.expected_working(law, 100, 60, 1) == Approx(60 * 0.72 + 50 * 0.26).epsilon(1e-14));
  // 70 W run 70 of 100, of which 60 are to work: all 60 but for the time without power.
  CHECK(two_feeds(70, 70).expected_working(law, 100, 60, 1) == Approx(60 * 0.98).epsilon(1e-14));
}
