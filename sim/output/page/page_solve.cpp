#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/page/html.hpp"
#include "sim/output/page/page_curve.hpp"
#include "sim/output/page/page_document.hpp"
#include "sim/output/page/page_label.hpp"
#include "sim/output/page/page_opening.hpp"
#include "sim/output/page/page_sections.hpp"
#include "sim/output/studies/objective_scale.hpp"
#include "sim/output/studies/solve_parts.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output {
namespace {

/// "At least 1.72384 billion USD: from there up turtle meets relative_loss <= 0.54, and there it reaches 0.54." What was not found,
/// or is about a probability, has the answer of the other formats.
std::string opening_answer(const SolveReport& report) {
  const study::Solution& solution = report.solution;
  if (solution.end != study::Solution::End::found || report.probability || report.goal.is_joined())
    return page::in_labels(answer(report), {report.scalar_input.path});
  return (solution.rises ? "At least " : "At most ") + solve_input_text(report, solution.best.input) + ": from there " +
         (solution.rises ? "up " : "down ") + core::printable(report.strategy) + " meets " +
         core::printable(report.goal.source_text) + ", and there it reaches " + rough(solution.best.reached, 4) + '.';
}

}  // namespace

std::string to_html(const SolveReport& report, const Run& base, const std::vector<std::string>& arguments,
                    std::string_view resolved_yaml) {
  page::Document document;
  document.name = core::printable(report.name);
  document.question = "Which " + page::labelled(report.scalar_input.path) + " lets " +
                      core::printable(report.strategy) + " meet " + core::printable(report.goal.source_text) +
                      (report.probability ? " with a probability of " + percent(*report.probability) : "") + '?';
  document.description = page::description(base.scenario);
  document.answer = opening_answer(report);
  for (const page::Figure& figure : page::solve_figures(report)) document.chart += page::to_html(figure);
  page::add_warnings(document, report.warnings);
  document.certainty = report.replications > 1
                           ? (report.probability
                                  ? "A share of the replications meets the goal, on the same draws for every input."
                                  : "The mean of the replications meets the goal, on the same draws for every "
                                    "input; single futures may miss it.")
                           : page::kExact;
  page::add_section(document, "tried", "What was tried",
                    page::scrolling(solve_samples(report), "Inputs that were tried, and what they reach") +
                        page::list_html(solve_notes(report)));
  page::add_section(document, "assumptions", "Assumptions",
                    html_element("p", "The scenario as it stands, before the input is changed.") +
                        page::assumptions_html(base, resolved_yaml));
  page::add_section(
      document, "reproduce", "How to reproduce this",
      page::reproduce_html(
          {report.name, report.sha256, report.seed,
           counted(static_cast<std::int64_t>(report.replications), "replication", "replications") + " an input",
           arguments}));
  return page::to_html(document);
}

}  // namespace fleetrace::output
