#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/api/race.hpp"
#include "sim/output/table/table.hpp"

/// Tables that stand on pages alone, while terminals show the others, too.
namespace fleetrace::output::page {

/// When each target was reached, as a date and in years from the start; empty without targets.
[[nodiscard]] Table targets_table(const Run& run);

/// The catalog's numbers of all accelerators that could be bought or were there from the start, each with its source and whether
/// somebody checked it there.
[[nodiscard]] Table accelerators_table(const Run& run);

/// The scenario with every default, as an element <pre>. Numbers that nobody has checked in their source are marked.
[[nodiscard]] std::string resolved_html(const scenario::Scenario& scenario);
/// The same of a scenario that is YAML already.
[[nodiscard]] std::string resolved_html(std::string_view whole);

}  // namespace fleetrace::output::page
