#pragma once

#include <limits>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"

/// The network between accelerators: how many one run can use, and the bandwidth that it leaves to each of them.
namespace fleetrace::models {

/// A network, resolved to coefficients. The bisection bandwidth of a run is the least that two halves of it can
/// exchange each way. Divided by the bandwidth of the links of one half it is the bisection share, 1 for a network
/// without bottlenecks.
///   bandwidth left to each accelerator = own min(1, bisection share / crossing)
/// where `crossing` is the share of an accelerator's traffic that crosses the bisection: 1 at worst, 1/2 for random
/// partners, 2/r for a ring through r replicas that is laid along the network, since a ring crosses any cut twice.
struct NetworkLaw {
  /// Accelerators that the network joins; no run is larger.
  double accelerators = std::numeric_limits<double>::infinity();
  double pod = 1;     ///< accelerators of a pod; a run of so many stays within one
  double within = 1;  ///< bisection share of a run within a pod
  double across = 1;  ///< bisection share of a run on the whole network
  /// Exponent: a run of n accelerators on several pods has the share across (accelerators/n)^falloff.
  double falloff = 0;
  /// Bisection bandwidth over half the accelerators [byte/s]; replaces `across` where links are stated.
  double per_accelerator = 0;
  double crossing = 1;  ///< share of traffic that crosses the bisection; 0 where rings are laid along the network

  /// Bandwidth left to each of n >= 1 accelerators in `replicas` >= 1 replicas, whose links have `own` each [byte/s].
  [[nodiscard]] double bandwidth(double own, double n, double replicas) const;
};

/// A topology. Sizes and bisections below count links of capacity 1 each way (Dally and Towles 2004, Principles and
/// Practices of Interconnection Networks).
///   fat tree   of k-port switches: k^3/4 accelerators, bisection k^3/8, divided by o where pods are oversubscribed o to 1
///              (Al-Fares et al. 2008)
///   torus      2 links for each node of a cross-section of its longest side: 2 k for k^2 nodes
///   dragonfly  with a routers a group, p terminals and h global links a router: a p (a h + 1) terminals,
///              floor(g/2) ceil(g/2) links between halves of its g = a h + 1 groups (Kim et al. 2008)
struct NetworkEntry : core::Entry {
  NetworkLaw (*resolve)(const core::Spec&, const std::string& path, core::Diagnostics&) = nullptr;
};

[[nodiscard]] const core::Family& network_family();
[[nodiscard]] NetworkLaw resolve_network(const core::Spec& spec, const std::string& path,
                                         core::Diagnostics& diagnostics);

}  // namespace fleetrace::models
