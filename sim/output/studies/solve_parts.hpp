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
/// The same with three digits, for sentences.
[[nodiscard]] std::string solve_input_words(const SolveReport& report, double input);
/// The input in words, without the strategy that has it where that is the one of the goal: "budget", "power of site main".
[[nodiscard]] std::string solve_input_label(const SolveReport& report);
/// The number that the goal is about in words: "relative loss", "energy of site main".
[[nodiscard]] std::string solve_goal_label(const SolveReport& report);
/// What is to be done: "reach a relative loss of 0.54 by 2032-01-01", "have a peak site power below 60 MW on 2030-01-01".
[[nodiscard]] std::string solve_goal_words(const SolveReport& report);
/// "turtle needs a budget of at least 1.72 billion USD (strategies.turtle.budget) to ", or of what is not the strategy's own "Power of
/// site main must be at least 34.2 MW (sites.main.power) for turtle to ". `more` goes behind the path.
[[nodiscard]] std::string solve_needs(const SolveReport& report, const std::string& more = {});
/// Whether replications differ: else one says everything, and no interval has a width.
[[nodiscard]] inline bool solve_varies(const SolveReport& report) {
  return report.replications > 1 || report.solution.best.chance.low < report.solution.best.chance.high;
}
/// A row for each input that was tried, with the solution in its place.
[[nodiscard]] Table solve_samples(const SolveReport& report);
/// The interval for the probability with which a sample meets the goal: "87 % to 93 %".
[[nodiscard]] std::string solve_chance_interval(const study::SolveSample& sample);
/// "values of budget of turtle (strategies.turtle.budget) between 1 billion USD and 9 billion USD": what was tried.
[[nodiscard]] std::string solve_tried(const SolveReport& report);
/// The answer and the notes of a search for a probability.
[[nodiscard]] std::string probability_answer(const SolveReport& report);
[[nodiscard]] std::vector<std::string> probability_notes(const SolveReport& report);
/// What has to be known to read the table, a sentence or two each.
[[nodiscard]] std::vector<std::string> solve_notes(const SolveReport& report);

}  // namespace fleetrace::output
