#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"

namespace fleetrace::scenario {
class Scenario;
}

/// Loading a scenario and changing its values.
namespace fleetrace {

/// One thing that is wrong with an input: its place (`where`: file, line, column), the path of the value, the problem, the
/// reason why it is one, and a suggestion. core::to_string() puts it on one line.
using Finding = core::Diagnostic;

/// Thrown once for an input, with everything that is wrong with it: `diagnostics()` are the findings. Those with `is_warning` would
/// not make it invalid by themselves.
using InvalidScenario = core::InputError;

struct ScenarioState;

/// A valid scenario. It is a value: copies share what they have in common and cost next to nothing, and a change to one is not
/// seen by the others. Different threads may use different copies.
class Scenario {
 public:
  explicit Scenario(std::shared_ptr<const ScenarioState> state) : state_(std::move(state)) {}

  [[nodiscard]] const std::string& name() const;
  /// SHA-256 of the text that it was loaded from with all changes since, hexadecimal. Results carry it.
  [[nodiscard]] const std::string& hash() const;
  /// The whole scenario as YAML, with every default filled in and marked by a comment with its source. It loads again to the
  /// same results.
  [[nodiscard]] std::string text() const;
  /// The names of its strategies, in their order.
  [[nodiscard]] std::vector<std::string> strategies() const;
  /// The names of the what-if cases that it defines, in their order.
  [[nodiscard]] std::vector<std::string> cases() const;

  /// What is valid in it and yet may not be meant, by place: slips, and options that nothing reads.
  [[nodiscard]] std::vector<Finding> warnings() const;

  /// The value at a path such as "strategies.turtle.budget", as its author wrote it; the default as text where nobody did.
  /// Empty for a value that is left out and has no default. Throws InvalidScenario where nothing stands at the path.
  [[nodiscard]] std::string get(std::string_view path) const;
  /// Replaces or adds the value at a path by `value`, which is written as in a file: set("horizon.length", "8 yr"). Throws
  /// InvalidScenario with everything that is wrong then, and leaves the scenario as it was.
  void set(std::string_view path, std::string_view value);

  /// The same scenario in types of the library's own, which programs need not know.
  [[nodiscard]] const scenario::Scenario& details() const;
  [[nodiscard]] const ScenarioState& state() const { return *state_; }

 private:
  std::shared_ptr<const ScenarioState> state_;
};

/// Loads a scenario from the name of an embedded one ("hare-and-turtle"), a file, `-` for standard input, or YAML text, which is
/// anything with a line break in it. Throws InvalidScenario with everything that is wrong.
[[nodiscard]] Scenario load(std::string_view name_file_or_text);

/// The names of the embedded scenarios, sorted.
[[nodiscard]] std::vector<std::string> scenario_names();

/// The JSON Schema of scenario files, for editors and other programs. Registered models are part of it.
[[nodiscard]] std::string schema();

}  // namespace fleetrace
