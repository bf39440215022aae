#include <catch2/catch.hpp>

#include "allocations.hpp"
#include "sim/reader/load.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/study/parallel.hpp"
#include "sim/study/replications.hpp"

namespace {

using namespace fleetrace;

/// Allocations of each of the replications from 0 on, and of 0 once more at the end: where chance decides how much room a race
/// takes, a later one may take more than all before it, but none that was run before.
std::vector<std::size_t> allocations_by_replication(const study::StudyDesign& design, std::uint32_t replications) {
  study::Replicator worker(design);
  std::vector<fleet::Metrics> row(design.strategies.size());
  std::vector<std::size_t> result(replications + 1);
  for (std::uint32_t i = 0; i <= replications; ++i) {
    const std::size_t before = allocations_so_far();
    worker.run(i % replications, row);
    result[i] = allocations_so_far() - before;
  }
  return result;
}

scenario::Scenario hare_and_turtle(const char* fidelity) {
  scenario::Scenario scenario = reader::load("hare-and-turtle");
  scenario::set(scenario, "operations.failures.fidelity", fidelity);
  // A device each takes time; a tenth of the money buys enough of them.
  scenario::set(scenario, "initial_fleet.0.count", "400");
  for (const char* name : {"hare", "turtle", "heron", "lab"})
    scenario::set(scenario, "strategies." + std::string(name) + ".budget", "2e7 USD");
  scenario::set(scenario, "strategies.lab.with.progress.cost", "1e6 USD/yr");
  return scenario;
}

}  // namespace

TEST_CASE("a replication of certain inputs takes no memory after the first") {
  const char* fidelity = GENERATE("expected", "aggregate", "device");
  CAPTURE(fidelity);
  const study::StudyDesign design = study::StudyDesign::of(hare_and_turtle(fidelity), 1, 0.8);
  const std::vector<std::size_t> each = allocations_by_replication(design, 2);
  CHECK(each.front() > 100);
  CHECK(each.back() == 0);
}

TEST_CASE("nor does one that draws its inputs") {
  const study::StudyDesign design = study::StudyDesign::of(reader::load("race-under-uncertainty"), 1, 0.75);
  const std::vector<std::size_t> each = allocations_by_replication(design, 20);
  CHECK(each.front() > 100);
  CHECK(each.back() == 0);
}

TEST_CASE("a parallel loop takes no memory for an item") {
  const std::atomic<bool> go_on = false;
  const auto allocations_of = [&](std::size_t items) {
    std::vector<double> results(items);
    const std::size_t before = allocations_so_far();
    CHECK(study::parallel_loop(
        items, 1, go_on, [] { return std::vector<double>(10); },
        [&](std::vector<double>& memory, std::size_t i) { results[i] = memory[i % 10]; }));
    return allocations_so_far() - before;
  };
  (void)allocations_of(1);
  CHECK(allocations_of(100'000) == allocations_of(1));
}
