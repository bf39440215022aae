#include <cmath>

#include "models/network/network_entries.hpp"

namespace fleetrace::models {
namespace {

NetworkLaw resolve(const core::Spec& spec, const std::string& path, core::Diagnostics& diagnostics) {
  NetworkLaw law;
  const double ports = spec.number("ports");
  if (std::fmod(ports, 2) != 0) {
    diagnostics.add({spec.value("ports").where, path + ".ports", "a fat tree has switches with an even number of ports",
                     "half of them lead up", "State an even number, such as ports: 64."});
  }
  law.pod = ports * ports / 4;
  const double pods = spec.has("pods") ? spec.number("pods") : ports;
  if (pods > ports) {
    diagnostics.add({spec.value("pods").where, path + ".pods", "there are more pods than ports on a switch",
                     "each core switch has one port for each pod", "Lower them, or state more ports."});
  }
  law.accelerators = law.pod * pods;
  law.across = 1 / spec.number("oversubscription");
  return law;
}

}  // namespace

const NetworkEntry kFatTree{
    core::Entry{
        .name = "fat_tree",
        .summary =
            "Three layers of switches with k ports: pods of k^2/4 accelerators, k^3/4 in all, bisection k^3/8 links.",
        .parameters = with_crossing({
            {.name = "ports",
             .summary = "of a switch",
             .dimension = core::Dimension::count,
             .range = core::between(2, 1e4),
             .preset = "64",
             .source = "Llama Team 2024, The Llama 3 Herd of Models; 64 ports of 400 Gb/s are one 25.6 Tb/s switch",
             .verified = false},
            {.name = "pods",
             .summary = "how many are built; as many as a switch has ports where it is left out",
             .dimension = core::Dimension::count,
             .range = core::between(1, 1e4)},
            oversubscription("bandwidth of a pod's accelerators over that of its links to the core"),
        }),
        .scope =
            "Switches and links are alike, and routing spreads flows evenly. Within a pod nothing is oversubscribed; a run "
            "on more than one pod has 1/oversubscription of full bisection, however it is placed.",
    },
    resolve};

}  // namespace fleetrace::models
