#pragma once

#include <cstdint>
#include <optional>
#include <span>

/// Networks as graphs: what flows through them, and where they are narrowest.
namespace fleetrace::models {

/// Joins two nodes, numbered from 0, and carries so much each way at once. Parallel links add up.
struct Link {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::int64_t capacity = 0;  ///< whole units, such as byte/s; all links together below 2^62
};

/// The most that can flow at once from `sources` to `sinks`, which send and take any amount (Boykov and Kolmogorov
/// 2004, IEEE Trans. PAMI 26:1124). Both are not empty and have no node in common.
[[nodiscard]] std::int64_t max_flow(std::uint32_t nodes, std::span<const Link> links,
                                    std::span<const std::uint32_t> sources, std::span<const std::uint32_t> sinks);

/// A node that no path joins with `from`, the first by number; nullopt where the graph is connected.
[[nodiscard]] std::optional<std::uint32_t> unreachable(std::uint32_t nodes, std::span<const Link> links,
                                                       std::uint32_t from);

/// Up to so many endpoints all ways to halve them are tried.
inline constexpr std::size_t kMostHalved = 12;

/// The least flow between two halves of the endpoints, which differ by one where their number is odd. Up to kMostHalved of
/// them it is exact. The minimum over all halves is NP-hard, so beyond it is the least over some: the first half of them as
/// listed, and those nearest to each of sixteen endpoints spread over the list. That is an upper bound of the bisection;
/// endpoints listed in the order of racks or coordinates make it tight, as they do for regular topologies.
/// At least two endpoints.
[[nodiscard]] std::int64_t bisection(std::uint32_t nodes, std::span<const Link> links,
                                     std::span<const std::uint32_t> endpoints);

}  // namespace fleetrace::models
