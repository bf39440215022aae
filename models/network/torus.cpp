#include <algorithm>
#include <cmath>

#include "models/network/network_entries.hpp"

namespace fleetrace::models {
namespace {

constexpr double kMostNodes = 1e12;

/// How many links cut a ring of `side` nodes in two, which is also the number of links of a node in it. A ring of two
/// nodes is a single link.
double links_along(double side) { return side > 2 ? 2 : side > 1 ? 1 : 0; }

NetworkLaw resolve(const core::Spec& spec, const std::string& path, core::Diagnostics& diagnostics) {
  NetworkLaw law;
  double nodes = 1;
  double links = 0;
  double dimensions = 0;
  double longest = 1;
  for (const double side : spec.numbers("sides")) {
    nodes *= side;
    links += links_along(side);
    dimensions += side > 1 ? 1 : 0;
    longest = std::max(longest, side);
  }
  law.accelerators = nodes;
  if (nodes > kMostNodes) {
    diagnostics.add({spec.value("sides").where, path + ".sides", "the torus has more than 1e12 nodes",
                     "no fleet has so many accelerators", "Shorten its sides."});
  }
  if (longest < 2) return law;
  law.across = std::min(1.0, links_along(longest) / std::floor(longest / 2) / links);
  law.falloff = 1 / dimensions;
  return law;
}

}  // namespace

const NetworkEntry kTorus{
    core::Entry{
        .name = "torus",
        .summary =
            "A grid whose sides close to rings; an accelerator's bandwidth is shared by its links to its neighbours.",
        .parameters = with_crossing({
            {.name = "sides",
             .summary = "accelerators along each side",
             .shape = core::Shape::numbers,
             .dimension = core::Dimension::count,
             .range = core::between(1, 1e6),
             .required = true},
        }),
        .scope =
            "Halved across its longest side, which is the narrowest place. A smaller run has a block of the same proportions "
            "whose sides close as well (n to the power of -1/dimensions). The worst case, crossing: 1, is far from what a "
            "torus is built for: crossing: rings says what sums of gradients make of it.",
    },
    resolve};

}  // namespace fleetrace::models
