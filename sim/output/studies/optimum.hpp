#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/api/optimum_report.hpp"
#include "sim/api/race.hpp"
#include "sim/core/text/json_writer.hpp"
#include "sim/output/formats.hpp"
#include "sim/output/table/table.hpp"

/// The formats of an optimum: the best purchase schedule, and what proves it.
namespace fleetrace::output {

/// The answer: "No schedule within these constraints ends below a loss of 0.641441; this one ends at 0.641442."
[[nodiscard]] std::string answer(const OptimumReport& report);

[[nodiscard]] std::string optimum_table(const OptimumReport& report, const TableStyle& style);
[[nodiscard]] std::string optimum_markdown(const OptimumReport& report);
/// The whole result as one document. Reals have 12 significant digits, money is exact.
[[nodiscard]] std::string optimum_json(const OptimumReport& report);
/// CSV with a row for each order.
[[nodiscard]] std::string optimum_csv(const OptimumReport& report);
/// The plan as `buy: orders`, or of trend hardware `buy: schedule`, takes it: the name of the file, and its text.
[[nodiscard]] std::string orders_file(const OptimumReport& report);
[[nodiscard]] std::string orders_csv(const OptimumReport& report);

/// What is taken out of the initial fleet, as the key `retire` of `buy: orders` takes it.
[[nodiscard]] std::string retirements_csv(const OptimumReport& report);

/// What stands below the plan: rivals, what one more is worth, and what a reader should know.
[[nodiscard]] std::vector<std::string> optimum_notes(const OptimumReport& report);
/// The page of a plan, with a race of report.plan.
[[nodiscard]] std::string to_html(const OptimumReport& report, const Run& raced,
                                  const std::vector<std::string>& arguments, std::string_view resolved_yaml = {});

/// The orders of a plan as a table for people, and as a list of a JSON document.
[[nodiscard]] Table schedule_table(const std::vector<study::PlannedPurchase>& schedule);
void write_schedule(core::JsonWriter& json, const char* key, const std::vector<study::PlannedPurchase>& schedule);

inline constexpr Format<OptimumReport> kOptimumFormats[] = {
    {"table", optimum_table},
    {"csv", optimum_csv, "csv has a row for each order."},
    {"json", optimum_json},
    {"markdown", optimum_markdown},
};

}  // namespace fleetrace::output
