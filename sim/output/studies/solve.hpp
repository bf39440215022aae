#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/api/reports.hpp"
#include "sim/output/run/writers.hpp"

/// The formats of a solution: the input that meets a goal.
namespace fleetrace::output {

/// The answer: "turtle needs a budget of at least 1.72 billion USD (strategies.turtle.budget) to reach a relative loss of 0.54 by
/// 2034-01-01."
[[nodiscard]] std::string answer(const SolveReport& report);

[[nodiscard]] std::string solve_table(const SolveReport& report, const TableStyle& style);
[[nodiscard]] std::string solve_markdown(const SolveReport& report);
/// The whole solution as one document. Reals have 12 significant digits.
[[nodiscard]] std::string solve_json(const SolveReport& report);
/// Reads back what solve_json wrote of that scenario; the strategy is raced anew for what binds. Throws BadResults.
[[nodiscard]] SolveReport read_solve(const std::string& text, const scenario::Scenario& scenario);
/// CSV with a row for each input that was tried before the root was narrowed down, and one for the solution.
[[nodiscard]] std::string solve_csv(const SolveReport& report);
/// A spreadsheet with the rows of CSV on the sheet "results".
[[nodiscard]] std::string solve_xlsx(const SolveReport& report);

inline constexpr Format<SolveReport> kSolveFormats[] = {
    {"table", solve_table},
    {"csv", solve_csv, "csv has a row for each value that was tried."},
    {"json", solve_json},
    {"markdown", solve_markdown},
    Format<SolveReport>::spreadsheet(solve_xlsx),
};

/// Writes a solution as a page, as sim/output/page/page.hpp does for the other studies. `base` is the race of the scenario as it
/// stands, at the medians.
[[nodiscard]] std::string to_html(const SolveReport& report, const Run& base, const std::vector<std::string>& arguments,
                                  std::string_view resolved_yaml = {});

}  // namespace fleetrace::output
