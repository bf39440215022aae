#include <algorithm>

#include "sim/scenario/resolve/resolve_sites.hpp"

namespace fleetrace::scenario {
namespace {

using core::Diagnostics;
using core::Spec;

constexpr std::size_t kMostTasks = 10'000;

std::vector<models::Task> tasks_of(const Spec& spec, const std::string& path, Diagnostics& diagnostics) {
  const std::vector<Spec>& specs = spec.sections("tasks");
  std::vector<std::string_view> names;
  names.reserve(specs.size());
  for (const Spec& each : specs) names.emplace_back(each.name);
  std::vector<models::Task> tasks;
  for (const Spec& each : specs) {
    models::Task task{each.name, each.duration("duration"), {}};
    if (each.has("after")) {
      for (const std::string& name : each.texts("after")) {
        const auto known = std::find(names.begin(), names.end(), name);
        if (known != names.end()) {
          task.after.push_back(static_cast<std::size_t>(known - names.begin()));
          continue;
        }
        diagnostics.add({each.value("after").where, path + ".tasks." + each.name + ".after",
                         "there is no task \"" + core::printable(name) + '"', "a task waits for tasks of its project",
                         core::suggest(name, names)});
      }
    }
    tasks.push_back(std::move(task));
  }
  return tasks;
}

}  // namespace

std::optional<fleet::Project> resolve_project(const Spec& spec, const std::string& path, const fleet::Horizon& horizon,
                                              Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.size();
  fleet::Project project;
  project.name = spec.name;
  project.start = spec.has("start") ? spec.instant("start", horizon.start) : horizon.start;
  if (const std::size_t count = spec.sections("tasks").size(); count == 0 || count > kMostTasks) {
    diagnostics.add({spec.value("tasks").where, path + ".tasks",
                     count == 0 ? "it has no tasks" : "it has more than 10 000 tasks",
                     count == 0 ? "it would be there at once" : "more are not planned",
                     count == 0 ? "State one, such as build: {duration: 21 months}." : "Join some of them."});
    return std::nullopt;
  }
  project.tasks = tasks_of(spec, path, diagnostics);
  if (diagnostics.size() > before) return std::nullopt;
  auto found = models::critical_path(project.tasks);
  if (const auto* cycle = std::get_if<models::TaskCycle>(&found)) {
    // "a waits for b, b for a"
    std::string circle;
    for (std::size_t i = cycle->size(); i-- > 0;) {
      const std::size_t previous = (*cycle)[(i + cycle->size() - 1) % cycle->size()];
      circle += (circle.empty() ? "" : ", ") + core::printable(project.tasks[(*cycle)[i]].name) +
                (circle.empty() ? " waits for " : " for ") + core::printable(project.tasks[previous].name);
    }
    const Spec& last = spec.sections("tasks")[cycle->back()];
    diagnostics.add({last.value("after").where, path + ".tasks." + last.name + ".after",
                     "tasks wait for each other in a circle", circle, "Take one of these out."});
    return std::nullopt;
  }
  project.path = std::get<models::CriticalPath>(std::move(found));
  project.opens = core::saturating_add(project.start, project.path.length);
  return project;
}

}  // namespace fleetrace::scenario
