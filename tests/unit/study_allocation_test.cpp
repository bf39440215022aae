#include <catch2/catch.hpp>

#include "allocations.hpp"
#include "fleetrace/fleet/scenario.hpp"
#include "fleetrace/scenario/load.hpp"
#include "fleetrace/study/replications.hpp"

namespace {

using namespace fleetrace;

/// Allocations of each of the replications from 0 on, and of 0 once more at the end: where chance decides how much room a race
/// takes, a later one may take more than all before it, but none that was run before.
std::vector<std::size_t> allocations_by_replication(const study::Plan& plan, std::uint32_t replications) {
  study::Replicator worker(plan);
  std::vector<fleet::Measures> row(plan.strategies.size());
  std::vector<std::size_t> result(replications + 1);
  for (std::uint32_t i = 0; i <= replications; ++i) {
    const std::size_t before = allocations_so_far();
    worker.run(i % replications, row);
    result[i] = allocations_so_far() - before;
  }
  return result;
}

fleet::Scenario hare_and_turtle(const char* fidelity) {
  fleet::Scenario scenario = scenario::load("hare-and-turtle");
  fleet::set(scenario, "operations.failures.fidelity", fidelity);
  // A device each takes time; a tenth of the money buys enough of them.
  fleet::set(scenario, "initial_fleet.0.count", "400");
  for (const char* name : {"hare", "turtle", "heron", "lab"})
    fleet::set(scenario, "strategies." + std::string(name) + ".budget", "2e7 USD");
  fleet::set(scenario, "strategies.lab.with.progress.cost", "1e6 USD/yr");
  return scenario;
}

}  // namespace

TEST_CASE("a replication of certain inputs takes no memory after the first") {
  const char* fidelity = GENERATE("expected", "aggregate", "device");
  CAPTURE(fidelity);
  const study::Plan plan = study::Plan::of(hare_and_turtle(fidelity), 1, 0.8);
  const std::vector<std::size_t> each = allocations_by_replication(plan, 2);
  CHECK(each.front() > 100);
  CHECK(each.back() == 0);
}

TEST_CASE("nor does one that draws its inputs") {
  const study::Plan plan = study::Plan::of(scenario::load("race-under-uncertainty"), 1, 0.75);
  const std::vector<std::size_t> each = allocations_by_replication(plan, 20);
  CHECK(each.front() > 100);
  CHECK(each.back() == 0);
}
