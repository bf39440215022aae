#include "sim/reader/yaml/anchors.hpp"

#include <algorithm>

#include "sim/reader/yaml/yaml_limits.hpp"

namespace fleetrace::reader {
namespace {

void place(Node& node, const core::Location& where) {
  node.where = where;
  for (Node& item : node.items) place(item, where);
  for (Member& member : node.members) {
    member.where = where;
    place(member.value, where);
  }
}

}  // namespace

NodeSize size_of(const Node& node) {
  NodeSize size{1, node.scalar.size(), 0};
  const auto add = [&size](const Node& child) {
    const NodeSize below = size_of(child);
    size.nodes += below.nodes;
    size.bytes += below.bytes;
    size.depth = std::max(size.depth, below.depth);
  };
  for (const Node& item : node.items) add(item);
  for (const Member& member : node.members) {
    ++size.nodes;
    size.bytes += member.key.size();
    add(member.value);
  }
  if (node.kind == Node::Kind::sequence || node.kind == Node::Kind::mapping) ++size.depth;
  return size;
}

bool Anchors::keep(YAML::anchor_t anchor, const Node& value) {
  const NodeSize size = size_of(value);
  kept_nodes_ += size.nodes;
  bytes_ += size.bytes;
  if (kept_nodes_ > kMostNodes || bytes_ > kMostBytes) return false;
  kept_.insert_or_assign(anchor, Anchored{value, size});
  return true;
}

const Anchors::Anchored* Anchors::find(YAML::anchor_t anchor) const {
  const auto found = kept_.find(anchor);
  return found == kept_.end() ? nullptr : &found->second;
}

bool Anchors::count_copy(const Anchored& anchored) {
  bytes_ += anchored.size.bytes;
  return bytes_ <= kMostBytes;
}

Node placed_at(const Node& value, const core::Location& where) {
  Node copy = value;
  place(copy, where);
  return copy;
}

}  // namespace fleetrace::reader
