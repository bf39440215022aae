#include "models/network/network_entries.hpp"

namespace fleetrace::models {
namespace {

NetworkLaw resolve(const core::Spec& spec, const std::string&, core::Diagnostics&) {
  NetworkLaw law;
  law.pod = spec.number("rails") * spec.number("nodes");
  law.accelerators = law.pod * spec.number("units");
  law.across = 1 / spec.number("oversubscription");
  return law;
}

}  // namespace

const NetworkEntry kRailOptimised{
    core::Entry{
        .name = "rail_optimised",
        .summary =
            "Units in which accelerators of the same place in their node share a leaf switch (a rail), joined by spines.",
        .parameters = with_crossing({
            {.name = "rails",
             .summary = "accelerators of a node, each on a rail of its own",
             .dimension = core::Dimension::count,
             .range = core::between(1, 1e6),
             .preset = "8",
             .source = "NVIDIA, DGX SuperPOD reference architecture (H100): 8 accelerators a node"},
            {.name = "nodes",
             .summary = "nodes of a unit: so many that one leaf switch a rail takes them",
             .dimension = core::Dimension::count,
             .range = core::between(1, 1e6),
             .preset = "32",
             .source = "NVIDIA, DGX SuperPOD reference architecture (H100): 32 nodes a scalable unit",
             .verified = false},
            {.name = "units",
             .summary = "how many units there are",
             .dimension = core::Dimension::count,
             .range = core::between(1, 1e6),
             .preset = "4",
             .source = "NVIDIA, DGX SuperPOD reference architecture (H100): up to 4 scalable units with two layers",
             .verified = false},
            oversubscription("bandwidth of a unit's accelerators over that of its links to the spines"),
        }),
        .scope =
            "Within a unit every rail has full bisection, and what changes rails does so inside a node, whose links are taken "
            "as no limit. A run on more than one unit has 1/oversubscription of full bisection.",
    },
    resolve};

}  // namespace fleetrace::models
