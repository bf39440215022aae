#pragma once

#include <string>

#include "sim/api/reports.hpp"
#include "sim/output/run/writers.hpp"

/// The formats of a sensitivity, which says which inputs decide.
namespace fleetrace::output {

/// What matters, and where the winner changes, in a few sentences: "progress doubling decides: ..."
[[nodiscard]] std::string answer(const SensitivityReport& report);

[[nodiscard]] std::string sensitivity_table(const SensitivityReport& report, const TableStyle& style);
[[nodiscard]] std::string sensitivity_markdown(const SensitivityReport& report);
/// The whole sensitivity as one document. Reals have 12 significant digits; values of an input are
/// in its unit, in which the scenario writes it.
[[nodiscard]] std::string sensitivity_json(const SensitivityReport& report);
/// Reads back what sensitivity_json wrote of that scenario. Throws BadResults.
[[nodiscard]] SensitivityReport read_sensitivity(const std::string& text, const scenario::Scenario& scenario);
/// CSV with a row for each input, the largest total index first. Its values stand in the columns of its unit. Of several break-evens
/// it has the one nearest to the median.
[[nodiscard]] std::string sensitivity_csv(const SensitivityReport& report);
/// A spreadsheet with the rows of CSV on the sheet "results".
[[nodiscard]] std::string sensitivity_xlsx(const SensitivityReport& report);

inline constexpr Format<SensitivityReport> kSensitivityFormats[] = {
    {"table", sensitivity_table},
    {"csv", sensitivity_csv, "csv has a row for each input."},
    {"json", sensitivity_json},
    {"markdown", sensitivity_markdown},
    Format<SensitivityReport>::spreadsheet(sensitivity_xlsx),
};

}  // namespace fleetrace::output
