#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"

/// A YAML document as a plain tree in which everything knows its place. It has no tags, merge keys or duplicate keys, and a copy
/// of the anchored value where an alias stood, at the place of the alias.
namespace fleetrace::reader {

struct Member;

struct Node {
  enum class Kind { null, scalar, sequence, mapping };
  Kind kind = Kind::null;
  std::string scalar;
  bool quoted = false;          ///< written with quotes or as a block text: never a flag
  std::vector<Node> items;      ///< entries of a sequence
  std::vector<Member> members;  ///< entries of a mapping, in the order written
  core::Location where;

  [[nodiscard]] const Node* find(std::string_view key) const;
};

struct Member {
  std::string key;
  core::Location where;  ///< place of the key
  Node value;
};

/// Reads one YAML document of UTF-8, with or without a byte order mark. Everything that is wrong is added to
/// `diagnostics`.
///
/// Aliases as keys, tags, merge keys, duplicate keys and keys that are not texts are all found in one go: what could
/// be read is returned without them, so that the caller may go on and find more. After a finding that ends the reading
/// (wrong bytes, wrong syntax, a limit, a second document) the result is null instead. The path of a finding counts
/// list entries from 0: `initial_fleet.1.count`.
///
/// `readable`, where it is asked for, then has what stands before that place and could be read: some of the document.
///
/// Limits: 8 MiB, 128 KiB a line, depth 32, 100 000 nodes with their keys, 10 000 keys a mapping, 64 KiB a scalar, 100
/// findings. What aliases stand for counts as if it were written out.
[[nodiscard]] Node parse_yaml(std::string_view bytes, const std::string& file, core::Diagnostics& diagnostics,
                              Node* readable = nullptr);

/// The number of documents that this process has parsed. Tests use it to show that no text is parsed twice.
[[nodiscard]] std::uint64_t parsed_documents();

/// The bytes of a regular file of at most 1 MiB, or of standard input for "-". Throws core::InputError for anything
/// else (a directory, a FIFO, a device, no permission, no such file).
[[nodiscard]] std::string read_input(const std::string& path);

}  // namespace fleetrace::reader
