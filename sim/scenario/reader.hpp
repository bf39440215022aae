#pragma once

#include <string>

#include "fleetrace/core/spec.hpp"
#include "fleetrace/scenario/node.hpp"

namespace fleetrace::scenario {

/// Reads a section of `family` from a node, collecting what is wrong. `base` is the section that a change (`with`) is laid
/// over: where it is of the same entry, keys that are left out stay absent instead of taking their presets.
[[nodiscard]] core::Spec read_section(const Node& node, const core::Family& family, const std::string& path,
                                      const core::Spec* base, core::Diagnostics& diagnostics);

/// Reads a whole scenario; `strategies` last, since their changes refer to the rest.
[[nodiscard]] core::Spec read_scenario(const Node& node, core::Diagnostics& diagnostics);

}  // namespace fleetrace::scenario
