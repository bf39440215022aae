#pragma once

#include <string>
#include <vector>

#include "fleetrace/fit.hpp"
#include "sim/output/formats.hpp"

/// The formats of fits.
namespace fleetrace::output {

/// Text for people: constants with their intervals, what a scenario takes, predictions, what changes.
[[nodiscard]] std::string fit_text(const Fit& fit, const TableStyle& style);
[[nodiscard]] std::string fit_markdown(const Fit& fit);
/// One document: {"fleetrace", "format", "fit": {"model", "law", "data", ...}, "constants", "inputs", "yaml", "predictions", "effects",
/// "points", "curve", "notes"}.
[[nodiscard]] std::string fit_json(const Fit& fit);
/// CSV with a row for each constant and each prediction: kind, name, value, low, high, unit.
[[nodiscard]] std::string fit_csv(const Fit& fit);
/// A spreadsheet with the rows of CSV, the points, and the keys of a scenario, each on a sheet.
[[nodiscard]] std::string fit_xlsx(const Fit& fit);

inline constexpr Format<Fit> kFitFormats[] = {
    {"table", fit_text},
    {"csv", fit_csv},
    {"json", fit_json},
    {"markdown", fit_markdown},
    Format<Fit>::spreadsheet(fit_xlsx),
};

/// A page with the data, the curve, residuals and what changes. `arguments` are those of the program.
[[nodiscard]] std::string fit_html(const Fit& fit, const std::vector<std::string>& arguments);

/// What the fit says in a sentence or two.
[[nodiscard]] std::string fit_answer(const Fit& fit);

}  // namespace fleetrace::output
