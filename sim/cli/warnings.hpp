#pragma once

#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/cli/verb.hpp"

namespace fleetrace::cli {

/// Prints findings to standard error, each with the line that it is about.
void print_findings(const std::vector<core::Diagnostic>& findings, const Streams& streams);

/// Prints the warnings of a scenario that is valid, unless the verb is asked to be quiet.
void print_warnings(const std::vector<core::Diagnostic>& warnings, const Options& options, const Streams& streams);

}  // namespace fleetrace::cli
