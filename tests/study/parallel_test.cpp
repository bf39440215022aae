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

}  // namespace

TEST_CASE("a parallel loop runs every item once, whatever the number of jobs", "[parallel]") {
  for (const int jobs : kJobs) {
    for (const std::size_t count : {0U, 1U, 7U, 500U}) {
      CAPTURE(jobs, count);
      std::vector<std::uint64_t> results(count);
      std::vector<int> times(count);
      CHECK(study::run_items(count, jobs, kGoOn, [&](std::size_t, std::size_t item) {
        results[item] = worked(item);
        ++times[item];
      }));
      for (std::size_t i = 0; i < count; ++i) {
        REQUIRE(results[i] == worked(i));
        REQUIRE(times[i] == 1);
      }
    }
  }
}

TEST_CASE("0 jobs stand for every core, other numbers for themselves", "[parallel]") {
  CHECK(study::worker_count(0) >= 1);
  CHECK(study::worker_count(0) <= std::max(1U, std::thread::hardware_concurrency()));
  CHECK(study::worker_count(1) == 1);
  CHECK(study::worker_count(37) == 37);
}

TEST_CASE("a worker keeps its state from one of its items to the next, and none is made without items", "[parallel]") {
  for (const int jobs : kJobs) {
    for (const std::size_t count : {0U, 2U, 1000U}) {
      CAPTURE(jobs, count);
      std::mutex mutex;
      std::set<const Tally*> workers;
      std::size_t made = 0;
      std::vector<std::size_t> position(count);  // of an item among those of its worker
      CHECK(study::parallel_loop(
          count, jobs, kGoOn,
          [&] {
            const std::lock_guard lock(mutex);
            ++made;
            return Tally{};
          },
          [&](Tally& worker, std::size_t item) {
            position[item] = ++worker.items;
            (void)worked(item);
            const std::lock_guard lock(mutex);
            workers.insert(&worker);
          }));
      CHECK(made == workers.size());
      CHECK(made <= std::min(count, study::worker_count(jobs)));
      // Every worker counted without a gap, so that the firsts of the counts are as many as the workers.
      CHECK(static_cast<std::size_t>(std::count(position.begin(), position.end(), 1U)) == made);
      if (jobs == 1) {
        for (std::size_t i = 0; i < count; ++i) REQUIRE(position[i] == i + 1);
      }
    }
  }
}

TEST_CASE("two items of the same worker never run at the same time", "[parallel]") {
  std::vector<std::atomic<bool>> busy(8);
  std::atomic<bool> overlapped = false;
  CHECK(study::run_items(2000, 8, kGoOn, [&](std::size_t worker, std::size_t item) {
    if (busy.at(worker).exchange(true)) overlapped = true;
    (void)worked(item);
    busy[worker] = false;
  }));
  CHECK_FALSE(overlapped);
}

TEST_CASE("a loop that is stopped has run the first items and no others", "[parallel]") {
  for (const int jobs : kJobs) {
    CAPTURE(jobs);
    constexpr std::size_t kCount = 100'000;
    std::atomic<bool> stop = false;
    std::vector<std::uint8_t> done(kCount);
    CHECK_FALSE(study::run_items(kCount, jobs, stop, [&](std::size_t, std::size_t item) {
      (void)worked(item);
      done[item] = 1;
      if (item == 50) stop = true;
    }));
    const auto first_missing = std::find(done.begin(), done.end(), 0);
    CHECK(first_missing - done.begin() > 50);
    CHECK(std::find(first_missing, done.end(), 1) == done.end());
    if (jobs == 1) CHECK(first_missing - done.begin() == 51);
  }
  const std::atomic<bool> stopped = true;
  CHECK_FALSE(study::run_items(3, 2, stopped, [](std::size_t, std::size_t) { FAIL("nothing may begin"); }));
  CHECK(study::run_items(0, 2, stopped, [](std::size_t, std::size_t) {}));
}

TEST_CASE("a stop during the last item leaves nothing undone", "[parallel]") {
  std::atomic<bool> stop = false;
  CHECK(study::run_items(10, 1, stop, [&](std::size_t, std::size_t item) { stop = item == 9; }));
}

TEST_CASE("of several exceptions that of the smallest item is thrown, and smaller items are finished", "[parallel]") {
  for (const int jobs : kJobs) {
    CAPTURE(jobs);
    for (int repeat = 0; repeat < 20; ++repeat) {
      std::vector<std::uint8_t> done(400);
      std::string said;
      try {
        (void)study::run_items(done.size(), jobs, kGoOn, [&](std::size_t, std::size_t item) {
          // The smallest that fails takes longest to do so.
          if (item == 57) (void)worked(item);
          if (item == 57 || item == 58 || item == 60 || item > 200) throw std::runtime_error(std::to_string(item));
          done[item] = 1;
        });
      } catch (const std::runtime_error& error) {
        said = error.what();
      }
      REQUIRE(said == "57");
      REQUIRE(std::all_of(done.begin(), done.begin() + 57, [](std::uint8_t each) { return each == 1; }));
    }
  }
}

TEST_CASE("what making a worker throws counts for the item that it was made for", "[parallel]") {
  for (const int jobs : kJobs) {
    CHECK_THROWS_AS(
        study::parallel_loop(
            5, jobs, kGoOn, []() -> Tally { throw std::invalid_argument("none"); }, [](Tally&, std::size_t) {}),
        std::invalid_argument);
  }
}

TEST_CASE("anything may be thrown", "[parallel]") {
  CHECK_THROWS_AS(study::run_items(3, 2, kGoOn, [](std::size_t, std::size_t item) { throw static_cast<int>(item); }),
                  int);
}

TEST_CASE("finished items are counted one at a time", "[parallel]") {
  std::vector<std::size_t> counts;
  study::DoneCounter done([&](std::size_t count) { counts.push_back(count); });
  CHECK(study::run_items(300, 4, kGoOn, [&](std::size_t, std::size_t) { done.add(); }));
  std::vector<std::size_t> expected(300);
  std::iota(expected.begin(), expected.end(), std::size_t{1});
  CHECK(counts == expected);
  study::DoneCounter silent({});
  silent.add();
}

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
