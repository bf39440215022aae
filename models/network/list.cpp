#include <algorithm>

#include "models/network/network_entries.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

// One line for each model, sorted by name.
constexpr const core::Entry* kEntries[] = {
    &kDragonfly, &kFatTree, &kLinkGraph, &kRailOptimised, &kTorus,
};

}  // namespace

double NetworkLaw::bandwidth(double own, double n, double replicas) const {
  const double crosses = crossing > 0 ? crossing : std::min(1.0, 2 / replicas);
  if (n <= pod) return own * std::min(1.0, within / crosses);
  if (per_accelerator > 0) return std::min(own, per_accelerator / crosses);
  const double share = falloff > 0 ? across * core::pow(std::max(1.0, accelerators / n), falloff) : across;
  return own * std::min(1.0, share / crosses);
}

std::vector<core::Parameter> with_crossing(std::vector<core::Parameter> own) {
  own.push_back({.name = "crossing",
                 .summary = "share of what an accelerator sends that has to cross the bisection: 1 at worst, 0.5 where "
                            "partners lie anywhere; rings where gradients are summed in rings laid along the network, "
                            "which cross any cut twice: 2 over the number of replicas",
                 .range = core::above_up_to(0, 1),
                 .preset = "1",
                 .source = "the worst case: an upper bound on what the network costs",
                 .choices = {"rings"}});
  return own;
}

core::Parameter oversubscription(std::string_view summary) {
  return {.name = "oversubscription", .summary = summary, .range = core::between(1, 1e6), .preset = "1"};
}

const core::Family& network_family() {
  static constexpr core::Family kFamily{.name = "network",
                                        .summary = "The network that joins accelerators to runs.",
                                        .selector = "model",
                                        .entries = kEntries,
                                        .preset = {}};
  return kFamily;
}

NetworkLaw resolve_network(const core::Spec& spec, const std::string& path, core::Diagnostics& diagnostics) {
  NetworkLaw law = static_cast<const NetworkEntry*>(spec.entry)->resolve(spec, path, diagnostics);
  law.crossing = std::holds_alternative<std::string>(spec.value("crossing").data) ? 0 : spec.number("crossing");
  return law;
}

}  // namespace fleetrace::models
