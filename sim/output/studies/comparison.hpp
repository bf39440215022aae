#pragma once

#include <string>

#include "sim/api/reports.hpp"
#include "sim/output/run/writers.hpp"

/// The formats of a comparison of strategies over many replications.
namespace fleetrace::output {

/// The answer and its certainty in a sentence or two: "heron has the lowest final loss, 0.5267 on average ..."
[[nodiscard]] std::string answer(const ComparisonReport& report);

[[nodiscard]] std::string comparison_table(const ComparisonReport& report, const TableStyle& style);
[[nodiscard]] std::string comparison_markdown(const ComparisonReport& report);
/// The whole comparison as one document. Reals have 12 significant digits; an interval that says nothing is null.
[[nodiscard]] std::string comparison_json(const ComparisonReport& report);
/// Reads back what comparison_json wrote of that scenario, without the replications themselves. Throws BadResults.
[[nodiscard]] ComparisonReport read_comparison(const std::string& text, const scenario::Scenario& scenario);
/// CSV with a row for each strategy.
[[nodiscard]] std::string comparison_csv(const ComparisonReport& report);
/// A spreadsheet with the rows of CSV on the sheet "results", and the pairs of strategies.
[[nodiscard]] std::string comparison_xlsx(const ComparisonReport& report);
/// A line of JSON for each replication and strategy, with every metric and the inputs that were drawn.
[[nodiscard]] std::string comparison_jsonl(const ComparisonReport& report);

inline constexpr Format<ComparisonReport> kComparisonFormats[] = {
    {"table", comparison_table},
    {"csv", comparison_csv},
    {"json", comparison_json},
    {"jsonl", comparison_jsonl, "jsonl has a line for each replication and strategy.", Detail::replications},
    {"markdown", comparison_markdown},
    Format<ComparisonReport>::spreadsheet(comparison_xlsx),
};

}  // namespace fleetrace::output
