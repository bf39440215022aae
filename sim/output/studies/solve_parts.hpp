#pragma once

#include <string>
#include <vector>

#include "sim/output/studies/solve.hpp"
#include "sim/output/table/table.hpp"

/// The parts of a solution for people, before they are laid out; private to the output floor.
namespace fleetrace::output {

/// An input as the scenario writes it; what is written is read back to the same input.
[[nodiscard]] std::string solve_input_text(const SolveReport& report, double input);
/// The same without the unit, for columns whose names end in it: a number, or a date.
[[nodiscard]] Cell solve_input_cell(const SolveReport& report, double input);
/// Whether replications differ: else one says everything, and no interval has a width.
[[nodiscard]] inline bool solve_varies(const SolveReport& report) {
  return report.replications > 1 || report.solution.best.chance.low < report.solution.best.chance.high;
}
/// A row for each input that was tried, with the solution in its place.
[[nodiscard]] Table solve_samples(const SolveReport& report);
/// The interval for the probability with which a sample meets the goal: "87 % to 93 %".
[[nodiscard]] std::string solve_chance_interval(const study::SolveSample& sample);
/// The answer and the notes of a search for a probability. `path` is the input in words.
[[nodiscard]] std::string probability_answer(const SolveReport& report, const std::string& path);
[[nodiscard]] std::vector<std::string> probability_notes(const SolveReport& report);
/// What has to be known to read the table, a sentence or two each.
[[nodiscard]] std::vector<std::string> solve_notes(const SolveReport& report);

}  // namespace fleetrace::output
