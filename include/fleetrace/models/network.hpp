#pragma once

#include <limits>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"

/// The network that joins accelerators: how many one run can have, and what it leaves of the bandwidth of their own links.
namespace fleetrace::models {

/// A network, resolved to coefficients. Its bisection bandwidth is the least that halves of a run can exchange each way. Over
/// the links of one half it is the bisection share: 1 for a network that is never in the way.
///   bandwidth left to each accelerator = own min(1, bisection share / crossing)
/// where `crossing` is the share of what an accelerator sends that has to cross the bisection: 1 at worst, 1/2 where partners
/// lie anywhere, 2/r for a ring through r replicas laid along the network, which crosses any cut twice.
struct NetworkLaw {
  double accelerators = std::numeric_limits<double>::infinity();  ///< that it joins: no run is larger
  double pod = 1;                                                 ///< a run of so many stays within a pod
  double within = 1;                                              ///< bisection share of a run within a pod
  double across = 1;                                              ///< of a run on the whole network
  double falloff = 0;  ///< a run of n on more than a pod has across (accelerators/n)^falloff
  double per_accelerator =
      0;                ///< where links are stated, instead of `across`: bisection over half the accelerators [byte/s]
  double crossing = 1;  ///< 0 where rings are laid along the network

  /// Bandwidth left to each of n accelerators in `replicas` replicas that have `own` each [byte/s]; n >= 1, replicas >= 1.
  [[nodiscard]] double bandwidth(double own, double n, double replicas) const;
};

/// Dally and Towles 2004, Principles and Practices of Interconnection Networks; each link has capacity 1 each way.
///   fat tree of k-port switches (Al-Fares et al. 2008): k^3/4 accelerators, bisection k^3/8, over o where pods are
///   oversubscribed o to 1; torus: 2 links a node of its longest side's cross-section, k^2 nodes: 2k;
///   dragonfly of a routers a group, p terminals and h global links a router (Kim et al. 2008): a p (a h + 1) terminals,
///   floor(g/2) ceil(g/2) links between halves of its g = a h + 1 groups.
struct NetworkEntry : core::Entry {
  NetworkLaw (*resolve)(const core::Spec&, const std::string& path, core::Diagnostics&) = nullptr;
};

[[nodiscard]] const core::Family& network_family();
[[nodiscard]] NetworkLaw resolve_network(const core::Spec& spec, const std::string& path,
                                         core::Diagnostics& diagnostics);

}  // namespace fleetrace::models
