#include "fleetrace/models/power_tree.hpp"

#include "tests/oracle/race.hpp"
#include "tests/unit/spec_of.hpp"

// Power trees by hand, and against every cut of random ones.
namespace fleetrace::test {
namespace {

using models::deliverable_power;
using models::PowerElement;

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
  CHECK(deliverable_power(twice, 0) == 90);
  CHECK(deliverable_power(twice, 2) == 0);
  // 2 feeds of 50, 5 rows of 12 behind each, 4 racks of 4 in a row: 2 min(50, 5 min(12, 16)) = 100; without a row 48 + 50.
  const std::vector<PowerElement> rows{{"feed", 50, 2, {}}, {"row", 12, 10, {0}}, {"rack", 4, 40, {1}}};
  CHECK(deliverable_power(rows) == 100);
  CHECK(deliverable_power(rows, 0) == 50);
  CHECK(deliverable_power(rows, 1) == 98);
  CHECK(deliverable_power(rows, 2) == 100);
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

TEST_CASE("a site takes what its tree delivers, and outages what hangs below them", "[power-tree]") {
  // H100 of 1 275 W: a row of 102 kW powers 80, ten rows 800, the two feeds 2 x 400.
  const std::string head =
      "horizon: {start: 2026-01-01, length: 4 yr}\nloss: {reference: 1e24 FLOP}\n"
      "initial_fleet: [{accelerator: H100, count: 1000, installed: 2025-01-01}]\n"
      "strategies: {s: {buy: none}}\noperations: {mfu: 0.4}\n";
  const std::string tree =
      "sites: {main: {power: 2 MW, power_tree: {feed: {capacity: 510 kW, count: 2, mtbf: 6 months, "
      "repair: 12 h}, row: {capacity: 102 kW, count: 10, from: [feed], mtbf: 2 yr, repair: 1 days}";
  const Race alone = race(head + tree + "}}}\n");
  const auto installed = [](const fleet::Outcome& outcome) { return outcome.sites[0].accelerators; };
  CHECK(installed(alone["s"]) == 800);
  const models::FailureLaw& law = alone.cases[0].plant.operations.failures;
  REQUIRE(law.domains.size() == 2);
  CHECK(law.domains[0].size == 400);
  CHECK(law.domains[1].size == 80);
  const double feed = 6 * 730.5 / (6 * 730.5 + 12);
  const double row = 2 * 8766.0 / (2 * 8766 + 24);
  CHECK(law.availability == Approx(feed * row).epsilon(1e-14));
  CHECK(alone["s"].final.physical_flop == Approx(800 * 989.4e12 * 0.4 * (1461 * 86'400.0) * feed * row).epsilon(1e-12));
  // A second pair of feeds stands in: only rows are left.
  const Race twice = race(head +
                          "sites: {main: {power: 2 MW, power_tree: {a: {capacity: 1020 kW, mtbf: 6 months, repair: 12 "
                          "h}, b: {capacity: 1020 kW, mtbf: 6 months, repair: 12 h}, row: {capacity: 102 kW, count: "
                          "10, from: [a, b], mtbf: 2 yr, repair: 1 days}}}}\n");
  REQUIRE(twice.cases[0].plant.operations.failures.domains.size() == 1);
  CHECK(installed(twice["s"]) == 800);
}

}  // namespace fleetrace::test
