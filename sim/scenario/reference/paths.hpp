#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace fleetrace::scenario {

/// A path in a scenario whose value `--set` and `--vary` can change.
struct Path {
  std::string path;                     ///< "strategies.turtle.budget"
  std::vector<std::string_view> words;  ///< words that are valid there: choices, models, none, unlimited
  std::string value;                    ///< current value or default, in YAML; empty if there is none
  std::string unit = {};                ///< of a single quantity, at the end of its value; empty elsewhere
};

/// The paths of all single values and lists of values, in the order of the format. They cover every section that the scenario
/// has or could have and, below `with`, what each strategy may change for itself. A growth rate is listed under the key in use.
[[nodiscard]] std::vector<Path> paths(const Scenario& scenario);

/// The value at one of these paths as text, such as "3e9 USD", or "weibull" for the model of a section; nothing where there is no
/// such path.
[[nodiscard]] std::optional<std::string> text_at(const Scenario& scenario, std::string_view path);

/// Which of these paths one that leads nowhere may mean: the nearest whole one, or else all whose last key is its own, or is nearest
/// to it. Empty where nothing is near.
[[nodiscard]] std::vector<std::string> meant_paths(std::string_view path, const std::vector<std::string>& known);

}  // namespace fleetrace::scenario
