#include "logarithm.hpp"

#include <array>
#include <cstddef>

#include "fleetrace/core/math.hpp"

namespace fleetrace::core {
namespace {

constexpr int kCells = 256;

/// A cell of [1, 2): the middle c of its half of it, taken twice as small from sqrt(2) on; 1/c and ln c.
struct Cell {
  double middle = 1;
  double inverse = 1;
  double logarithm = 0;
};

std::array<Cell, kCells> make_cells() {
  std::array<Cell, kCells> cells;
  for (int i = 1; i < kCells - 1; ++i) {
    const double middle = 1 + (i + 0.5) / kCells;
    const double c = i < 106 ? middle : middle / 2;
    cells[static_cast<std::size_t>(i)] = {c, 1 / c, log(c)};
  }
  return cells;
}

const std::array<Cell, kCells> kTable = make_cells();

}  // namespace

double log_of_uniform(double x) {
  constexpr int kMantissa = 52;
  constexpr std::uint64_t kOne = std::uint64_t{1023} << kMantissa;
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const auto index = static_cast<std::size_t>(bits >> (kMantissa - 8)) % kCells;
  const Cell& cell = kTable[index];
  // From sqrt(2) on, m is half of what the mantissa says, so that nothing cancels where x is just below 1.
  const std::uint64_t halved = index < 106 ? 0 : 1;
  const auto m = std::bit_cast<double>((bits & ((std::uint64_t{1} << kMantissa) - 1)) + (kOne - (halved << kMantissa)));
  const auto k = static_cast<double>(static_cast<std::int64_t>(bits >> kMantissa) - 1023 +
                                     static_cast<std::int64_t>(halved));
  const double r = (m - cell.middle) * cell.inverse;
  const double square = r * r;
  // ln(1 + r) - r; |r| < 1/256, so that the next term is below 2^-59 of the first.
  const double rest = square * (-0.5 + r * (1.0 / 3)) + square * square * (-0.25 + r * 0.2 - square * (1.0 / 6));
  return (k * kLn2 + cell.logarithm) + (r + rest);
}

}  // namespace fleetrace::core
