#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "sim/fleet/results/metrics.hpp"

namespace fleetrace::test {

/// Metrics to the last bit. What has no value is no number, which is equal to nothing, itself included; its bits are.
inline std::array<std::uint64_t, fleet::kMetrics> bits(const fleet::Metrics& metrics) {
  return std::bit_cast<std::array<std::uint64_t, fleet::kMetrics>>(metrics);
}

inline std::vector<std::array<std::uint64_t, fleet::kMetrics>> bits(const std::vector<fleet::Metrics>& row) {
  std::vector<std::array<std::uint64_t, fleet::kMetrics>> result(row.size());
  std::transform(row.begin(), row.end(), result.begin(), [](const fleet::Metrics& each) { return bits(each); });
  return result;
}

}  // namespace fleetrace::test
