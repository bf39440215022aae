#pragma once

#include <cstddef>
#include <string>

#include "fleetrace/output/run.hpp"

/// A run as text. Pure functions: the same run always gives the same bytes.
namespace fleetrace::output {

/// JSON, format 1: field names and meanings are a promise. Reals have 12 significant digits, money is exact, times are
/// ISO 8601 UTC with milliseconds, what does not exist is null.
[[nodiscard]] std::string to_json(const Run& run);

/// One line of JSON per strategy: the record that `to_json` has for it, with the members that identify the run before it.
[[nodiscard]] std::string to_jsonl(const Run& run);

/// The series as one long table, a row per strategy and sample. RFC 4180; texts that a spreadsheet would take for a
/// formula get an apostrophe before them.
[[nodiscard]] std::string to_csv(const Run& run);

struct TableStyle {
  std::size_t width = 100;  ///< characters a line
  bool bold = false;        ///< mark the best by ANSI escapes
};

/// The answers at a glance.
[[nodiscard]] std::string to_table(const Run& run, const TableStyle& style);
/// The same as GitHub-flavoured markdown.
[[nodiscard]] std::string to_markdown(const Run& run);

}  // namespace fleetrace::output
