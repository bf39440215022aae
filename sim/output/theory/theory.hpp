#pragma once

#include <optional>
#include <string>

#include "fleetrace/theory.hpp"
#include "sim/output/formats.hpp"

/// The formats of the closed forms.
namespace fleetrace::output {

/// Text for people. Lines are at most as wide as the style says, where that is 80 or more.
[[nodiscard]] std::string theory_text(const Theory& theory, const TableStyle& style);
[[nodiscard]] std::string theory_markdown(const Theory& theory);
/// One document: {"fleetrace", "format", "request", "cumulative": {"lead_years", "optimal_purchase_years", "break_even_years", ...},
/// "mean_loss", "best_run", "fleet_worth", "more"}. Beside a figure that is null stands one of its name with _note, which says why.
[[nodiscard]] std::string theory_json(const Theory& theory);
/// CSV with a row for each figure: section, figure, value, unit, formula. Why there is none is in the other formats.
[[nodiscard]] std::string theory_csv(const Theory& theory);
/// A spreadsheet with the rows of CSV on the sheet "results".
[[nodiscard]] std::string theory_xlsx(const Theory& theory);

inline constexpr Format<Theory> kTheoryFormats[] = {
    {"table", theory_text},
    {"csv", theory_csv},
    {"json", theory_json},
    {"markdown", theory_markdown},
    Format<Theory>::spreadsheet(theory_xlsx),
};

[[nodiscard]] std::string theory_table_text(const TheoryTable& table, const TableStyle& style);
[[nodiscard]] std::string theory_table_markdown(const TheoryTable& table);
[[nodiscard]] std::string theory_table_json(const TheoryTable& table);
[[nodiscard]] std::string theory_table_csv(const TheoryTable& table);
[[nodiscard]] std::string theory_table_xlsx(const TheoryTable& table);

inline constexpr Format<TheoryTable> kTheoryTableFormats[] = {
    {"table", theory_table_text},
    {"csv", theory_table_csv},
    {"json", theory_table_json},
    {"markdown", theory_table_markdown},
    Format<TheoryTable>::spreadsheet(theory_table_xlsx),
};

/// What a chart of the closed forms shows.
enum class TheoryPlot {
  purchase,  ///< The loss to which one purchase of everything leads, by the purchase's date.
  horizon,   ///< Compute of even spending over compute of buying everything at once, by the horizon.
};
/// A chart as an SVG file of its own, with a line for each accounting. Throws std::invalid_argument where theory_plot_problem()
/// says that the request has no chart.
[[nodiscard]] std::string theory_svg(const TheoryRequest& request, TheoryPlot plot);
/// Why the request has no chart, in words; nullopt where it has one.
[[nodiscard]] std::optional<std::string> theory_plot_problem(const TheoryRequest& request);

}  // namespace fleetrace::output
