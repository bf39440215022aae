#include <algorithm>
#include <array>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/quantity.hpp"
#include "sim/core/text/wrap.hpp"
#include "sim/core/units/written_unit.hpp"
#include "sim/output/run/hindsight.hpp"
#include "sim/output/studies/objective_scale.hpp"
#include "sim/output/studies/solve.hpp"
#include "sim/output/studies/solve_parts.hpp"
#include "sim/output/table/text.hpp"
#include "sim/output/table/writers.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::output {
namespace {

using study::Solution;
using study::SolveSample;

std::string reached_text(const SolveReport& report, double reached) {
  const std::string unit = report.goal.unit();
  return rough(reached, 6) + (unit.empty() ? "" : ' ' + unit);
}

std::string path(const SolveReport& report) {
  return core::printable(report.scalar_input.path) + (report.scalar_input.is_uncertain ? " (its median)" : "");
}

/// "site power for 4.21 of 8.00 yr".
std::string what_binds(const Run& run, const std::string& strategy) {
  const auto own = std::find_if(run.outcomes.begin(), run.outcomes.end(),
                                [&strategy](const fleet::Outcome& each) { return each.strategy == strategy; });
  const fleet::Outcome& outcome = own == run.outcomes.end() ? run.outcomes.front() : *own;
  const fleet::Horizon& horizon = run.setups.front().horizon;
  std::array<double, fleet::kConstraints> years = {};
  for (std::size_t i = 0; i < outcome.bindings.size(); ++i) {
    const bool is_last = i + 1 == outcome.bindings.size();
    const core::Time to = is_last ? horizon.end : outcome.bindings[i + 1].from;
    years[static_cast<std::size_t>(outcome.bindings[i].binding.constraint)] += (to - outcome.bindings[i].from).years();
  }
  std::string text;
  for (std::size_t i = 0; i < years.size(); ++i) {
    if (years[i] == 0) continue;
    text += (text.empty() ? "" : ", ") + std::string(fleet::info(static_cast<fleet::Constraint>(i)).title) + " for " +
            fixed(years[i], 2) + " yr";
  }
  return text;
}

}  // namespace

std::string solve_input_text(const SolveReport& report, double input) { return report.scalar_input.text(input); }

Cell solve_input_cell(const SolveReport& report, double input) {
  const scenario::ScalarInput& of = report.scalar_input;
  if (of.is_date) return of.text(input);
  const double amount = core::amount_in(of.dimension, input, of.unit);
  return Cell::real(amount, core::format_real(amount));
}

Table solve_samples(const SolveReport& report) {
  Table table;
  table.add_column({.heading = core::printable(report.scalar_input.path), .unit = report.scalar_input.unit});
  const bool varies = solve_varies(report);
  if (varies) {
    table.add_column({"met\nin"});
    table.add_column({percent(report.confidence) + "\ninterval"});
  }
  const std::string name = core::printable(report.goal.name());
  const std::string heading = !varies              ? name
                              : report.probability ? name + "\nreached with " + percent(*report.probability)
                                                   : name + "\nmean";
  table.add_column({.heading = heading, .unit = report.goal.unit()});
  table.add_column({"goal", Align::left});
  std::vector<SolveSample> all = report.solution.samples;
  const bool is_found = report.solution.end == Solution::End::found;
  if (is_found) {
    const auto place = std::upper_bound(all.begin(), all.end(), report.solution.best.input,
                                        [](double input, const SolveSample& each) { return input < each.input; });
    all.insert(place, report.solution.best);
  }
  for (const SolveSample& each : all) {
    const bool is_solution = is_found && each.input == report.solution.best.input;
    const char* const verdict = is_solution ? "met, the solution" : each.met ? "met" : "not met";
    Table::Row row{solve_input_cell(report, each.input).best_if(is_solution)};
    if (varies) {
      row.push_back(Cell(percent(each.probability)).best_if(is_solution));
      row.push_back(Cell(solve_chance_interval(each)).best_if(is_solution));
    }
    row.push_back(std::isfinite(each.reached) ? Cell::rough(each.reached, 6).best_if(is_solution) : Cell::none());
    row.push_back(Cell(verdict).best_if(is_solution));
    table.add_row(std::move(row));
  }
  return table;
}

