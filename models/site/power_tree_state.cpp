#include "models/site/power_tree_state.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace fleetrace::models {
namespace {

constexpr std::uint32_t kGrid = 0;
constexpr std::uint32_t kLoad = 1;
constexpr std::uint32_t kUnreached = 0xFFFF'FFFF;

/// The elements in an order in which each comes after all elements that it feeds.
std::vector<std::size_t> bottom_up(const std::vector<PowerElement>& elements) {
  std::vector<std::size_t> fed(elements.size());
  for (const PowerElement& each : elements) {
    for (const std::size_t parent : each.from) ++fed[parent];
  }
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (fed[i] == 0) order.push_back(i);
  }
  for (std::size_t next = 0; next < order.size(); ++next) {
    for (const std::size_t parent : elements[order[next]].from) {
      if (--fed[parent] == 0) order.push_back(parent);
    }
  }
  return order;
}

}  // namespace

PowerTreeState::PowerTreeState(const std::vector<PowerElement>& elements) {
  for (const PowerElement& each : elements) {
    first_.push_back(capacity_.size());
    capacity_.insert(capacity_.end(), static_cast<std::size_t>(each.count), std::llround(each.capacity * 1e3));
  }
  // Copy i of m feeds copy j of n where [i/m, (i+1)/m) and [j/n, (j+1)/n) overlap.
  std::vector<std::vector<std::uint32_t>> sources(copies());
  std::vector<std::uint8_t> has_flow_below(copies());
  is_leaf_.assign(copies(), 1);
  for (std::size_t e = 0; e < elements.size(); ++e) {
    const std::int64_t n = elements[e].count;
    for (const std::size_t parent : elements[e].from) {
      const std::int64_t m = elements[parent].count;
      for (std::int64_t j = 0; j < n; ++j) {
        for (std::int64_t i = j * m / n; i < m && i * n < (j + 1) * m; ++i) {
          const std::size_t source = first_[parent] + static_cast<std::size_t>(i);
          sources[first_[e] + static_cast<std::size_t>(j)].push_back(static_cast<std::uint32_t>(source));
          is_leaf_[source] = 0;
        }
      }
    }
  }
  role_.assign(copies(), Role::tree);
  goes_to_.assign(copies(), 0);
  std::map<std::vector<std::uint32_t>, std::uint32_t> known;
  std::vector<std::vector<std::uint32_t>> joints;
  for (const std::size_t e : bottom_up(elements)) {
    for (std::size_t copy = first_[e]; copy < first_[e] + static_cast<std::size_t>(elements[e].count); ++copy) {
      bottom_up_.push_back(static_cast<std::uint32_t>(copy));
      const bool is_alone = has_flow_below[copy] == 0 && sources[copy].size() <= 1;
      if (is_alone && !sources[copy].empty()) {
        role_[copy] = Role::branch;
        goes_to_[copy] = sources[copy].front();
      } else if (!is_alone && has_flow_below[copy] == 0) {
        role_[copy] = Role::joint;
        std::sort(sources[copy].begin(), sources[copy].end());
        const auto [place, is_new] = known.emplace(sources[copy], static_cast<std::uint32_t>(joints.size()));
        if (is_new) joints.push_back(sources[copy]);
        goes_to_[copy] = place->second;
      } else if (!is_alone) {
        role_[copy] = Role::flow;
      }
      if (role_[copy] == Role::joint || role_[copy] == Role::flow) {
        for (const std::uint32_t source : sources[copy]) has_flow_below[source] = 1;
      }
    }
  }
  joints_ = joints.size();
  if (joints_ > 0) lay_out_flow(sources, joints);
}

void PowerTreeState::lay_out_flow(const std::vector<std::vector<std::uint32_t>>& sources,
                                  const std::vector<std::vector<std::uint32_t>>& joints) {
  std::vector<std::uint32_t> node(copies());
  std::uint32_t nodes = 2;
  for (std::size_t copy = 0; copy < copies(); ++copy) {
    if (role_[copy] != Role::flow) continue;
    node[copy] = nodes;
    nodes += 2;
  }
  const auto join = [this](std::uint32_t from, std::uint32_t to, Arc::Bound bound, std::size_t of) {
    arcs_.push_back({from, to, bound, static_cast<std::uint32_t>(of)});
    arcs_.push_back({to, from, Arc::Bound::none, 0});
  };
  for (std::size_t copy = 0; copy < copies(); ++copy) {
    if (role_[copy] != Role::flow) continue;
    if (sources[copy].empty()) join(kGrid, node[copy], Arc::Bound::none, 0);
    for (const std::uint32_t source : sources[copy]) join(node[source] + 1, node[copy], Arc::Bound::none, 0);
    join(node[copy], node[copy] + 1, Arc::Bound::capacity, copy);
    join(node[copy] + 1, kLoad, Arc::Bound::below, copy);
  }
  for (std::size_t joint = 0; joint < joints.size(); ++joint) {
    for (const std::uint32_t source : joints[joint]) join(node[source] + 1, nodes, Arc::Bound::none, 0);
    join(nodes++, kLoad, Arc::Bound::joint, joint);
  }
  arcs_of_.assign(nodes + 1, 0);
  for (const Arc& arc : arcs_) ++arcs_of_[arc.from + 1];
  for (std::size_t i = 0; i < nodes; ++i) arcs_of_[i + 1] += arcs_of_[i];
  leaving_.resize(arcs_.size());
  std::vector<std::uint32_t> next(arcs_of_.begin(), arcs_of_.end() - 1);
  for (std::size_t i = 0; i < arcs_.size(); ++i) leaving_[next[arcs_[i].from]++] = static_cast<std::uint32_t>(i);
}

