#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/api/reports.hpp"
#include "sim/output/run/writers.hpp"

/// The formats of a sweep: races at every point of a grid.
namespace fleetrace::output {

/// The answer in a sentence: "turtle wins 24 of 45 combinations (lowest final loss); hare wins 21, only where horizon length is 1 yr
/// to 4 yr."
[[nodiscard]] std::string answer(const SweepReport& report);

/// For two axes a map of winners, the first axis down and the second across; else a row for each point.
[[nodiscard]] std::string sweep_table(const SweepReport& report, const TableStyle& style);
[[nodiscard]] std::string sweep_markdown(const SweepReport& report);
/// The whole sweep as one document. Reals have 12 significant digits; an interval that says nothing is null.
[[nodiscard]] std::string sweep_json(const SweepReport& report);
/// Reads back what sweep_json wrote. Throws BadResults.
[[nodiscard]] SweepReport read_sweep(const std::string& text);
/// CSV with a row for each point and strategy. Each axis has a column, which its path and its unit name.
[[nodiscard]] std::string sweep_csv(const SweepReport& report);
/// A spreadsheet with the rows of CSV on the sheet "results".
[[nodiscard]] std::string sweep_xlsx(const SweepReport& report);

inline constexpr Format<SweepReport> kSweepFormats[] = {
    {"table", sweep_table},
    {"csv", sweep_csv, "csv has a row for each point and strategy."},
    {"json", sweep_json},
    {"markdown", sweep_markdown},
    Format<SweepReport>::spreadsheet(sweep_xlsx),
};

}  // namespace fleetrace::output
