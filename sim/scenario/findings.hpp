#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/quantity.hpp"
#include "fleetrace/scenario/node.hpp"

/// What the reader finds, in words; private to the scenario floor.
namespace fleetrace::scenario {

/// "strategies.turtle" and "every" make "strategies.turtle.every".
[[nodiscard]] std::string child(const std::string& path, std::string_view key);

/// Collects what one reading finds, up to a number that somebody would read.
class Findings {
 public:
  explicit Findings(core::Diagnostics& diagnostics) : diagnostics_(diagnostics), before_(diagnostics.size()) {}

  void add(const core::Location& where, const std::string& path, core::QuantityProblem problem);
  /// How much was found so far, here and before.
  [[nodiscard]] std::size_t count() const { return diagnostics_.size(); }
  /// The node is not the "section", "table", "list", "single value" or "name" that is expected there.
  void wrong_kind(const Node& node, const std::string& path, std::string_view expected);
  /// A name in a table, which paths and results will be made of.
  void check_name(const Member& member, const std::string& path);

 private:
  core::Diagnostics& diagnostics_;
  std::size_t before_;
};

/// What to write in the place of a key that `entry` does not take.
[[nodiscard]] std::string suggest_key(std::string_view key, const core::Entry& entry, const core::Family& family);

/// The parameter that a key that `entry` does not take was probably meant to be; nullptr where nothing is near.
[[nodiscard]] const core::Parameter* meant_parameter(std::string_view key, const core::Entry& entry);

/// The names of a family's entries.
[[nodiscard]] std::vector<std::string_view> entry_names(const core::Family& family);

/// `Valid keys are: a, b, c.`
[[nodiscard]] std::string valid_keys(const std::vector<std::string_view>& names);

}  // namespace fleetrace::scenario
