#pragma once

#include <string>
#include <vector>

#include "findings.hpp"
#include "fleetrace/core/spec.hpp"

/// Values without sections inside; private to the scenario floor. Each function adds a finding where a node does not fit,
/// and returns something harmless.
namespace fleetrace::scenario {

/// One value of a parameter, written under `key`.
[[nodiscard]] core::Value read_scalar(const Node& node, const core::Parameter& parameter, const std::string& key,
                                      const std::string& path, Findings& findings);

/// A list of numbers or texts.
[[nodiscard]] core::Value read_elements(const Node& node, const core::Parameter& parameter, const std::string& key,
                                        const std::string& path, Findings& findings);

/// A catalog value with its source: {value, low, high, source, verified}.
[[nodiscard]] core::Value read_sourced(const Node& node, const core::Parameter& parameter, const std::string& path,
                                       Findings& findings);

}  // namespace fleetrace::scenario
