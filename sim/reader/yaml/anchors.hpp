#pragma once

#include <yaml-cpp/anchor.h>

#include <cstddef>
#include <map>

#include "sim/reader/yaml/node.hpp"

/// Values that stand in several places of a document; private to the reader.
namespace fleetrace::reader {

/// How much a value holds, itself included.
struct NodeSize {
  std::size_t nodes = 0;  ///< values and keys
  std::size_t bytes = 0;  ///< of its texts and keys
  std::size_t depth = 0;  ///< levels of lists and mappings
};
[[nodiscard]] NodeSize size_of(const Node& node);

/// The values that have anchors, each once it was read whole. What is kept of one document, and what aliases make of it, is
/// limited before it is copied, so that a few lines cannot stand for more than memory holds.
class Anchors {
 public:
  struct Anchored {
    Node value;
    NodeSize size;
  };

  /// Keeps the value of an anchor; false where all of them come to more than a document may hold.
  [[nodiscard]] bool keep(YAML::anchor_t anchor, const Node& value);
  /// The value of an anchor; nullptr as long as it is not read whole.
  [[nodiscard]] const Anchored* find(YAML::anchor_t anchor) const;
  /// Counts one more copy of an anchored value; false where they come to more bytes than a document may have.
  [[nodiscard]] bool count_copy(const Anchored& anchored);

 private:
  std::map<YAML::anchor_t, Anchored> kept_;
  std::size_t kept_nodes_ = 0;
  std::size_t bytes_ = 0;  ///< of all that is kept and of all copies
};

/// The value as it stands at an alias: everything in it is at that place.
[[nodiscard]] Node placed_at(const Node& value, const core::Location& where);

}  // namespace fleetrace::reader
