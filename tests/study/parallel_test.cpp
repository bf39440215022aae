#include "sim/study/parallel.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdint>
#include <numeric>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "sim/fleet/stopping.hpp"
#include "sim/fleet/world.hpp"
#include "sim/reader/load.hpp"
#include "sim/scenario/resolve/resolve.hpp"

namespace {

using namespace fleetrace;

const std::atomic<bool> kGoOn = false;

constexpr std::array<int, 5> kJobs = {1, 2, 3, 8, 0};

/// Some arithmetic, so that threads overlap.
std::uint64_t worked(std::size_t item) {
  std::uint64_t value = item;
  for (int i = 0; i < 2000; ++i) value = value * 6364136223846793005U + 1442695040888963407U;
  return value;
}

/// A worker that counts the items it was given.
struct Tally {
  std::size_t items = 0;
};

TEST_CASE("A race that is under way ends when the loop is stopped, and was not run") {
  const fleet::StrategySetup setup = scenario::resolve(reader::load("hare-and-turtle")).front();
  for (const int jobs : kJobs) {
    INFO(jobs << " jobs");
    std::atomic<bool> stop = false;
    std::atomic<int> ended = 0;
    const bool all = study::run_items(3, jobs, stop, [&](std::size_t, std::size_t) {
      // Whoever watches the race stands in for Ctrl-C in its midst.
      (void)fleet::simulate(setup, [&](const fleet::World&, const fleet::Event&) { stop = true; });
      ++ended;
    });
    CHECK_FALSE(all);
    CHECK(ended == 0);
  }
  // Outside of such a loop nothing stops a race.
  CHECK_FALSE(fleet::race_stop());
  CHECK(fleet::simulate(setup).events > 0);
}

}  // namespace
