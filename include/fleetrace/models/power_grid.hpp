#pragma once

#include <cstdint>
#include <vector>

#include "fleetrace/models/power_tree.hpp"

namespace fleetrace::models {

/// A power tree whose copies go out and come back one by one, in any combination: what it delivers is that of the tree with all
/// of them out at once. A copy that is fed by one other and whose branches are its own adds min(capacity, what they take) to it,
/// kept up to date along the path to the grid; what is left, where something has several sources, is solved as a maximum flow
/// by shortest augmenting paths, with all that has the same sources as one.                    Edmonds & Karp 1972
/// Exact to a milliwatt, as deliverable_power(). A value that never changes; what changes is its State.
class PowerGrid {
 public:
  struct State {
    std::vector<std::uint8_t> out;    ///< of each copy
    std::vector<std::int64_t> below;  ///< that the branches of a copy take [milliwatt]
    std::vector<std::int64_t> joint;  ///< likewise all that has the same several sources
    std::int64_t trees = 0;           ///< what reaches the grid without a flow [milliwatt]
    std::int64_t delivers = 0;        ///< [milliwatt]
    // Scratch of the flow, so that none is allocated for.
    std::vector<std::int64_t> residual;
    std::vector<std::uint32_t> reached_by;
    std::vector<std::uint32_t> queue;
  };

  explicit PowerGrid(const std::vector<PowerElement>& elements);

  [[nodiscard]] std::size_t copies() const { return capacity_.size(); }
  /// The first copy of an element; the others follow.
  [[nodiscard]] std::size_t first(std::size_t element) const { return first_[element]; }
  /// How many nodes the flow has that is solved anew when something with several sources changes; 0 for a plain tree.
  [[nodiscard]] std::size_t flow_nodes() const { return arcs_of_.empty() ? 0 : arcs_of_.size() - 1; }

  /// Everything is up.
  void reset(State& state) const;
  /// A copy goes out, or comes back. Allocates nothing.
  void toggle(State& state, std::size_t copy) const;

 private:
  enum class Role : std::uint8_t {
    tree,
    branch,
    joint,
    flow
  };  ///< counts to the total, to its source, to a joint, in the flow
  struct Arc {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    enum class Bound : std::uint8_t { none, capacity, below, joint } bound = Bound::none;
    std::uint32_t of = 0;
  };

  [[nodiscard]] std::int64_t takes(const State& state, std::size_t copy) const;
  [[nodiscard]] std::int64_t flow(State& state) const;
  void lay_out_flow(const std::vector<std::vector<std::uint32_t>>& sources,
                    const std::vector<std::vector<std::uint32_t>>& joints);

  std::vector<std::size_t> first_;      ///< by element
  std::vector<std::int64_t> capacity_;  ///< of each copy [milliwatt]
  std::vector<std::uint8_t> is_leaf_;
  std::vector<Role> role_;
  std::vector<std::uint32_t> goes_to_;    ///< the source of a branch, the joint
  std::vector<std::uint32_t> bottom_up_;  ///< copies, what is fed before what feeds it
  std::size_t joints_ = 0;
  std::vector<Arc> arcs_;               ///< of the flow, each followed by its reverse
  std::vector<std::uint32_t> arcs_of_;  ///< where those of a node begin in leaving_; empty without a flow
  std::vector<std::uint32_t> leaving_;
};

}  // namespace fleetrace::models
