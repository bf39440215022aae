#pragma once

#include <cstdint>
#include <optional>
#include <span>

/// Networks as graphs: the maximum flow and the bisection bandwidth.
namespace fleetrace::models {

/// A link between two nodes, which are numbered from 0. It carries `capacity` each way at once; parallel links add up.
struct Link {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::int64_t capacity = 0;  ///< in whole units, such as byte/s; the sum over all links is below 2^62
};

/// The maximum flow from `sources` to `sinks`, which send and take any amount (Boykov and Kolmogorov 2004, IEEE Trans.
/// PAMI 26:1124). Both lists are not empty and have no node in common.
[[nodiscard]] std::int64_t max_flow(std::uint32_t nodes, std::span<const Link> links,
                                    std::span<const std::uint32_t> sources, std::span<const std::uint32_t> sinks);

/// The lowest node without a path to `from`; nullopt where the graph is connected.
[[nodiscard]] std::optional<std::uint32_t> unreachable(std::uint32_t nodes, std::span<const Link> links,
                                                       std::uint32_t from);

/// Highest number of endpoints for which bisection() tries all ways to halve them.
inline constexpr std::size_t kMostHalved = 12;

/// The bisection: the least flow between two halves of the endpoints, which differ by one where their number is odd.
/// There must be at least two endpoints.
/// Up to kMostHalved endpoints it is exact. The minimum over all halves is NP-hard, so for more endpoints it is the
/// least over some halves: the first half as listed, and the half nearest to each of sixteen endpoints spread over the
/// list. That is an upper bound of the bisection. It is tight for regular topologies whose endpoints are listed in the
/// order of racks or coordinates.
[[nodiscard]] std::int64_t bisection(std::uint32_t nodes, std::span<const Link> links,
                                     std::span<const std::uint32_t> endpoints);

}  // namespace fleetrace::models
