#include <algorithm>

#include "models/site/power_tree_state.hpp"
#include "tests/oracle/race.hpp"
#include "tests/unit/spec_of.hpp"

// Power trees by hand, and against every cut of random ones.
namespace fleetrace::test {
namespace {

using models::deliverable_power;
using models::PowerElement;

/// Watts that a tree delivers while these copies are out, counted through all elements.
double delivered(const std::vector<PowerElement>& elements, const std::vector<std::size_t>& out) {
  const models::PowerTreeState grid(elements);
  models::PowerTreeState::State state;
  grid.reset(state);
  for (const std::size_t copy : out) grid.toggle(state, copy);
  return static_cast<double>(state.delivers) / 1e3;
}

/// Whether power gets from the grid to what feeds nothing when the elements of `cut` are gone.
bool connected(const std::vector<PowerElement>& elements, unsigned cut) {
  std::vector<bool> has_power(elements.size());
  std::vector<bool> feeds(elements.size());
  for (std::size_t i = 0; i < elements.size(); ++i) {  // parents come first
    bool fed = elements[i].from.empty();
    for (const std::size_t parent : elements[i].from) {
      fed = fed || has_power[parent];
      feeds[parent] = true;
    }
    has_power[i] = fed && ((cut >> i) & 1U) == 0;
  }
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (has_power[i] && !feeds[i]) return true;
  }
  return false;
}

/// The cheapest set of elements that cuts everything off: max-flow is min-cut.
double smallest_cut(const std::vector<PowerElement>& elements) {
  double least = INFINITY;
  for (unsigned cut = 0; cut < 1U << elements.size(); ++cut) {
    if (connected(elements, cut)) continue;
    double watts = 0;
    for (std::size_t i = 0; i < elements.size(); ++i) watts += (cut >> i) & 1U ? elements[i].capacity : 0;
    least = std::min(least, watts);
  }
  return least;
}

}  // namespace

