#pragma once

#include <string>
#include <vector>

#include "sim/api/plan_periods.hpp"
#include "sim/api/race.hpp"
#include "sim/output/formats.hpp"
#include "sim/output/table/table.hpp"

/// A race by periods of the calendar, in every format. The run must have been asked for its plans.
namespace fleetrace::output {

/// Tables for people: for each strategy its accelerators and power, its money, and what it has of which type and at which site.
[[nodiscard]] std::string plan_table(const Run& run, const TableStyle& style);
[[nodiscard]] std::string plan_markdown(const Run& run);
/// A row for each strategy and period: figures of all types and sites, then those of each type (H100_ordered) and of each site
/// that has a name (main_it_limit_mw). A run without plans has the names of columns alone.
[[nodiscard]] std::string plan_csv(const Run& run);
/// The same rows as a spreadsheet, and as the sheet of another one.
[[nodiscard]] std::string plan_xlsx(const Run& run);
[[nodiscard]] Table plan_sheet(const Run& run);
/// One document: strategies, each with its periods, each with its accelerator types and sites.
[[nodiscard]] std::string plan_json(const Run& run);
/// A line for each strategy and period.
[[nodiscard]] std::string plan_jsonl(const Run& run);

inline constexpr Format<Run> kPlanFormats[] = {
    {"table", plan_table}, {"csv", plan_csv},           {"json", plan_json},
    {"jsonl", plan_jsonl}, {"markdown", plan_markdown}, Format<Run>::spreadsheet(plan_xlsx),
};

/// One of those tables with what it shows, such as "turtle: money by quarter".
struct PlanTable {
  std::string title;
  Table table;
};
[[nodiscard]] std::vector<PlanTable> plan_tables(const Run& run);

/// What a reader of the tables has to know.
[[nodiscard]] std::vector<std::string> plan_notes(const Run& run);

}  // namespace fleetrace::output
