#include "models/site/power_tree.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/push_relabel_max_flow.hpp>
#include <cmath>

namespace fleetrace::models {
namespace {

using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
using Residual = boost::property<boost::edge_residual_capacity_t, std::int64_t,
                                 boost::property<boost::edge_reverse_t, Traits::edge_descriptor>>;
using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property,
                                    boost::property<boost::edge_capacity_t, std::int64_t, Residual>>;

/// The flow network of a power tree, in which each copy of an element is two nodes with its capacity between them.
class Network {
 public:
  explicit Network(const std::vector<PowerElement>& elements) : elements_(elements) {
    std::size_t nodes = 2;
    for (const PowerElement& each : elements) {
      first_.push_back(nodes);
      nodes += 2 * static_cast<std::size_t>(each.count);
    }
    graph_ = Graph(nodes);
  }

  std::int64_t flow() {
    std::vector<bool> feeds(elements_.size());
    for (std::size_t i = 0; i < elements_.size(); ++i) {
      for (std::int64_t copy = 0; copy < elements_[i].count; ++copy) {
        add(in(i, copy), out(i, copy), milliwatt(i));
        if (elements_[i].from.empty()) add(kGrid, in(i, copy), milliwatt(i));
      }
      for (const std::size_t parent : elements_[i].from) {
        feeds[parent] = true;
        join(parent, i);
      }
    }
    for (std::size_t i = 0; i < elements_.size(); ++i) {
      for (std::int64_t copy = 0; copy < elements_[i].count && !feeds[i]; ++copy)
        add(out(i, copy), kLoad, milliwatt(i));
    }
    return boost::push_relabel_max_flow(graph_, kGrid, kLoad);
  }

 private:
  static constexpr std::size_t kGrid = 0;
  static constexpr std::size_t kLoad = 1;

  [[nodiscard]] std::int64_t milliwatt(std::size_t i) const { return std::llround(elements_[i].capacity * 1e3); }
  [[nodiscard]] std::size_t in(std::size_t i, std::int64_t copy) const {
    return first_[i] + 2 * static_cast<std::size_t>(copy);
  }
  [[nodiscard]] std::size_t out(std::size_t i, std::int64_t copy) const { return in(i, copy) + 1; }

  /// Joins copy i of m of the parent with copy j of n of the child where [i/m, (i+1)/m) and [j/n, (j+1)/n) overlap.
  void join(std::size_t parent, std::size_t child) {
    const std::int64_t m = elements_[parent].count;
    const std::int64_t n = elements_[child].count;
    for (std::int64_t j = 0; j < n; ++j) {
      for (std::int64_t i = j * m / n; i < m && i * n < (j + 1) * m; ++i)
        add(out(parent, i), in(child, j), std::min(milliwatt(parent), milliwatt(child)));
    }
  }

  void add(std::size_t from, std::size_t to, std::int64_t capacity) {
    const auto edge = boost::add_edge(from, to, graph_).first;
    const auto back = boost::add_edge(to, from, graph_).first;
    boost::put(boost::edge_capacity, graph_, edge, capacity);
    boost::put(boost::edge_reverse, graph_, edge, back);
    boost::put(boost::edge_reverse, graph_, back, edge);
  }

  const std::vector<PowerElement>& elements_;
  std::vector<std::size_t> first_;
  Graph graph_;
};

}  // namespace

double deliverable_power(const std::vector<PowerElement>& elements) {
  return static_cast<double>(Network(elements).flow()) / 1e3;
}

}  // namespace fleetrace::models
