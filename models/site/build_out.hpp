#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "fleetrace/core/time.hpp"

/// The build-out of a site: tasks that wait for each other, and how long all of them take.
namespace fleetrace::models {

/// One task of a project. It begins when all tasks in `after` have ended.
struct Task {
  std::string name;
  core::Duration duration;         ///< at least 0
  std::vector<std::size_t> after;  ///< indices of other tasks
};

/// When a task begins and ends at the earliest, counted from the start of the project.
struct TaskTimes {
  core::Duration start;
  core::Duration end;
  core::Duration slack;  ///< by how much it may end later without delaying the project
  [[nodiscard]] bool critical() const { return slack == core::Duration{}; }
};

/// The critical path method.                                                    Kelley & Walker 1959, Critical-path planning
///   start(i) = max over j in after(i) of end(j), 0 without any;   end(i) = start(i) + duration(i)
///   length   = max end;   slack(i) = length - end(i) - (longest chain of durations behind i)
/// Whole milliseconds, so that the slack of a critical task is exactly 0.
struct CriticalPath {
  core::Duration length;         ///< from the start of the project to the end of its last task
  std::vector<TaskTimes> tasks;  ///< in the order of the tasks
};

/// Indices of tasks that wait for each other in a circle: each for the one before it, the first for the last.
using TaskCycle = std::vector<std::size_t>;

/// The times of all tasks, or a cycle because of which the project never ends. Indices in `after` must exist.
[[nodiscard]] std::variant<CriticalPath, TaskCycle> critical_path(const std::vector<Task>& tasks);

}  // namespace fleetrace::models
