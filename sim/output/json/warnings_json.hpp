#pragma once

#include <string>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/core/text/json_writer.hpp"
#include "sim/output/json/json_reader.hpp"

namespace fleetrace::output {

/// What a warning says, without its suggestion: the problem, and in brackets why it may be one.
[[nodiscard]] std::string warning_message(const core::Diagnostic& warning);

/// Writes "warnings": what is valid in the scenario and yet may not be meant, by path, line, column, message and suggestion. Line
/// and column are null for what was set on the command line.
void write_warnings(core::JsonWriter& json, const std::vector<core::Diagnostic>& warnings);

/// Reads them back. Their problem holds the reason, too: they read the same, and are written to the same bytes.
[[nodiscard]] std::vector<core::Diagnostic> read_warnings(const JsonValue& from);

}  // namespace fleetrace::output
