#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// How power gets from the grid to the racks.
namespace fleetrace::models {

/// Identical feeds, transformers, halls, rows or racks. Where an element and what feeds it have several copies, they stand side by
/// side in order: of 2 feeds for 10 rows the first feeds the first five.
struct PowerElement {
  std::string name;
  double capacity = 0;            ///< of each copy [W], above 0
  std::int64_t count = 1;         ///< copies
  std::vector<std::size_t> from;  ///< what feeds it; the grid where it is empty. Several are redundant
};

/// The most that what feeds nothing else (racks, say) can draw at once [W], by max-flow from the grid through all elements, each
/// bounded by its capacity.                     Ford & Fulkerson 1956
/// Exact to a milliwatt for capacities that sum to less than 4e15 W. Elements must not feed each other in a circle. With copies
/// that are out: power_grid.hpp.
[[nodiscard]] double deliverable_power(const std::vector<PowerElement>& elements);

}  // namespace fleetrace::models