TEST_CASE("power trees by hand", "[power-tree]") {
  // A chain is as strong as its weakest element; 2N feeds carry what the hall takes even if one is out.
  CHECK(deliverable_power({{"feed", 100, 1, {}}, {"hall", 60, 1, {0}}, {"rack", 1, 80, {1}}}) == 60);
  const std::vector<PowerElement> twice{{"a", 100, 1, {}}, {"b", 100, 1, {}}, {"hall", 90, 1, {0, 1}}};
  CHECK(deliverable_power(twice) == 90);
  CHECK(delivered(twice, {}) == 90);
  CHECK(delivered(twice, {0}) == 90);
  CHECK(delivered(twice, {2}) == 0);
  CHECK(delivered(twice, {0, 1}) == 0);
  // 2 feeds of 50, 5 rows of 12 behind each, 4 racks of 4 in a row: 2 min(50, 5 min(12, 16)) = 100; without a row 48 + 50.
  const std::vector<PowerElement> rows{{"feed", 50, 2, {}}, {"row", 12, 10, {0}}, {"rack", 4, 40, {1}}};
  CHECK(deliverable_power(rows) == 100);
  CHECK(delivered(rows, {0}) == 50);
  CHECK(delivered(rows, {2}) == 98);
  CHECK(delivered(rows, {12}) == 100);
  // Two rows behind one feed leave 36 + 50, one behind each 48 + 48; a row behind a feed that is out costs nothing more.
  CHECK(delivered(rows, {2, 3}) == 86);
  CHECK(delivered(rows, {2, 7}) == 96);
  CHECK(delivered(rows, {0, 2}) == 50);
  CHECK(delivered(rows, {0, 1}) == 0);
  // Feeds of 60 for two halls of 50: either carries what is left of the other's, both out nothing.
  const std::vector<PowerElement> shared{
      {"a", 60, 1, {}}, {"b", 60, 1, {}}, {"hall", 50, 2, {0, 1}}, {"row", 20, 6, {2}}};
  CHECK(delivered(shared, {}) == 100);
  CHECK(delivered(shared, {0}) == 60);
  CHECK(delivered(shared, {0, 4}) == 60);
  CHECK(delivered(shared, {2, 4}) == 50);
  CHECK(delivered(shared, {2, 7, 8}) == 20);
  // Three transformers for two halls: the middle one stands between them. 30 + 30 + 30 against 2 x 40.
  CHECK(deliverable_power({{"transformer", 30, 3, {}}, {"hall", 40, 2, {0}}}) == 80);
  // 20 000 racks in well under a second.
  CHECK(deliverable_power({{"feed", 1e7, 10, {}}, {"hall", 1e6, 100, {0}}, {"rack", 1e4, 19'000, {1}}}) == 1e8);
}

TEST_CASE("deliverable power of 300 random trees is their smallest cut", "[power-tree]") {
  Random random(1956);
  for (int i = 0; i < 300; ++i) {
    std::vector<PowerElement> elements;
    const std::int64_t count = random.between(1, 9);
    for (std::int64_t k = 0; k < count; ++k) {
      PowerElement element{"e", static_cast<double>(random.between(1, 20)), 1, {}};
      for (std::size_t j = 0; j < elements.size(); ++j) {
        if (random.uniform(0, 1) < 0.4) element.from.push_back(j);
      }
      elements.push_back(element);
    }
    REQUIRE(deliverable_power(elements) == smallest_cut(elements));
  }
}

namespace {

/// Each copy as an element of its own, so that its capacity may be taken away.
std::vector<PowerElement> one_by_one(const std::vector<PowerElement>& elements) {
  std::vector<PowerElement> result;
  std::vector<std::size_t> first;
  for (const PowerElement& each : elements) {
    first.push_back(result.size());
    for (std::int64_t j = 0; j < each.count; ++j) {
      PowerElement one{each.name, each.capacity, 1, {}};
      for (const std::size_t parent : each.from) {
        const std::int64_t m = elements[parent].count;
        for (std::int64_t i = 0; i < m; ++i) {
          if (i * each.count < (j + 1) * m && j * m < (i + 1) * each.count)
            one.from.push_back(first[parent] + static_cast<std::size_t>(i));
        }
      }
      result.push_back(one);
    }
  }
  return result;
}

}  // namespace

TEST_CASE("random trees with copies out and back deliver the maximum flow of what is up", "[power-tree]") {
  Random random(1972);
  for (int i = 0; i < 300; ++i) {
    std::vector<PowerElement> elements;
    const std::int64_t count = random.between(1, 6);
    for (std::int64_t k = 0; k < count; ++k) {
      PowerElement element{"e", static_cast<double>(random.between(1, 20)), random.between(1, 4), {}};
      const double often = random.uniform(0, 1);
      for (std::size_t j = 0; j < elements.size(); ++j) {
        if (random.uniform(0, 1) < often) element.from.push_back(j);
      }
      elements.push_back(element);
    }
    const models::PowerTreeState grid(elements);
    models::PowerTreeState::State state;
    grid.reset(state);
    const std::vector<PowerElement> whole = one_by_one(elements);
    std::vector<PowerElement> left = whole;
    REQUIRE(static_cast<double>(state.delivers) / 1e3 == deliverable_power(elements));
    for (int step = 0; step < 12; ++step) {
      const auto copy = static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(grid.copies()) - 1));
      grid.toggle(state, copy);
      left[copy].capacity = left[copy].capacity == 0 ? whole[copy].capacity : 0;
      REQUIRE(static_cast<double>(state.delivers) / 1e3 == deliverable_power(left));
    }
  }
}

namespace {

/// H100 of 1 275 W: a row of 102 kW powers 80, ten rows 800, the two feeds 2 x 400.
const std::string kTree =
    "{feed: {capacity: 510 kW, count: 2, mtbf: 6 months, repair: 12 h}, row: {capacity: 102 kW, count: 10, from: "
    "[feed], mtbf: 2 yr, repair: 1 days}}";
constexpr double kFeedOut = 12 / (6 * 730.5 + 12);
constexpr double kRowOut = 24 / (2 * 8766.0 + 24);

Race powered(const std::string& sites, const std::string& operations = "", const std::string& more = "",
             int count = 1000) {
  return race(
      "horizon: {start: 2026-01-01, length: 4 yr}\nloss: {reference: 1e24 FLOP}\ninitial_fleet: [{accelerator: "
      "H100, count: " +
      std::to_string(count) +
      ", installed: 2025-01-01}]\nstrategies: {s: {buy: none}}\n"
      "operations: {mfu: 0.4" +
      operations + "}\nsites: {" + sites + "}\n" + more);
}

double flop(const Race& run) { return run["s"].final.physical_flop; }
constexpr double kFull = 989.4e12 * 0.4 * (1461 * 86'400.0);  // of one for all four years

}  // namespace

TEST_CASE("a site takes what its tree delivers, and outages what hangs below them", "[power-tree]") {
  const Race alone = powered("main: {power: 2 MW, power_tree: " + kTree + "}");
  CHECK(alone["s"].sites[0].accelerators == 800);
  // A row's share is 1/10, and nothing of it is left to lose while its feed is out.
  const double share = 1 - kFeedOut - kRowOut + kFeedOut * kRowOut;
  const fleet::PowerOutages& outages = *alone.cases[0].plant.sites[0].outages;
  CHECK(outages.mean_share == Approx(share).epsilon(1e-14));
  CHECK(flop(alone) == Approx(800 * kFull * share).epsilon(1e-12));
  CHECK(alone["s"].final.energy_kwh == Approx(800 * 0.95625 * 1461 * 24 * share).epsilon(1e-12));
  const double feeds = 4 * 8766 / (6 * 730.5 + 12);
  const double rows = 4 * 8766 / (2 * 8766.0 + 24);
  CHECK(*alone["s"].final.outages == Approx(2 * feeds + 10 * rows).epsilon(1e-12));
  double time = 0;
  double mean = 0;
  for (const auto& level : outages.levels) {
    time += level.probability;
    mean += level.probability * level.share;
  }
  CHECK(time == Approx(1).epsilon(1e-14));
  CHECK(mean == Approx(share).epsilon(1e-14));
  // 80 spares stand in for one row and for no feed.
  const Race spared = powered("main: {power: 2 MW, power_tree: " + kTree + "}",
                              ", failures: {law: exponential, mtbf: 1e7 yr, repair: 0 h, spares: 0.1}");
  const double up = std::pow(1 - kFeedOut, 2) * std::pow(1 - kRowOut, 10) * (1 + 10 * kRowOut / (1 - kRowOut));
  CHECK(flop(spared) > 720 * kFull * up);
  CHECK(flop(spared) < 720 * kFull * (up + (1 - up) * 8 / 9));
  // Feeds that stand in for each other: what is lost is the time when both are out.
  const Race twice = powered(
      "main: {power: 2 MW, power_tree: {a: {capacity: 1020 kW, mtbf: 6 months, repair: 12 h}, b: {capacity: 1020 kW, "
      "mtbf: 6 months, repair: 12 h}, row: {capacity: 102 kW, count: 10, from: [a, b]}}}");
  CHECK(twice["s"].sites[0].accelerators == 800);
  CHECK(flop(twice) == Approx(800 * kFull * (1 - kFeedOut * kFeedOut)).epsilon(1e-13));
}

TEST_CASE("each site has its own tree and its own outages", "[power-tree]") {
  const std::string sites = "a: {power_tree: " + kTree + "}, b: {power: 255 kW}";
  const Race expected = powered(sites);
  CHECK(expected["s"].sites[0].accelerators == 800);
  CHECK(expected["s"].sites[1].accelerators == 200);
  const double share = (1 - kFeedOut) * (1 - kRowOut);
  CHECK(flop(expected) == Approx((800 * share + 200) * kFull).epsilon(1e-12));
  CHECK(expected["s"].sites[1].energy_kwh == Approx(200 * 0.95625 * 1461 * 24).epsilon(1e-12));
  CHECK(expected["s"].sites[0].energy_kwh == Approx(800 * share * 0.95625 * 1461 * 24).epsilon(1e-12));
  // Drawn: what is out follows from the elements that are, at every outage, and b never notices.
  const std::vector<fleet::StrategySetup> cases = cases_of(
      "horizon: {start: 2026-01-01, length: 4 yr}\nloss: {reference: 1e24 FLOP}\ninitial_fleet: [{accelerator: H100, "
      "count: 1000, installed: 2025-01-01}]\nstrategies: {s: {buy: none}}\noperations: {mfu: 0.4, failures: {law: "
      "exponential, mtbf: 1e7 yr, fidelity: aggregate}, job: {fidelity: aggregate, interruption_mtbf: 1e7 yr}}\nsites: {" +
      sites + "}\n");
  int lost = 0;
  int together = 0;
  const auto watch = [&](const fleet::World& world, const fleet::Event&) {
    const auto out = [&world](std::size_t first, std::size_t count) {
      return std::count(world.power.state(0).out.begin() + static_cast<std::ptrdiff_t>(first),
                        world.power.state(0).out.begin() + static_cast<std::ptrdiff_t>(first + count), 1);
    };
    std::int64_t powered = 0;
    for (std::size_t feed = 0; feed < 2; ++feed)
      powered += world.power.state(0).out[feed] != 0 ? 0 : 80 * (5 - out(2 + 5 * feed, 5));
    REQUIRE(world.reliability.batches().at(0).healthy == powered);
    REQUIRE(world.reliability.batches().at(1).healthy == 200);
    lost += powered < 800 ? 1 : 0;
    together += out(0, 12) > 1 ? 1 : 0;
  };
  // 60 fixed histories of four years: the mean lost share, 0.0041, is met to a twentieth of it. Its standard error is some 3 %:
  // 300 outages of rows of a day and 960 of feeds of half a day, all exponential. False alarms: none, the seeds are fixed.
  double work = 0;
  double outages = 0;
  double interruptions = 0;
  fleet::World world;
  fleet::Outcome outcome;
  for (std::uint32_t replication = 0; replication < 60; ++replication) {
    fleet::StrategySetup one = cases[0];
    one.draw.replication = replication;
    simulate(world, one, outcome, watch);
    work += (outcome.final.physical_flop / *outcome.final.goodput / kFull - 200) / 800 / 60;
    outages += *outcome.final.outages / 60;
    interruptions += *outcome.final.interruptions / 60;
  }
  CHECK(lost > 1000);
  CHECK(together > 10);
  CHECK(1 - work == Approx(1 - share).epsilon(0.12));
  CHECK(outages == Approx(*expected["s"].final.outages).epsilon(0.05));
  // Each outage that takes something interrupts the job; few find nothing left to take.
  CHECK(interruptions <= outages);
  CHECK(interruptions > 0.97 * outages);
}

}  // namespace fleetrace::test
