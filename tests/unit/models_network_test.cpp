#include <algorithm>
#include <numeric>

#include "models/network/graph.hpp"
#include "models/network/network.hpp"
#include "spec_of.hpp"

// Networks: max-flow against every closed form and against all cuts of small graphs, and the laws against max-flow.
namespace fleetrace::test {
namespace {

using models::Link;

struct Graph {
  std::uint32_t nodes = 0;
  std::vector<Link> links;
  std::vector<std::uint32_t> endpoints;

  std::uint32_t node() { return nodes++; }
  std::uint32_t endpoint() { return endpoints.emplace_back(node()); }
  [[nodiscard]] std::int64_t bisection() const { return models::bisection(nodes, links, endpoints); }
  /// Between the first `count` endpoints and the rest.
  [[nodiscard]] std::int64_t flow_from_first(std::size_t count) const {
    const std::span<const std::uint32_t> all(endpoints);
    return models::max_flow(nodes, links, all.first(count), all.subspan(count));
  }
};

/// k pods of (k/2)^2 accelerators; links of accelerators and within pods carry `o`, those to the core 1.
Graph fat_tree(std::uint32_t k, std::int64_t o = 1) {
  Graph graph;
  const std::uint32_t half = k / 2;
  std::vector<std::uint32_t> core(half * half);
  for (std::uint32_t& each : core) each = graph.node();
  for (std::uint32_t pod = 0; pod < k; ++pod) {
    std::vector<std::uint32_t> above(half);
    for (std::uint32_t i = 0; i < half; ++i) {
      above[i] = graph.node();
      for (std::uint32_t j = 0; j < half; ++j) graph.links.push_back({above[i], core[i * half + j], 1});
    }
    for (std::uint32_t i = 0; i < half; ++i) {
      const std::uint32_t edge = graph.node();
      for (const std::uint32_t each : above) graph.links.push_back({edge, each, o});
      for (std::uint32_t j = 0; j < half; ++j) graph.links.push_back({graph.endpoint(), edge, o});
    }
  }
  return graph;
}

Graph torus(const std::vector<std::uint32_t>& sides) {
  Graph graph;
  const std::uint32_t nodes = std::accumulate(sides.begin(), sides.end(), 1U, std::multiplies<>());
  for (std::uint32_t i = 0; i < nodes; ++i) graph.endpoint();
  for (std::uint32_t i = 0; i < nodes; ++i) {
    std::uint32_t stride = nodes;
    for (const std::uint32_t side : sides) {
      stride /= side;
      const std::uint32_t at = i / stride % side;
      if (side > 2 || (side == 2 && at == 0)) graph.links.push_back({i, i - at * stride + (at + 1) % side * stride, 1});
    }
  }
  return graph;
}

Graph hypercube(std::uint32_t dimensions) { return torus(std::vector<std::uint32_t>(dimensions, 2)); }

Graph complete(std::uint32_t n) {
  Graph graph;
  for (std::uint32_t i = 0; i < n; ++i) {
    graph.endpoint();
    for (std::uint32_t j = 0; j < i; ++j) graph.links.push_back({i, j, 1});
  }
  return graph;
}

/// Groups in order; the link of groups i and j is at router (j - i - 1) / h of group i.
Graph dragonfly(std::uint32_t a, std::uint32_t p, std::uint32_t h) {
  Graph graph;
  const std::uint32_t groups = a * h + 1;
  std::vector<std::uint32_t> routers(groups * a);
  for (std::uint32_t& router : routers) {
    router = graph.node();
    for (std::uint32_t i = 0; i < p; ++i) graph.links.push_back({graph.endpoint(), router, 1});
  }
  for (std::uint32_t g = 0; g < groups; ++g) {
    for (std::uint32_t i = 0; i < a; ++i) {
      for (std::uint32_t j = 0; j < i; ++j) graph.links.push_back({routers[g * a + i], routers[g * a + j], 1});
    }
    for (std::uint32_t other = g + 1; other < groups; ++other) {
      const std::uint32_t there = (other - g - 1) / h;
      const std::uint32_t back = (g + groups - other - 1) / h;
      graph.links.push_back({routers[g * a + there], routers[other * a + back], 1});
    }
  }
  return graph;
}

/// The least cut that halves the endpoints, over every way to put every node on one of two sides.
std::int64_t by_all_cuts(const Graph& graph) {
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  for (std::uint32_t sides = 0; sides < (1U << graph.nodes); ++sides) {
    const auto ones = static_cast<std::size_t>(std::count_if(
        graph.endpoints.begin(), graph.endpoints.end(), [&](std::uint32_t node) { return (sides >> node & 1U) != 0; }));
    if (ones != graph.endpoints.size() / 2) continue;
    std::int64_t cut = 0;
    for (const Link& link : graph.links) cut += ((sides >> link.a ^ sides >> link.b) & 1U) != 0 ? link.capacity : 0;
    least = std::min(least, cut);
  }
  return least;
}

models::NetworkLaw law(const std::string& model, const std::vector<std::pair<std::string, std::string>>& written,
                       const std::vector<double>& sides = {}) {
  core::Spec spec = spec_of(*models::network_family().find(model), written);
  if (!sides.empty()) spec.value("sides").data = sides;
  core::Diagnostics diagnostics;
  const models::NetworkLaw result = models::resolve_network(spec, "network", diagnostics);
  CHECK(findings(diagnostics).empty());
  return result;
}

/// Of `n` accelerators, each with a link of 1, of which half exchange `flow`.
double share(std::int64_t flow, std::size_t n) {
  return static_cast<double>(flow) / std::floor(static_cast<double>(n) / 2);
}

}  // namespace

TEST_CASE("max-flow meets the closed forms of bisections") {
  for (const std::uint32_t k : {2U, 4U, 6U, 8U}) CHECK(fat_tree(k).bisection() == k * k * k / 8);
  for (const std::uint32_t n : {1U, 2U, 3U, 4U, 6U, 8U}) CHECK(hypercube(n).bisection() == 1U << (n - 1));
  for (const std::uint32_t k : {3U, 4U, 6U, 8U, 10U}) {
    if (k % 2 == 0) CHECK(torus({k, k}).bisection() == 2 * k);
    CHECK(torus({2 * k, k}).bisection() == 2 * k);
  }
  CHECK(torus({6, 4, 4}).bisection() == 2 * 16);
  for (const std::uint32_t n : {2U, 4U, 5U, 10U, 20U}) CHECK(complete(n).bisection() == n / 2 * ((n + 1) / 2));
  // Oversubscribed o to 1, halves exchange 1/o of what their links carry.
  for (const std::int64_t o : {1, 2, 7}) {
    const Graph tree = fat_tree(8, o);
    CHECK(tree.flow_from_first(64) == 64);
    CHECK(share(tree.flow_from_first(64), 128) / static_cast<double>(o) == Approx(1 / static_cast<double>(o)));
  }
}

TEST_CASE("a chain by hand: flow is what the narrowest link carries, and parallel links add up") {
  const std::vector<Link> links{{0, 1, 5}, {1, 2, 3}, {1, 2, 1}, {2, 3, 7}};
  const std::vector<std::uint32_t> first{0};
  const std::vector<std::uint32_t> last{3};
  CHECK(models::max_flow(4, links, first, last) == 4);
  CHECK(models::max_flow(4, links, last, first) == 4);
  const std::vector<std::uint32_t> all{0, 1, 2, 3};
  CHECK(models::bisection(4, links, all) == 4);
  CHECK_FALSE(models::unreachable(4, links, 2));
  CHECK(models::unreachable(5, links, 0) == 4U);
  CHECK(models::max_flow(5, links, first, std::vector<std::uint32_t>{4}) == 0);
  // Up to the largest capacities that a scenario can state.
  const std::vector<Link> wide(2'000, {0, 1, 1'000'000'000'000'000});
  CHECK(models::max_flow(2, wide, first, std::vector<std::uint32_t>{1}) == 2'000'000'000'000'000'000);
}

