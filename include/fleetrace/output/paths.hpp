#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/fleet/scenario.hpp"
#include "fleetrace/output/entries.hpp"

namespace fleetrace::output {

/// A place in a scenario that `--set` and `--vary` can change.
struct Path {
  std::string path;                     ///< "strategies.turtle.budget"
  std::vector<std::string_view> words;  ///< that may stand there: choices, models, none, unlimited
  std::string value;                    ///< what stands there, as written or by default; empty where nothing does
};

/// The paths of all single values and lists of values, in the order of the format: of every section that the scenario
/// has or could have, and, below `with`, of what a strategy may have for itself. Of the two keys of a growth rate the one
/// in use.
[[nodiscard]] std::vector<Path> paths(const fleet::Scenario& scenario);

/// The same as a table, CSV, JSON or markdown.
[[nodiscard]] std::string list_paths(const fleet::Scenario& scenario, ListFormat format);

}  // namespace fleetrace::output
