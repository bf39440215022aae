#pragma once

#include <string>

#include "sim/core/text/json_writer.hpp"
#include "sim/output/table/cell.hpp"
#include "sim/output/theory/theory.hpp"

namespace fleetrace::output {

/// A time in words: "8 months", "2.07 yr".
[[nodiscard]] std::string years_text(double years);

/// A figure for programs: its value, or nothing.
[[nodiscard]] Cell figure_cell(const TheoryValue& figure);

/// Whether a request asks for one lifetime, or for a table whose rows name theirs.
enum class Lifetime { of_request, in_rows };
/// Writes the member "request": every number that was asked for.
void write_request(core::JsonWriter& json, const TheoryRequest& request, Lifetime lifetime);

}  // namespace fleetrace::output
