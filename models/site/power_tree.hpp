#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// The distribution of power from the grid to the racks.
namespace fleetrace::models {

/// A number of identical feeds, transformers, halls, rows or racks. Where both an element and its source have several
/// copies, they are paired in order: of 2 feeds for 10 rows, the first one feeds the first five rows.
struct PowerElement {
  std::string name;
  double capacity = 0;            ///< capacity of each copy [W], above 0
  std::int64_t count = 1;         ///< number of copies
  std::vector<std::size_t> from;  ///< elements that feed it, redundantly if there are several; empty for the grid
};

/// The most power that elements which feed no others (such as racks) can draw at once [W]: the maximum flow from the
/// grid through all elements, each bounded by its capacity.                     Ford & Fulkerson 1956
/// Exact to a milliwatt for capacities that sum to less than 4e15 W. Elements must not feed each other in a circle.
/// PowerTreeState (power_tree_state.hpp) gives the power while some copies are out.
[[nodiscard]] double deliverable_power(const std::vector<PowerElement>& elements);

}  // namespace fleetrace::models
