#pragma once

#include <string>
#include <vector>

#include "sim/api/optimum_report.hpp"
#include "sim/output/formats.hpp"

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

inline constexpr Format<OptimumReport> kOptimumFormats[] = {
    {"table", optimum_table},
    {"csv", optimum_csv, "csv has a row for each order."},
    {"json", optimum_json},
    {"markdown", optimum_markdown},
};

}  // namespace fleetrace::output