void PowerTreeState::reset(State& state) const {
  state.out.assign(copies(), 0);
  state.below.assign(copies(), 0);
  state.joint.assign(joints_, 0);
  state.trees = 0;
  state.residual.resize(arcs_.size());
  state.reached_by.resize(flow_nodes());
  state.queue.resize(flow_nodes());
  for (const std::uint32_t copy : bottom_up_) {
    switch (role_[copy]) {
      case Role::tree: state.trees += takes(state, copy); break;
      case Role::branch: state.below[goes_to_[copy]] += takes(state, copy); break;
      case Role::joint: state.joint[goes_to_[copy]] += takes(state, copy); break;
      case Role::flow: break;
    }
  }
  state.delivers = state.trees + flow(state);
}

std::int64_t PowerTreeState::takes(const State& state, std::size_t copy) const {
  if (state.out[copy] != 0) return 0;
  return is_leaf_[copy] != 0 ? capacity_[copy] : std::min(capacity_[copy], state.below[copy]);
}

void PowerTreeState::toggle(State& state, std::size_t copy) const {
  std::int64_t before = takes(state, copy);
  state.out[copy] ^= 1;
  while (role_[copy] == Role::branch) {
    const std::int64_t change = takes(state, copy) - before;
    if (change == 0) return;
    const std::uint32_t source = goes_to_[copy];
    before = takes(state, source);
    state.below[source] += change;
    copy = source;
  }
  if (role_[copy] == Role::tree) state.trees += takes(state, copy) - before;
  if (role_[copy] == Role::joint) state.joint[goes_to_[copy]] += takes(state, copy) - before;
  state.delivers = state.trees + flow(state);
}

std::int64_t PowerTreeState::flow(State& state) const {
  for (std::size_t i = 0; i < arcs_.size(); i += 2) {
    const Arc& arc = arcs_[i];
    std::int64_t bound = std::numeric_limits<std::int64_t>::max() / 4;
    if (arc.bound == Arc::Bound::capacity) bound = state.out[arc.of] != 0 ? 0 : capacity_[arc.of];
    if (arc.bound == Arc::Bound::below) bound = state.below[arc.of];
    if (arc.bound == Arc::Bound::joint) bound = state.joint[arc.of];
    state.residual[i] = bound;
    state.residual[i + 1] = 0;
  }
  std::int64_t total = 0;
  while (!arcs_.empty()) {
    std::fill(state.reached_by.begin(), state.reached_by.end(), kUnreached);
    state.reached_by[kGrid] = 0;
    std::size_t queued = 0;
    state.queue[queued++] = kGrid;
    for (std::size_t head = 0; head < queued && state.reached_by[kLoad] == kUnreached; ++head) {
      const std::uint32_t node = state.queue[head];
      for (std::uint32_t k = arcs_of_[node]; k < arcs_of_[node + 1]; ++k) {
        const Arc& arc = arcs_[leaving_[k]];
        if (state.residual[leaving_[k]] == 0 || state.reached_by[arc.to] != kUnreached) continue;
        state.reached_by[arc.to] = leaving_[k];
        state.queue[queued++] = arc.to;
      }
    }
    if (state.reached_by[kLoad] == kUnreached) break;
    std::int64_t more = std::numeric_limits<std::int64_t>::max();
    for (std::uint32_t node = kLoad; node != kGrid; node = arcs_[state.reached_by[node]].from)
      more = std::min(more, state.residual[state.reached_by[node]]);
    for (std::uint32_t node = kLoad; node != kGrid; node = arcs_[state.reached_by[node]].from) {
      state.residual[state.reached_by[node]] -= more;
      state.residual[state.reached_by[node] ^ 1U] += more;
    }
    total += more;
  }
  return total;
}

}  // namespace fleetrace::models
