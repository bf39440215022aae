#include <algorithm>
#include <array>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/quantity.hpp"
#include "sim/core/text/wrap.hpp"
#include "sim/core/units/written_unit.hpp"
#include "sim/output/run/hindsight.hpp"
#include "sim/output/studies/input_label.hpp"
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

/// Inputs as a column shows them: all digits, and large money in millions or billions.
class InputColumn {
 public:
  explicit InputColumn(const SolveReport& report) : report_(report), unit_(report.scalar_input.unit) {
    if (unit_ != "USD") return;
    double most = 0;
    for (const SolveSample& each : report.solution.samples) most = std::max(most, std::fabs(each.input));
    const Scale scale = scale_for(Scaled::money, most);
    unit_ = scale.unit;
    divisor_ = scale.divisor;
  }
  [[nodiscard]] const std::string& unit() const { return unit_; }
  [[nodiscard]] Cell cell(double input) const {
    const Cell plain = solve_input_cell(report_, input);
    return divisor_ == 1 ? plain : Cell(plain.value(), core::format_real(input / divisor_));
  }

 private:
  const SolveReport& report_;
  std::string unit_;
  double divisor_ = 1;
};

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
  const InputColumn inputs(report);
  table.add_column({.heading = input_label(report.scalar_input.path), .unit = inputs.unit()});
  const bool varies = solve_varies(report);
  if (varies) {
    table.add_column({"met\nin"});
    table.add_column({percent(report.confidence) + "\ninterval"});
  }
  const std::string name = solve_goal_label(report);
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
    Table::Row row{inputs.cell(each.input).best_if(is_solution)};
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

std::string solve_tried(const SolveReport& report) {
  const Solution& solution = report.solution;
  return labelled(report.scalar_input.path) + " between " + solve_input_words(report, solution.samples.front().input) +
         " and " + solve_input_words(report, solution.samples.back().input);
}

std::string answer(const SolveReport& report) {
  const Solution& solution = report.solution;
  const std::string strategy = core::printable(report.strategy);
  if (solution.samples.empty())
    return labelled(report.scalar_input.path) + " could not be tried at " + core::printable(solution.refused) + '.';
  if (report.probability) return probability_answer(report);
  const std::string goal = solve_goal_words(report) + (report.replications > 1 ? " on average" : "");
  const std::string reached = (report.goal.is_joined() ? core::printable(report.goal.name()) + " is " : "it has ") +
                              reached_text(report, solution.best.reached);
  if (solution.end == Solution::End::found) {
    // A number that moves in steps passes its bound.
    const bool is_past = rough(solution.best.reached) != rough(report.goal.bound);
    return solve_needs(report) + goal + (is_past ? ": there " + reached : "") + '.';
  }
  const bool is_always = solution.end == Solution::End::always;
  std::string text = (is_always ? "Every" : "No") + (" value of " + solve_tried(report)) + " that was tried lets " +
                     strategy + ' ' + goal + '.';
  if (!is_always)
    text += " The nearest is " + solve_input_words(report, solution.best.input) + ", where " + reached + '.';
  return text;
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
