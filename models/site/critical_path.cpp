#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/depth_first_search.hpp>

#include "models/site/build_out.hpp"

namespace fleetrace::models {
namespace {

/// The graph of tasks: an edge leads from a task to each task that waits for it.
using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

/// Records the order in which the search finishes tasks, and the first cycle.
class Walk : public boost::default_dfs_visitor {
 public:
  Walk(std::vector<std::size_t>& finished, std::vector<std::size_t>& parent, TaskCycle& cycle)
      : finished_(&finished), parent_(&parent), cycle_(&cycle) {}

  void tree_edge(Graph::edge_descriptor edge, const Graph& graph) {
    (*parent_)[boost::target(edge, graph)] = boost::source(edge, graph);
  }
  void back_edge(Graph::edge_descriptor edge, const Graph& graph) {
    if (!cycle_->empty()) return;
    const std::size_t first = boost::target(edge, graph);
    for (std::size_t task = boost::source(edge, graph); task != first; task = (*parent_)[task]) cycle_->push_back(task);
    cycle_->push_back(first);
    std::reverse(cycle_->begin(), cycle_->end());
  }
  void finish_vertex(std::size_t task, const Graph&) { finished_->push_back(task); }

 private:
  std::vector<std::size_t>* finished_;
  std::vector<std::size_t>* parent_;
  TaskCycle* cycle_;
};

}  // namespace

std::variant<CriticalPath, TaskCycle> critical_path(const std::vector<Task>& tasks) {
  Graph graph(tasks.size());
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    for (const std::size_t before : tasks[i].after) boost::add_edge(before, i, graph);
  }
  std::vector<std::size_t> finished;
  std::vector<std::size_t> parent(tasks.size());
  TaskCycle cycle;
  std::vector<boost::default_color_type> colors(tasks.size());
  boost::depth_first_search(graph, Walk(finished, parent, cycle),
                            boost::make_iterator_property_map(colors.begin(), boost::get(boost::vertex_index, graph)));
  if (!cycle.empty()) return cycle;

  CriticalPath path;
  path.tasks.resize(tasks.size());
  // Tasks that wait for a task finish before it in the search, so the reverse order is forwards in time.
  const std::vector<std::size_t> order(finished.rbegin(), finished.rend());
  for (const std::size_t task : order) {
    TaskTimes& times = path.tasks[task];
    for (const std::size_t before : tasks[task].after) times.start = std::max(times.start, path.tasks[before].end);
    times.end = times.start + tasks[task].duration;
    path.length = std::max(path.length, times.end);
  }
  // Backwards in time, the tasks that wait for a task determine its latest end.
  std::vector<core::Duration> latest(tasks.size(), path.length);
  for (const std::size_t task : finished) {
    path.tasks[task].slack = latest[task] - path.tasks[task].end;
    const core::Duration start = latest[task] - tasks[task].duration;
    for (const std::size_t before : tasks[task].after) latest[before] = std::min(latest[before], start);
  }
  return path;
}

}  // namespace fleetrace::models
