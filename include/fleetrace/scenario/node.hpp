#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"

/// YAML as a plain tree with the place of everything, free of aliases, anchors, tags, merge keys and duplicate keys.
namespace fleetrace::scenario {

struct Member;

struct Node {
  enum class Kind { null, scalar, sequence, mapping };
  Kind kind = Kind::null;
  std::string scalar;
  bool quoted = false;          ///< written with quotes or as a block text: never a number, date or flag
  std::vector<Node> items;      ///< of a sequence
  std::vector<Member> members;  ///< of a mapping, in the order written
  core::Location where;

  [[nodiscard]] const Node* find(std::string_view key) const;
};

struct Member {
  std::string key;
  core::Location where;  ///< of the key
  Node value;
};

/// Reads one YAML document of UTF-8, with or without a byte order mark. Everything that is wrong is added to
/// `diagnostics`.
///
/// Anchors, aliases, tags, merge keys, duplicate keys and keys that are not texts are all found in one go: what could
/// be read is returned without them, so that the caller may go on and find more. After a finding that ends the reading
/// (wrong bytes, wrong syntax, a limit, a second document) the result is null instead. The path of a finding counts
/// list entries from 0: `initial_fleet.1.count`.
///
/// Limits: 8 MiB, 128 KiB a line, depth 32, 100 000 nodes with their keys, 10 000 keys a mapping, 64 KiB a scalar, 100
/// findings.
[[nodiscard]] Node parse_yaml(std::string_view bytes, const std::string& file, core::Diagnostics& diagnostics);

/// The bytes of a regular file of at most 1 MiB, or of standard input for "-". Throws core::InputError for anything
/// else (a directory, a FIFO, a device, no permission, no such file).
[[nodiscard]] std::string read_input(const std::string& path);

}  // namespace fleetrace::scenario
