#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <tuple>
#include <vector>

#include "sim/fleet/results/metrics.hpp"

namespace fleetrace::test {

/// Metrics to the last bit. What has no value is no number, which is equal to nothing, itself included; its bits are.
using MetricBits = std::array<std::uint64_t, std::tuple_size_v<fleet::Metrics>>;

inline MetricBits bits(const fleet::Metrics& metrics) { return std::bit_cast<MetricBits>(metrics); }

inline std::vector<MetricBits> bits(const std::vector<fleet::Metrics>& row) {
  std::vector<MetricBits> result(row.size());
  std::transform(row.begin(), row.end(), result.begin(), [](const fleet::Metrics& each) { return bits(each); });
  return result;
}

}  // namespace fleetrace::test
