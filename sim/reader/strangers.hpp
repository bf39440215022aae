#pragma once

#include <string>

#include "fleetrace/core/diagnostic.hpp"

/// Files outside of a scenario's folder: what stands in them is not shown, so that nobody learns from messages what is in files that
/// are not theirs.
namespace fleetrace::reader {

/// Whether there is such a file, and it is not below the folder of the scenario, wherever links lead to.
[[nodiscard]] bool stands_outside(const std::string& file, const std::string& scenario_file);

/// What is said of a file outside in place of what is wrong with it. `name` is how the scenario calls it.
[[nodiscard]] core::Diagnostic hidden_finding(const core::Location& where, const std::string& path,
                                              const std::string& name);

/// The findings with one for each file outside in place of all that are about it.
[[nodiscard]] core::Diagnostics without_strangers(const core::Diagnostics& found, const std::string& scenario_file);

}  // namespace fleetrace::reader
