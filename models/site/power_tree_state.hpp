#pragma once

#include <cstdint>
#include <vector>

#include "models/site/power_tree.hpp"

namespace fleetrace::models {

/// The power that a power tree delivers while copies of its elements fail and come back one by one, in any combination.
/// A copy that is fed by one other copy and feeds only its own branches adds min(capacity, demand of its branches) to
/// the one that feeds it. These sums are kept up to date along the path to the grid. The rest, where a copy has several
/// sources, is solved as a maximum flow by shortest augmenting paths (Edmonds & Karp 1972), with all copies that have
/// the same sources as one node.
/// Exact to a milliwatt, as deliverable_power(). The object itself never changes; which copies are out is in its State.
class PowerTreeState {
 public:
  struct State {
    std::vector<std::uint8_t> out;    ///< whether each copy is out
    std::vector<std::int64_t> below;  ///< power that the branches of each copy can take [milliwatt]
    std::vector<std::int64_t> joint;  ///< power that all copies with the same several sources can take [milliwatt]
    std::int64_t trees = 0;           ///< power delivered by the parts of the tree without a flow [milliwatt]
    std::int64_t delivers = 0;        ///< power that the whole tree delivers [milliwatt]
    // Working memory of the flow, kept so that toggle() does not allocate.
    std::vector<std::int64_t> residual;
    std::vector<std::uint32_t> reached_by;
    std::vector<std::uint32_t> queue;
  };

  explicit PowerTreeState(const std::vector<PowerElement>& elements);

  [[nodiscard]] std::size_t copies() const { return capacity_.size(); }
  /// Index of the first copy of an element; its other copies follow.
  [[nodiscard]] std::size_t first(std::size_t element) const { return first_[element]; }
  /// Number of nodes of the flow problem that is solved anew when a copy with several sources changes; 0 for a plain tree.
  [[nodiscard]] std::size_t flow_nodes() const { return arcs_of_.empty() ? 0 : arcs_of_.size() - 1; }

  /// Sets the state in which all copies are up.
  void reset(State& state) const;
  /// Takes a copy out, or brings it back if it is out. Allocates nothing.
  void toggle(State& state, std::size_t copy) const;

 private:
  /// Where the power of a copy counts: in the total, in its source, in a joint of several sources, or in the flow.
  enum class Role : std::uint8_t { tree, branch, joint, flow };
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

  std::vector<std::size_t> first_;      ///< first copy of each element
  std::vector<std::int64_t> capacity_;  ///< capacity of each copy [milliwatt]
  std::vector<std::uint8_t> is_leaf_;
  std::vector<Role> role_;
  std::vector<std::uint32_t> goes_to_;    ///< index of the source of a branch, or of the joint
  std::vector<std::uint32_t> bottom_up_;  ///< copies in an order in which each comes before those that feed it
  std::size_t joints_ = 0;
  std::vector<Arc> arcs_;  ///< arcs of the flow, each followed by its reverse
  /// Index at which the arcs of each node begin in leaving_; empty without a flow.
  std::vector<std::uint32_t> arcs_of_;
  std::vector<std::uint32_t> leaving_;  ///< arcs that leave the nodes, node by node
};

}  // namespace fleetrace::models
