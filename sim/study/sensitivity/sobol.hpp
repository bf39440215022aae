#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/core/random/random.hpp"

/// Random points that fill the unit cube more evenly than independent ones.
namespace fleetrace::study {

/// Sobol's sequence with the direction numbers of Joe and Kuo 2008, scrambled as Owen 1995 does: each binary digit is flipped
/// by a fair coin that depends on all digits before it.
///
/// Each point is uniform in the cube. 2^m points from a multiple of 2^m on are a net: one lies in each elementary interval. The
/// root mean square error of a mean over n = 2^m of them is O(n^-1.5 (log n)^((s - 1) / 2)) for smooth functions of s
/// variables (Owen 1997), and never much above that of n independent points. Take 2^m points from index 0 on; other numbers
/// of points are no net.
///
/// A point is a pure function of (seed, scramble, dimension, index). Points of one scramble depend on each other; different
/// scrambles are independent, so that their spread tells the error.
class SobolSequence {
 public:
  static constexpr std::size_t kMaxDimensions = 3667;
  static constexpr std::uint64_t kMaxPoints = std::uint64_t{1} << 30;

  /// Throws std::invalid_argument unless there are 1 to kMaxDimensions dimensions.
  SobolSequence(std::size_t dimensions, std::uint32_t seed, std::uint32_t scramble = 0);

  [[nodiscard]] std::size_t dimensions() const { return streams_.size(); }

  /// One coordinate of a point: an odd multiple of 2^-53, never 0 or 1. Throws std::invalid_argument unless the index is below
  /// kMaxPoints and the dimension exists.
  [[nodiscard]] double at(std::uint64_t index, std::size_t dimension) const;
  /// Writes the first coordinates of a point, as many as there is room for.
  void point(std::uint64_t index, std::span<double> coordinates) const;

 private:
  static constexpr unsigned kDigits = 30;

  std::vector<std::array<std::uint32_t, kDigits>> directions_;  ///< directions of the digits of the index, by dimension
  std::vector<core::Stream> streams_;                           ///< coins, by dimension
};

}  // namespace fleetrace::study
