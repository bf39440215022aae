#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "models/network/graph.hpp"
#include "models/network/network_entries.hpp"

namespace fleetrace::models {
namespace {

using core::Dimension;
using core::Shape;

// A limit because each draw of a study computes the bisection anew.
constexpr std::size_t kMostLinks = 2'000;

const core::Entry kLink{
    .name = "link",
    .summary = "One link between two nodes, as fast each way.",
    .parameters =
        {
            {.name = "from", .summary = "a node's name", .shape = Shape::text, .required = true},
            {.name = "to", .summary = "the name of the node at the other end", .shape = Shape::text, .required = true},
            {.name = "bandwidth",
             .summary = "what the link carries each way",
             .dimension = Dimension::bandwidth,
             .range = core::above_up_to(0, 1e15),
             .required = true},
        },
};
constexpr const core::Entry* kLinkEntries[] = {&kLink};
constexpr core::Family kLinks{
    .name = "links", .summary = "Links between nodes.", .selector = {}, .entries = kLinkEntries, .preset = {}};

/// The graph of a list of links, with nodes numbered in the order in which they appear.
class Graph {
 public:
  std::uint32_t number(const std::string& name) {
    const auto [found, is_new] = numbers_.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
    if (is_new) names_.push_back(name);
    return found->second;
  }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

  std::vector<Link> links;

 private:
  std::map<std::string, std::uint32_t> numbers_;
  std::vector<std::string> names_;
};

Graph graph_of(const core::Spec& spec, const std::string& path, core::Diagnostics& diagnostics) {
  Graph graph;
  const std::vector<core::Spec>& rows = spec.sections("links");
  if (rows.size() > kMostLinks) {
    diagnostics.add({spec.value("links").where, path + ".links", "there are more than 2 000 links",
                     "the network is halved anew with each draw of a study",
                     "Join what is alike, such as the accelerators of a rack, to one node."});
    return graph;
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string& from = rows[i].text("from");
    const std::string& to = rows[i].text("to");
    if (from == to) {
      diagnostics.add({rows[i].where, path + ".links." + std::to_string(i),
                       "it joins \"" + core::printable(from) + "\" with itself", "nothing would flow through it",
                       "Name another node, or remove it."});
      continue;
    }
    const std::uint32_t a = graph.number(from);
    graph.links.push_back({a, graph.number(to), std::llround(rows[i].number("bandwidth"))});
  }
  return graph;
}

NetworkLaw resolve(const core::Spec& spec, const std::string& path, core::Diagnostics& diagnostics) {
  NetworkLaw law;
  const std::size_t before = diagnostics.size();
  const Graph graph = graph_of(spec, path, diagnostics);
  if (diagnostics.size() > before) return law;
  const std::string prefix = spec.has("endpoints") ? spec.text("endpoints") : "";
  std::vector<std::uint32_t> endpoints;
  for (std::uint32_t i = 0; i < graph.names().size(); ++i) {
    if (graph.names()[i].compare(0, prefix.size(), prefix) == 0) endpoints.push_back(i);
  }
  if (endpoints.size() < 2) {
    diagnostics.add({spec.has("endpoints") ? spec.value("endpoints").where : spec.where, path + ".endpoints",
                     endpoints.empty() ? "no node's name begins with \"" + core::printable(prefix) + '"'
                                       : "only \"" + core::printable(graph.names()[endpoints[0]]) + "\" is an endpoint",
                     "a network joins at least two groups of accelerators", "Name what their names begin with."});
    return law;
  }
  const auto nodes = static_cast<std::uint32_t>(graph.names().size());
  if (const auto apart = unreachable(nodes, graph.links, endpoints.front())) {
    diagnostics.add({spec.value("links").where, path + ".links", "the network is not connected",
                     "no path joins \"" + core::printable(graph.names()[*apart]) + "\" with \"" +
                         core::printable(graph.names()[endpoints.front()]) + '"',
                     "Add the link that is missing, or leave the node out."});
    return law;
  }
  law.pod = spec.number("accelerators");
  law.accelerators = law.pod * static_cast<double>(endpoints.size());
  const std::int64_t narrowest = bisection(nodes, graph.links, endpoints);
  law.per_accelerator = static_cast<double>(narrowest) /
                        (std::floor(static_cast<double>(endpoints.size()) / 2) * law.pod);
  return law;
}

}  // namespace

const NetworkEntry kLinkGraph{
    core::Entry{
        .name = "graph",
        .summary = "Any network, link by link, inline or from a CSV file; its bisection by max-flow.",
        .parameters = with_crossing({
            {.name = "links",
             .summary =
                 "a list of {from, to, bandwidth}, or the name of a CSV file with the columns from, to and bandwidth_gb/s",
             .shape = Shape::list,
             .required = true,
             .family = &kLinks},
            {.name = "endpoints",
             .summary =
                 "nodes whose names begin so are groups of accelerators, the others switches; all nodes are groups "
                 "where it is left out",
             .shape = Shape::text},
            {.name = "accelerators",
             .summary = "of each group; its own links are no limit within it",
             .dimension = Dimension::count,
             .range = core::between(1, 1e9),
             .preset = "1"},
        }),
        .scope =
            "Halved between groups: exactly up to twelve of them, beyond that by the narrowest of seventeen ways, one of them "
            "the order in which they are listed, so that the true bisection may be less. A run on more than one group has the "
            "bisection of the whole network, over its accelerators.",
    },
    resolve};

}  // namespace fleetrace::models
