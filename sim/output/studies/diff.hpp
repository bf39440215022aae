#pragma once

#include <string>

#include "fleetrace/diff.hpp"
#include "sim/output/formats.hpp"

/// The formats of a difference: what changed in the inputs, what in the outcomes, and how much each change brought.
namespace fleetrace::output {

/// The answer in a few sentences: "2 inputs differ. turtle: final loss 0.5468 to 0.5301 (-3.1 %) ..."
[[nodiscard]] std::string answer(const Diff& diff);

[[nodiscard]] std::string diff_table(const Diff& diff, const TableStyle& style);
[[nodiscard]] std::string diff_markdown(const Diff& diff);
/// One document: {"fleetrace", "format", "a", "b", "same", "inputs", "outcomes": [{..., "effects", "interaction"}], ...}.
[[nodiscard]] std::string diff_json(const Diff& diff);
/// A line of JSON for each row of CSV, with the same names.
[[nodiscard]] std::string diff_jsonl(const Diff& diff);
/// CSV with a row for each input, outcome, effect of an input on an outcome, and interaction; `part` says which.
[[nodiscard]] std::string diff_csv(const Diff& diff);
/// A spreadsheet with the rows of CSV on the sheet "results", and with a sheet for each part.
[[nodiscard]] std::string diff_xlsx(const Diff& diff);

inline constexpr Format<Diff> kDiffFormats[] = {
    {"table", diff_table},
    {"csv", diff_csv, "csv and jsonl have a row for each input, outcome, effect and interaction."},
    {"json", diff_json},
    {"jsonl", diff_jsonl},
    {"markdown", diff_markdown},
    Format<Diff>::spreadsheet(diff_xlsx),
};

}  // namespace fleetrace::output
