#pragma once

#include <string>
#include <vector>

#include "fleetrace/core/spec.hpp"
#include "sim/core/units/currency.hpp"
#include "sim/reader/findings.hpp"

/// Values that hold no sections; private to the reader. Each function adds a finding if a node does not fit, and then returns
/// something harmless. Money may be in `currency`, where the scenario declares one.
namespace fleetrace::reader {

/// One value of a parameter that is written under `key`.
[[nodiscard]] core::Value read_scalar(const Node& node, const core::Parameter& parameter, const std::string& key,
                                      const std::string& path, const std::optional<core::Currency>& currency,
                                      Findings& findings);

/// A list of numbers or texts.
[[nodiscard]] core::Value read_elements(const Node& node, const core::Parameter& parameter, const std::string& key,
                                        const std::string& path, const std::optional<core::Currency>& currency,
                                        Findings& findings);

/// A catalog value with its source: {value, low, high, source, verified}.
[[nodiscard]] core::Value read_sourced(const Node& node, const core::Parameter& parameter, const std::string& path,
                                       const std::optional<core::Currency>& currency, Findings& findings);

}  // namespace fleetrace::reader