TEST_CASE("the bisection of small graphs is the least of all cuts, and that of larger ones no less") {
  Random random(6);
  for (int i = 0; i < 150; ++i) {
    Graph graph;
    const std::int64_t nodes = random.between(2, 9);
    const std::int64_t switches = i % 3 == 0 ? 0 : random.between(0, 4);
    for (std::int64_t j = 0; j < nodes; ++j) graph.endpoint();
    for (std::int64_t j = 0; j < switches; ++j) graph.node();
    const std::int64_t links = random.between(1, 25);
    for (std::int64_t j = 0; j < links; ++j) {
      const auto a = static_cast<std::uint32_t>(random.between(0, graph.nodes - 1));
      const auto b = static_cast<std::uint32_t>(random.between(0, graph.nodes - 1));
      if (a != b) graph.links.push_back({a, b, random.between(1, 10)});
    }
    INFO("graph " << i);
    CHECK(graph.bisection() == by_all_cuts(graph));
  }
  // Beyond kMostHalved it may be above the least cut, never below.
  for (int i = 0; i < 8; ++i) {
    Graph graph;
    for (int j = 0; j < 14; ++j) graph.endpoint();
    for (std::uint32_t j = 1; j < 14; ++j)
      graph.links.push_back({j, static_cast<std::uint32_t>(random.between(0, j - 1)), random.between(1, 10)});
    for (int j = 0; j < 10; ++j) {
      const auto a = static_cast<std::uint32_t>(random.between(1, 13));
      graph.links.push_back({a, a - 1, random.between(1, 10)});
    }
    CHECK(graph.bisection() >= by_all_cuts(graph));
  }
}

