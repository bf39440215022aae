#pragma once

#include <string>

#include "fleetrace/core/spec.hpp"
#include "sim/reader/strangers.hpp"
#include "sim/reader/yaml/node.hpp"

namespace fleetrace::reader {

/// Reads a section of `family` from a node, and adds what is wrong to the diagnostics. `base` is the section that a strategy
/// changes by `with`, or null. If it is of the same entry, keys that are left out stay absent instead of taking their defaults.
[[nodiscard]] core::Spec read_section(const Node& node, const core::Family& family, const std::string& path,
                                      const core::Spec* base, core::Diagnostics& diagnostics);

/// Which files a scenario may name.
enum class Files {
  beside,  ///< any, relative to the folder of its own
  none,    ///< None: where the scenario is of somebody who may not know what stands on this machine.
};

/// Reads a whole scenario. `strategies` is read last, since what strategies change refers to the rest. Of one `is_cut` short nothing
/// is said to be missing. `strangers` are what hides findings about files outside: the caller does so when all are found.
[[nodiscard]] core::Spec read_scenario(Node node, core::Diagnostics& diagnostics, Strangers& strangers,
                                       bool is_cut = false, Files files = Files::beside);

}  // namespace fleetrace::reader
