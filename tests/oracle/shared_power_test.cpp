#include <algorithm>

#include "tests/oracle/race.hpp"

// What of a fleet works while a part of its power tree is out.
namespace fleetrace::test {

TEST_CASE("batches of different power share what a tree delivers, each as if all before it were one", "[power-tree]") {
  // 30 H100 of 700 W, 17 B200 of 1000 W, 11 H100, and 5 A100 elsewhere; two feeds of half the power, of which one or both go out.
  const std::vector<fleet::StrategySetup> cases = cases_of(
      "horizon: {start: 2026-01-01, length: 4 yr}\nloss: {reference: 1e24 FLOP}\ninitial_fleet:\n"
      "  - {accelerator: H100, count: 30, installed: 2025-01-01, site: a}\n"
      "  - {accelerator: B200, count: 17, installed: 2025-01-01, site: a}\n"
      "  - {accelerator: A100-80, count: 5, installed: 2025-01-01, site: b}\n"
      "  - {accelerator: H100, count: 11, installed: 2025-02-01, site: a}\n"
      "strategies: {s: {buy: none}}\noperations: {mfu: 0.4, lifetime: 10 yr, failures: {law: exponential, mtbf: 5000 h, "
      "repair: 50 h, fidelity: aggregate}}\n"
      "sites: {a: {power_tree: {feed: {capacity: 40 kW, count: 2, mtbf: 1 months, repair: 5 days}}}, b: {power: 1 MW}}\n");
  int shared = 0;
  const auto watch = [&](const fleet::World& world, const fleet::Event&) {
    const double share = world.power.share(0);
    double could = 0;
    double has = 0;
    for (const fleet::Batch& batch : world.reliability.batches()) {
      const double watts = static_cast<double>(world.inventory[batch.cohort].nameplate_milliwatt) / 1e3;
      if (batch.site == 1 || share == 1) {
        REQUIRE(batch.healthy == batch.up);
        continue;
      }
      // So many of the batch that one more would take more than the share of all up to it.
      could += static_cast<double>(batch.up) * watts;
      const double most = std::floor((could * share - has) / watts + 1e-9);
      REQUIRE(batch.healthy == std::min(batch.up, static_cast<std::int64_t>(most)));
      has += static_cast<double>(batch.healthy) * watts;
      REQUIRE(has <= could * share + 1e-6);
    }
    shared += share > 0 && share < 1 ? 1 : 0;
  };
  fleet::World world;
  fleet::Outcome outcome;
  simulate(world, cases[0], outcome, watch);
  CHECK(shared > 100);
}

}  // namespace fleetrace::test
