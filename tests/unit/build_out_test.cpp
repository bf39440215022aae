#include "models/site/build_out.hpp"

#include "tests/unit/spec_of.hpp"

// The critical path method against projects worked by hand and against every path through random graphs.
namespace fleetrace::test {
namespace {

using core::kDay;
using models::critical_path;
using models::CriticalPath;
using models::Task;
using models::TaskCycle;

Task task(const char* name, std::int64_t days, std::vector<std::size_t> after = {}) {
  return {name, kDay * days, std::move(after)};
}

CriticalPath path_of(const std::vector<Task>& tasks) { return std::get<CriticalPath>(critical_path(tasks)); }

/// The longest chain of durations that ends with a task, over all of them one by one.
core::Duration longest_to(const std::vector<Task>& tasks, std::size_t last) {
  core::Duration before;
  for (const std::size_t each : tasks[last].after) before = std::max(before, longest_to(tasks, each));
  return before + tasks[last].duration;
}

core::Duration longest(const std::vector<Task>& tasks) {
  core::Duration most;
  for (std::size_t i = 0; i < tasks.size(); ++i) most = std::max(most, longest_to(tasks, i));
  return most;
}

}  // namespace

TEST_CASE("critical paths of projects worked by hand", "[build-out]") {
  // A hall: permit 90, then shell 300 and transformer 700 side by side, fit-out 120 after the shell, commissioning 30 after
  // both. 90 + 700 + 30 = 820 against 90 + 300 + 120 + 30 = 540: shell and fit-out may be 280 days late.
  const CriticalPath hall = path_of({task("commissioning", 30, {2, 3}), task("permit", 90),
                                     task("transformer", 700, {1}), task("fit-out", 120, {4}),
                                     task("shell", 300, {1})});
  CHECK(hall.length == kDay * 820);
  CHECK(hall.tasks[0].start == kDay * 790);
  CHECK(hall.tasks[0].end == kDay * 820);
  CHECK(hall.tasks[3].start == kDay * 390);
  CHECK(hall.tasks[3].slack == kDay * 280);
  CHECK(hall.tasks[4].slack == kDay * 280);
  for (const std::size_t critical : {0U, 1U, 2U}) CHECK(hall.tasks[critical].critical());

  const CriticalPath one = path_of({task("all", 5)});
  CHECK(one.length == kDay * 5);
  CHECK(one.tasks[0].critical());
  // Side by side: the shorter one has the difference to spare, whatever else waits for it.
  const CriticalPath apart = path_of({task("a", 5), task("b", 8)});
  CHECK(apart.length == kDay * 8);
  CHECK(apart.tasks[0].slack == kDay * 3);
  CHECK(path_of({task("a", 0), task("b", 0, {0, 0})}).length == core::Duration{});
}

TEST_CASE("a cycle is found and told in its order", "[build-out]") {
  const auto cycle = std::get<TaskCycle>(
      critical_path({task("a", 1), task("b", 1, {0, 3}), task("c", 1, {1}), task("d", 1, {2})}));
  REQUIRE(cycle.size() == 3);
  // Each comes before the next: b, c, d in some rotation.
  for (std::size_t i = 0; i < 3; ++i) CHECK(cycle[(i + 1) % 3] == cycle[i] % 3 + 1);
  CHECK(std::get<TaskCycle>(critical_path({task("self", 1, {0})})) == TaskCycle{0});
}

TEST_CASE("critical paths of 1 000 random projects by brute force", "[build-out]") {
  Random random(1959);
  std::int64_t with_slack = 0;
  for (int i = 0; i < 1000; ++i) {
    std::vector<Task> tasks;
    const std::int64_t count = random.between(1, 9);
    // Numbered at random, so that order in the list says nothing.
    std::vector<std::size_t> place(static_cast<std::size_t>(count));
    for (std::size_t k = 0; k < place.size(); ++k) place[k] = k;
    for (std::size_t k = place.size(); k > 1; --k)
      std::swap(place[k - 1], place[static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(k) - 1))]);
    tasks.resize(place.size());
    for (std::size_t k = 0; k < place.size(); ++k) {
      tasks[place[k]] = task("t", random.between(0, 5));
      for (std::size_t j = 0; j < k; ++j) {
        if (random.uniform(0, 1) < 0.35) tasks[place[k]].after.push_back(place[j]);
      }
    }
    const CriticalPath found = path_of(tasks);
    REQUIRE(found.length == longest(tasks));
    bool any_critical = false;
    for (std::size_t k = 0; k < tasks.size(); ++k) {
      const models::TaskTimes& times = found.tasks[k];
      REQUIRE(times.end == longest_to(tasks, k));
      REQUIRE(times.start + tasks[k].duration == times.end);
      any_critical = any_critical || times.critical();
      with_slack += times.critical() ? 0 : 1;
      // Slack is what it means: so much longer changes nothing, a day more does.
      std::vector<Task> later = tasks;
      later[k].duration = later[k].duration + times.slack;
      REQUIRE(longest(later) == found.length);
      later[k].duration = later[k].duration + kDay;
      REQUIRE(longest(later) == found.length + kDay);
    }
    REQUIRE(any_critical);
  }
  CHECK(with_slack > 1000);
}

}  // namespace fleetrace::test
