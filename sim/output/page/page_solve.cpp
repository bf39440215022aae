#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/page/html.hpp"
#include "sim/output/page/page_curve.hpp"
#include "sim/output/page/page_document.hpp"
#include "sim/output/page/page_opening.hpp"
#include "sim/output/page/page_sections.hpp"
#include "sim/output/studies/input_label.hpp"
#include "sim/output/studies/objective_scale.hpp"
#include "sim/output/studies/solve_parts.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output {
namespace {

/// The answer without the path of the input, which stands beside the chart.
std::string opening_answer(const SolveReport& report) {
  const std::string path = " (" + core::printable(report.scalar_input.path);
  std::string text = answer(report);
  const std::size_t at = text.find(path);
  if (at == std::string::npos) return text;
  const bool has_more = text.compare(at + path.size(), 2, "; ") == 0;
  return text.replace(at, path.size() + (has_more ? 2 : 1), has_more ? " (" : "");
}

/// "How much budget lets turtle reach a relative loss of 0.54 by 2034-01-01?"
std::string question(const SolveReport& report) {
  return (report.scalar_input.is_date ? "Which " : "How much ") + solve_input_label(report) + " lets " +
         core::printable(report.strategy) + ' ' + solve_goal_words(report) +
         (report.probability ? " in " + percent(*report.probability) + " of the futures" : "") + '?';
}

}  // namespace

std::string to_html(const SolveReport& report, const Run& base, const std::vector<std::string>& arguments,
                    std::string_view resolved_yaml) {
  page::Document document;
  document.name = core::printable(report.name);
  document.question = question(report);
  document.description = page::description(base.scenario);
  document.answer = opening_answer(report);
  for (const page::Figure& figure : page::solve_figures(report)) document.chart += page::to_html(figure);
  page::add_warnings(document, report.warnings);
  document.certainty = report.replications > 1
                           ? (report.probability
                                  ? "A share of the replications meets the goal, on the same draws for every input."
                                  : "The mean of the replications meets the goal, on the same draws for every "
                                    "input; single futures may miss it.")
                           : kExact;
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
