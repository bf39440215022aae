#include "sim/core/numeric/logarithm.hpp"

namespace fleetrace::core::detail {
namespace {

/// Index of the cell that contains sqrt(2).
constexpr int kFirstHalved = 106;

std::array<LogarithmCell, kLogarithmCells> make_cells() {
  std::array<LogarithmCell, kLogarithmCells> cells;
  for (int i = 1; i < kLogarithmCells - 1; ++i) {
    const double middle = 1 + (i + 0.5) / kLogarithmCells;
    const double halved = i < kFirstHalved ? 0 : 1;
    cells[static_cast<std::size_t>(i)] = {middle, 1 / middle, log(halved == 0 ? middle : middle / 2), halved};
  }
  cells.back() = {2, 0.5, 0, 1};
  return cells;
}

}  // namespace

const std::array<LogarithmCell, kLogarithmCells> kLogarithmTable = make_cells();

}  // namespace fleetrace::core::detail
