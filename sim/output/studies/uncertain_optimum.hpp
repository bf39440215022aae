#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/api/race.hpp"
#include "sim/api/uncertain_optimum_report.hpp"
#include "sim/output/formats.hpp"

/// The formats of a plan under uncertainty, and of what it is worth to plan for chance and to know it.
namespace fleetrace::output {

/// The answer: "This plan has a mean final loss of 0.5512; with 95 % confidence no plan is better by more than 0.0012."
[[nodiscard]] std::string answer(const UncertainOptimumReport& report);

[[nodiscard]] std::string uncertain_optimum_table(const UncertainOptimumReport& report, const TableStyle& style);
[[nodiscard]] std::string uncertain_optimum_markdown(const UncertainOptimumReport& report);
/// The whole result as one document. Reals have 12 significant digits, money is exact.
[[nodiscard]] std::string uncertain_optimum_json(const UncertainOptimumReport& report);
/// CSV with a row for each order.
[[nodiscard]] std::string uncertain_optimum_csv(const UncertainOptimumReport& report);

/// What stands below the plan.
[[nodiscard]] std::vector<std::string> uncertain_optimum_notes(const UncertainOptimumReport& report);
/// The page of a plan, with a race of report.plan at the medians of the inputs.
[[nodiscard]] std::string to_html(const UncertainOptimumReport& report, const Run& at_medians,
                                  const std::vector<std::string>& arguments, std::string_view resolved_yaml = {});

inline constexpr Format<UncertainOptimumReport> kUncertainOptimumFormats[] = {
    {"table", uncertain_optimum_table},
    {"csv", uncertain_optimum_csv, "csv has a row for each order."},
    {"json", uncertain_optimum_json},
    {"markdown", uncertain_optimum_markdown},
};

}  // namespace fleetrace::output
