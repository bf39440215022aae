#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/quantity.hpp"
#include "sim/reader/yaml/node.hpp"

/// Messages about what is wrong in a file; private to the reader.
namespace fleetrace::reader {

/// "strategies.turtle" and "every" make "strategies.turtle.every".
[[nodiscard]] std::string child(const std::string& path, std::string_view key);

/// Collects the findings of one reading, up to the number that a person would read.
class Findings {
 public:
  explicit Findings(core::Diagnostics& diagnostics) : diagnostics_(diagnostics), before_(diagnostics.size()) {}

  void add(const core::Location& where, const std::string& path, core::QuantityProblem problem);
  /// Notes what is not read, which is no finding.
  void warn(const core::Location& where, const std::string& path, core::QuantityProblem problem);
  /// The number of findings so far, those of earlier readings included.
  [[nodiscard]] std::size_t count() const { return diagnostics_.size(); }
  /// Whether there are more than a person would read, so that no other is kept.
  [[nodiscard]] bool is_full() const;
  /// Adds that the node is not what is expected: a "section", "table", "list", "single value" or "name".
  void wrong_kind(const Node& node, const std::string& path, std::string_view expected);
  /// Adds what is wrong with a name in a table, which becomes part of paths and results.
  void check_name(const Member& member, const std::string& path);

 private:
  core::Diagnostics& diagnostics_;
  std::size_t before_;
};

/// A suggestion what to write instead of a key that `entry` does not take.
[[nodiscard]] std::string suggest_key(std::string_view key, const core::Entry& entry, const core::Family& family);

/// The paths of all sections and keys below the top of a file.
[[nodiscard]] std::vector<std::string> paths_below(const std::vector<Member>& members);
/// The one of these paths that ends in that name, or in a name near it: "strategies.turtle". Empty where there is none, or more than
/// one of the same depth.
[[nodiscard]] std::string place_below(std::string_view name, const std::vector<std::string>& paths);

/// The parameter of `entry` that a wrong key was probably meant to be; null if none is near.
[[nodiscard]] const core::Parameter* meant_parameter(std::string_view key, const core::Entry& entry);

/// The names of a family's entries.
[[nodiscard]] std::vector<std::string_view> entry_names(const core::Family& family);

/// `Valid keys are: a, b, c.`
[[nodiscard]] std::string valid_keys(const std::vector<std::string_view>& names);

}  // namespace fleetrace::reader
