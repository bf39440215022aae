#pragma once

#include <string>

#include "sim/api/race.hpp"
#include "sim/output/formats.hpp"

/// The formats of a run. The same run always gives the same bytes.
namespace fleetrace::output {

/// The whole run as JSON of format 1, whose names and meanings are a promise. Reals have 12 significant digits, money is exact, times
/// are ISO 8601 in UTC with milliseconds, and what does not exist is null.
[[nodiscard]] std::string to_json(const Run& run);

/// A line of JSON for each strategy: the members that identify the run, and then those that to_json() writes for the strategy.
[[nodiscard]] std::string to_jsonl(const Run& run);

/// The series of all strategies as CSV, with a row for each strategy and sample.
[[nodiscard]] std::string to_csv(const Run& run);

/// What every strategy bought or rented as CSV, with a row for each order and site.
[[nodiscard]] std::string bought_csv(const Run& run);

/// What every strategy earned and what it is worth as CSV, with a row for each.
[[nodiscard]] std::string returns_csv(const Run& run);
/// A spreadsheet: what is known of each strategy at the end, under the names of JSON; the rows of results.csv and bought.csv; and
/// what the numbers are of.
[[nodiscard]] std::string to_xlsx(const Run& run);

/// The answers at a glance, as text for people.
[[nodiscard]] std::string to_table(const Run& run, const TableStyle& style);
/// The same text as GitHub-flavoured markdown.
[[nodiscard]] std::string to_markdown(const Run& run);

inline constexpr Format<Run> kRunFormats[] = {
    {"table", to_table}, {"csv", to_csv},           {"json", to_json},
    {"jsonl", to_jsonl}, {"markdown", to_markdown}, Format<Run>::spreadsheet(to_xlsx),
};

}  // namespace fleetrace::output