std::vector<std::string> solve_notes(const SolveReport& report) {
  std::vector<std::string> result;
  const Solution& solution = report.solution;
  if (report.probability) result = probability_notes(report);
  if (!solution.is_monotone && !report.probability) {
    result.emplace_back(
        "It does not rise or fall throughout: there may be other crossings. The first from the low end is "
        "shown.");
  }
  if (!solution.refused.empty())
    result.push_back("The search ended early on one side: " + core::printable(solution.refused));
  if (report.replications > 1 && !report.probability) {
    const study::Interval& range = report.interval;
    if (std::isfinite(range.low)) {
      result.push_back(percent(report.confidence) + " interval of the mean there: " + rough(range.low, 6) + " to " +
                       rough(range.high, 6) + ", from " +
                       counted(static_cast<std::int64_t>(report.replications), "replication", "replications") +
                       " of seed " + std::to_string(report.seed) + ", the same for every input.");
    }
    result.push_back("The mean decides; of single futures " + percent(solution.best.probability) +
                     " meet the goal there. --probability asks for so large a share of them.");
  }
  if (std::string note = hindsight_note(report.at_medians); !note.empty()) result.push_back(std::move(note));
  if (!report.at_medians.outcomes.empty())
    result.push_back("What binds " + core::printable(report.strategy) +
                     " there: " + what_binds(report.at_medians, report.strategy) + '.');
  return result;
}

std::string answer(const SolveReport& report) {
  const Solution& solution = report.solution;
  const std::string goal = core::printable(report.goal.source_text);
  if (solution.samples.empty())
    return path(report) + " could not be tried at " + core::printable(solution.refused) + '.';
  if (report.probability) return probability_answer(report, path(report));
  const std::string best = solve_input_text(report, solution.best.input);
  const std::string reached = core::printable(report.strategy) +
                              (report.goal.is_joined() ? " has " + core::printable(report.goal.name()) + " = "
                                                       : " reaches ") +
                              reached_text(report, solution.best.reached);
  if (solution.end == Solution::End::found) {
    return path(report) + " = " + best + ": from there " + (solution.rises ? "up" : "down") + ' ' + goal +
           " is met; there " + reached + '.';
  }
  const std::string between = "between " + solve_input_text(report, solution.samples.front().input) + " and " +
                              solve_input_text(report, solution.samples.back().input);
  if (solution.end == Solution::End::always)
    return "Every value of " + path(report) + ' ' + between + " that was tried meets " + goal + '.';
  return "None of the values of " + path(report) + ' ' + between + " that were tried meets " + goal +
         ". The nearest is " + solve_input_text(report, solution.best.input) + ", where " + reached + '.';
}

std::string solve_table(const SolveReport& report, const TableStyle& style) {
  std::string result = core::wrapped(answer(report), style.width) + '\n';
  if (!report.solution.samples.empty()) result += write_text(solve_samples(report), style) + '\n';
  for (const std::string& note :
       with_note(solve_notes(report), scenario::money_note(report.at_medians.scenario.root())))
    result += core::wrapped(note, style.width);
  return result;
}

std::string solve_markdown(const SolveReport& report) {
  std::string result = markdown_text(answer(report)) + "\n\n";
  if (!report.solution.samples.empty()) result += write_markdown(solve_samples(report)) + '\n';
  for (const std::string& note :
       with_note(solve_notes(report), scenario::money_note(report.at_medians.scenario.root())))
    result += "- " + markdown_text(note) + '\n';
  return result;
}

}  // namespace fleetrace::output
