#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/boykov_kolmogorov_max_flow.hpp>
#include <vector>

#include "models/network/graph.hpp"

namespace fleetrace::models {
namespace {

constexpr std::size_t kMostSeeds = 16;

using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
using FlowGraph = boost::adjacency_list<
    boost::vecS, boost::vecS, boost::directedS, boost::no_property,
    boost::property<boost::edge_capacity_t, std::int64_t,
                    boost::property<boost::edge_residual_capacity_t, std::int64_t,
                                    boost::property<boost::edge_reverse_t, Traits::edge_descriptor>>>>;

/// Joins two nodes by two arcs, each the reverse of the other.
void join(FlowGraph& graph, std::uint32_t a, std::uint32_t b, std::int64_t there, std::int64_t back) {
  const auto forward = boost::add_edge(a, b, graph).first;
  const auto backward = boost::add_edge(b, a, graph).first;
  boost::put(boost::edge_capacity, graph, forward, there);
  boost::put(boost::edge_capacity, graph, backward, back);
  boost::put(boost::edge_reverse, graph, forward, backward);
  boost::put(boost::edge_reverse, graph, backward, forward);
}

std::vector<std::vector<std::uint32_t>> neighbours(std::uint32_t nodes, std::span<const Link> links) {
  std::vector<std::vector<std::uint32_t>> result(nodes);
  for (const Link& link : links) {
    if (link.capacity == 0) continue;
    result[link.a].push_back(link.b);
    result[link.b].push_back(link.a);
  }
  return result;
}

/// The nodes that can be reached from `from`, nearest first, and among equals in the order in which links were stated.
std::vector<std::uint32_t> by_distance(const std::vector<std::vector<std::uint32_t>>& next, std::uint32_t from) {
  std::vector<std::uint32_t> order{from};
  std::vector<bool> seen(next.size());
  seen[from] = true;
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (const std::uint32_t node : next[order[i]]) {
      if (seen[node]) continue;
      seen[node] = true;
      order.push_back(node);
    }
  }
  return order;
}

/// The least flow between the halves that were considered so far.
class Halves {
 public:
  Halves(std::uint32_t nodes, std::span<const Link> links) : nodes_(nodes), links_(links) {}

  void consider(std::span<const std::uint32_t> one, std::span<const std::uint32_t> other) {
    const std::int64_t flow = max_flow(nodes_, links_, one, other);
    least_ = least_ < 0 ? flow : std::min(least_, flow);
  }
  /// Considers the first half of a list and its rest.
  void consider(const std::vector<std::uint32_t>& order) {
    const std::span<const std::uint32_t> all(order);
    consider(all.first(order.size() / 2), all.subspan(order.size() / 2));
  }
  [[nodiscard]] std::int64_t least() const { return least_; }

 private:
  std::uint32_t nodes_;
  std::span<const Link> links_;
  std::int64_t least_ = -1;
};

void consider_all(Halves& halves, std::span<const std::uint32_t> endpoints) {
  std::vector<char> is_one(endpoints.size());
  std::fill_n(is_one.begin(), endpoints.size() / 2, char{1});
  // If the halves have equal size, the first endpoint always stays in `one`, so that no pair is tried twice.
  const bool is_even = endpoints.size() % 2 == 0;
  do {
    std::vector<std::uint32_t> one;
    std::vector<std::uint32_t> other;
    for (std::size_t i = 0; i < endpoints.size(); ++i) (is_one[i] != 0 ? one : other).push_back(endpoints[i]);
    halves.consider(one, other);
  } while (std::prev_permutation(is_one.begin() + (is_even ? 1 : 0), is_one.end()));
}

}  // namespace

std::int64_t max_flow(std::uint32_t nodes, std::span<const Link> links, std::span<const std::uint32_t> sources,
                      std::span<const std::uint32_t> sinks) {
  FlowGraph graph(nodes + 2);
  // Sources and sinks are bounded by the capacity of their links and not unlimited, so that sums stay in range.
  std::vector<std::int64_t> carried(nodes);
  for (const Link& link : links) {
    join(graph, link.a, link.b, link.capacity, link.capacity);
    carried[link.a] += link.capacity;
    carried[link.b] += link.capacity;
  }
  for (const std::uint32_t node : sources) join(graph, nodes, node, carried[node], 0);
  for (const std::uint32_t node : sinks) join(graph, node, nodes + 1, carried[node], 0);
  std::vector<boost::default_color_type> colours(nodes + 2);
  std::vector<std::size_t> distances(nodes + 2);
  std::vector<Traits::edge_descriptor> predecessors(nodes + 2);
  return boost::boykov_kolmogorov_max_flow(graph, boost::get(boost::edge_capacity, graph),
                                           boost::get(boost::edge_residual_capacity, graph),
                                           boost::get(boost::edge_reverse, graph), predecessors.data(), colours.data(),
                                           distances.data(), boost::get(boost::vertex_index, graph), nodes, nodes + 1);
}

std::optional<std::uint32_t> unreachable(std::uint32_t nodes, std::span<const Link> links, std::uint32_t from) {
  std::vector<bool> seen(nodes);
  for (const std::uint32_t node : by_distance(neighbours(nodes, links), from)) seen[node] = true;
  const auto missing = std::find(seen.begin(), seen.end(), false);
  if (missing == seen.end()) return std::nullopt;
  return static_cast<std::uint32_t>(missing - seen.begin());
}

std::int64_t bisection(std::uint32_t nodes, std::span<const Link> links, std::span<const std::uint32_t> endpoints) {
  Halves halves(nodes, links);
  if (endpoints.size() <= kMostHalved) {
    consider_all(halves, endpoints);
    return halves.least();
  }
  halves.consider({endpoints.begin(), endpoints.end()});
  std::vector<bool> is_endpoint(nodes);
  for (const std::uint32_t node : endpoints) is_endpoint[node] = true;
  const auto next = neighbours(nodes, links);
  const std::size_t seeds = std::min(kMostSeeds, endpoints.size());
  for (std::size_t i = 0; i < seeds; ++i) {
    std::vector<std::uint32_t> order = by_distance(next, endpoints[i * endpoints.size() / seeds]);
    order.erase(std::remove_if(order.begin(), order.end(), [&](std::uint32_t node) { return !is_endpoint[node]; }),
                order.end());
    if (order.size() == endpoints.size()) halves.consider(order);
  }
  return halves.least();
}

}  // namespace fleetrace::models
