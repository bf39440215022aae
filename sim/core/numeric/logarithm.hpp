#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "sim/core/numeric/math.hpp"

/// The logarithm behind exponential variates: four times as fast as core::log, with the same bits on every CPU. It stands
/// in a header so that a draw is inlined into its caller.
namespace fleetrace::core {

namespace detail {
inline constexpr int kLogarithmCells = 256;

/// One of 256 equal cells of [1, 2), the range of mantissas. From the cell of sqrt(2) on, mantissas count as half their
/// value and exponents as one more, so that nothing cancels where x is just below 1.
struct LogarithmCell {
  double middle = 1;
  double inverse = 1;    ///< 1 / middle
  double logarithm = 0;  ///< ln middle, or ln(middle / 2) where mantissas are halved
  double halved = 0;     ///< 1 where mantissas are halved, else 0
};
extern const std::array<LogarithmCell, kLogarithmCells> kLogarithmTable;
}  // namespace detail

/// ln x for 0 < x <= 1 and not below 2^-53, to 2 ulp.
///
///   x = 2^k m, m in [0.707, 1.414);  ln x = k ln 2 + ln c + ln(1 + (m - c)/c)
/// with c the middle of the cell in which m lies, one of 256; in the two cells next to 1, where m - 1 is exact, c = 1.
[[nodiscard, gnu::always_inline]] inline double log_of_uniform(double x) {
  constexpr int kMantissa = 52;
  constexpr std::uint64_t kOne = std::uint64_t{1023} << kMantissa;
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const auto index = static_cast<std::size_t>(bits >> (kMantissa - 8)) % detail::kLogarithmCells;
  const detail::LogarithmCell& cell = detail::kLogarithmTable[index];
  const auto m = std::bit_cast<double>((bits & ((std::uint64_t{1} << kMantissa) - 1)) | kOne);
  const double k = static_cast<double>(static_cast<std::int64_t>(bits >> kMantissa) - 1023) + cell.halved;
  const double r = (m - cell.middle) * cell.inverse;
  const double square = r * r;
  // The series of ln(1 + r) - r. Since |r| < 1/256, the first term left out is below 2^-59 of ln(1 + r).
  const double rest = square * (-0.5 + r * (1.0 / 3)) + square * square * (-0.25 + r * 0.2 - square * (1.0 / 6));
  return (k * kLn2 + cell.logarithm) + (r + rest);
}

}  // namespace fleetrace::core
