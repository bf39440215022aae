#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "fleetrace/core/random.hpp"

/// Points that fill the unit cube more evenly than random ones, and still at random.
namespace fleetrace::study {

/// Sobol's sequence with the direction numbers of Joe and Kuo 2008, scrambled as Owen 1995 does: each binary digit is flipped
/// by a fair coin of its own for everything before it. Each point is uniform in the cube; 2^m points from a multiple of 2^m
/// are a net, one in each elementary interval; the root mean square error of a mean over n = 2^m of them is
/// O(n^-1.5 (log n)^((s - 1) / 2)) for smooth functions of s variables (Owen 1997), and never much above that of n random ones.
///
/// Any point of any sequence at any time: they are pure functions of (seed, scramble, dimension, index). Different scrambles
/// are independent, so their spread tells the error; points of one scramble are not independent.
/// Take a power of two of points, from 0: other numbers lose the net.
class SobolSequence {
 public:
  static constexpr std::size_t kMaxDimensions = 3667;
  static constexpr std::uint64_t kMaxPoints = std::uint64_t{1} << 30;

  /// 1 to kMaxDimensions, else std::invalid_argument.
  SobolSequence(std::size_t dimensions, std::uint32_t seed, std::uint32_t scramble = 0);

  [[nodiscard]] std::size_t dimensions() const { return streams_.size(); }

  /// One coordinate of the point of that index, below kMaxPoints: an odd multiple of 2^-53, never 0 or 1.
  /// Throws std::invalid_argument.
  [[nodiscard]] double at(std::uint64_t index, std::size_t dimension) const;
  /// All coordinates of a point, or the first few.
  void point(std::uint64_t index, std::span<double> coordinates) const;

 private:
  static constexpr unsigned kDigits = 30;

  std::vector<std::array<std::uint32_t, kDigits>> directions_;  ///< of each digit of the index, by dimension
  std::vector<core::Stream> streams_;                           ///< coins, by dimension
};

}  // namespace fleetrace::study
