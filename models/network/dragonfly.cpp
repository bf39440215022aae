#include <algorithm>
#include <cmath>

#include "models/network/network_entries.hpp"

namespace fleetrace::models {
namespace {

NetworkLaw resolve(const core::Spec& spec, const std::string&, core::Diagnostics&) {
  const double p = spec.number("terminals");
  const double a = spec.has("routers") ? spec.number("routers") : 2 * p;
  const double h = spec.has("global_links") ? spec.number("global_links") : p;
  const double groups = a * h + 1;
  NetworkLaw law;
  law.pod = a * p;
  law.accelerators = a * p * groups;
  // Bisections of two complete graphs: that of the routers of a group, and that of the groups.
  law.within = a > 1 ? std::min(1.0, std::ceil(a / 2) / p) : 1;
  law.across = std::min(law.within, std::ceil(groups / 2) / (a * p));
  return law;
}

}  // namespace

const NetworkEntry kDragonfly{
    core::Entry{
        .name = "dragonfly",
        .summary = "Groups of routers, each joined with every other: a p (a h + 1) accelerators.",
        .parameters = with_crossing({
            {.name = "terminals",
             .summary = "accelerators of a router (p)",
             .dimension = core::Dimension::count,
             .range = core::between(1, 1e4),
             .required = true},
            {.name = "routers",
             .summary =
                 "routers of a group (a), each joined with every other; twice the terminals where it is left out",
             .dimension = core::Dimension::count,
             .range = core::between(1, 1e4)},
            {.name = "global_links",
             .summary = "links of a router to other groups (h); as many as terminals where it is left out",
             .dimension = core::Dimension::count,
             .range = core::between(1, 1e4)},
        }),
        .scope =
            "All links are as fast as an accelerator's own, and there is one between any two groups. Runs that need more than a "
            "group have the bisection of the whole network, halved between groups: with a = 2p = 2h about half of full. "
            "Detours over other groups are not counted, so a run on few groups may have more.",
    },
    resolve};

}  // namespace fleetrace::models
