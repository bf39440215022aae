#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/output/run.hpp"
#include "fleetrace/output/text_table.hpp"

/// The tables of a page beside those that terminals show, too.
namespace fleetrace::output::page {

/// When each target was reached, by date and by years from the start; empty without targets.
[[nodiscard]] TextTable targets_table(const Run& run);

/// At how many of its reviews each obstacle kept a strategy from spending, and what was left.
[[nodiscard]] TextTable obstacles_table(const Run& run);

/// The catalog's numbers behind the accelerators that could be bought or stand there, with source and verification.
[[nodiscard]] TextTable accelerators_table(const Run& run);

/// The scenario with every default, as <pre>; what nobody has read in its source is marked.
[[nodiscard]] std::string resolved_html(const fleet::Scenario& scenario);
/// The same of its YAML text.
[[nodiscard]] std::string resolved_html(std::string_view whole);

}  // namespace fleetrace::output::page