TEST_CASE("a fat tree keeps all bandwidth within a pod and 1/o of it beyond") {
  const models::NetworkLaw tree = law("fat_tree", {{"ports", "8"}, {"oversubscription", "7"}});
  CHECK(tree.accelerators == 128);
  CHECK(tree.pod == 16);
  CHECK(tree.bandwidth(50e9, 16, 1) == 50e9);
  CHECK(tree.bandwidth(50e9, 17, 1) == Approx(50e9 / 7).epsilon(1e-15));
  CHECK(tree.bandwidth(50e9, 128, 1) == Approx(50e9 * share(fat_tree(8, 7).flow_from_first(64), 128) / 7));
  CHECK(law("fat_tree", {}).accelerators == 65'536);  // 64^3/4
  CHECK(law("fat_tree", {{"pods", "24"}}).accelerators == 24 * 1'024);
  // A run whose partners lie anywhere sends half of it across.
  CHECK(law("fat_tree", {{"oversubscription", "7"}, {"crossing", "0.5"}}).bandwidth(7, 65'536, 1) == Approx(2));
  // Rings laid along the network cross twice, whatever their length.
  const models::NetworkLaw rings = law("fat_tree", {{"oversubscription", "7"}, {"crossing", "rings"}});
  CHECK(rings.bandwidth(7, 65'536, 512) == 7);
  CHECK(rings.bandwidth(7, 65'536, 7) == Approx(3.5));
  CHECK(rings.bandwidth(7, 65'536, 1) == 1);
}

TEST_CASE("rails: units of full bisection, 1/o between them") {
  const models::NetworkLaw rails = law("rail_optimised", {{"units", "16"}, {"oversubscription", "2"}});
  CHECK(rails.accelerators == 4'096);
  CHECK(rails.pod == 256);
  CHECK(rails.bandwidth(50e9, 256, 1) == 50e9);
  CHECK(rails.bandwidth(50e9, 4'096, 1) == 25e9);
}

TEST_CASE("a dragonfly has a p (a h + 1) accelerators, and about half of full bisection where it is balanced") {
  for (const std::uint32_t p : {1U, 2U}) {
    const models::NetworkLaw balanced = law("dragonfly", {{"terminals", std::to_string(p)}});
    const Graph graph = dragonfly(2 * p, p, p);
    const std::uint32_t groups = 2 * p * p + 1;
    CHECK(balanced.accelerators == static_cast<double>(graph.endpoints.size()));
    CHECK(balanced.accelerators == 2 * p * p * groups);
    const std::uint32_t first = groups / 2 * 2 * p * p;
    const std::int64_t flow = graph.flow_from_first(first);
    CHECK(flow == groups / 2 * ((groups + 1) / 2));
    CHECK(balanced.bandwidth(1, balanced.accelerators, 1) == Approx(static_cast<double>(flow) / first));
    CHECK(balanced.bandwidth(1, balanced.pod, 1) == 1);
  }
  CHECK(law("dragonfly", {{"terminals", "8"}}).bandwidth(1, 16'512, 1) == Approx(65.0 / 128));
  // Few routers: the complete graph within a group is narrower than its accelerators' links.
  CHECK(law("dragonfly", {{"terminals", "8"}, {"routers", "4"}}).bandwidth(1, 32, 1) == Approx(0.25));
}

TEST_CASE("a torus shares an accelerator's bandwidth among its links, and smaller runs have blocks of its shape") {
  const std::vector<std::vector<std::uint32_t>> shapes{{4, 4}, {8, 8}, {4, 4, 4}, {6, 4, 2}, {2, 2, 2}, {8}, {4, 1, 4}};
  for (const auto& sides : shapes) {
    const models::NetworkLaw grid = law("torus", {}, {sides.begin(), sides.end()});
    const Graph graph = torus(sides);
    CHECK(grid.accelerators == graph.nodes);
    const double links = 2.0 * static_cast<double>(graph.links.size()) / graph.nodes;
    const double expected = std::min(1.0, share(graph.flow_from_first(graph.nodes / 2), graph.nodes) / links);
    CHECK(grid.bandwidth(1, graph.nodes, 1) == Approx(expected).epsilon(1e-14));
  }
  const models::NetworkLaw cube = law("torus", {}, {16, 16, 16});
  CHECK(cube.bandwidth(1, 512, 1) == Approx(law("torus", {}, {8, 8, 8}).bandwidth(1, 512, 1)).epsilon(1e-14));
  CHECK(law("torus", {}, {1}).bandwidth(3, 1, 1) == 3);
}

TEST_CASE("no network gives more than an accelerator's own bandwidth, nor more to larger runs or where more crosses") {
  Random random(7);
  for (int i = 0; i < 300; ++i) {
    const std::string crossing = std::to_string(random.uniform(0.01, 1));
    const std::string o = std::to_string(random.uniform(1, 10));
    const std::vector<models::NetworkLaw> laws{
        law("fat_tree",
            {{"ports", std::to_string(2 * random.between(1, 40))}, {"oversubscription", o}, {"crossing", crossing}}),
        law("rail_optimised",
            {{"units", std::to_string(random.between(1, 99))}, {"oversubscription", o}, {"crossing", crossing}}),
        law("dragonfly", {{"terminals", std::to_string(random.between(1, 20))},
                          {"routers", std::to_string(random.between(1, 40))},
                          {"crossing", crossing}}),
        law("torus", {{"crossing", crossing}},
            {static_cast<double>(random.between(1, 30)), static_cast<double>(random.between(1, 30))})};
    for (models::NetworkLaw each : laws) {
      const double n = std::max(1.0, each.accelerators * random.uniform(0, 1));
      const double left = each.bandwidth(2, n, 1);
      CHECK((left > 0 && left <= 2));
      CHECK(each.bandwidth(2, std::min(2 * n, each.accelerators), 1) <= left);
      each.crossing = std::min(1.0, each.crossing * 1.5);
      CHECK(each.bandwidth(2, n, 1) <= left);
    }
  }
}

}  // namespace fleetrace::test
