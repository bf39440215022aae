#include "sim/output/page/html.hpp"
#include "sim/output/page/page_document.hpp"
#include "sim/output/page/page_figure.hpp"
#include "sim/output/page/page_opening.hpp"
#include "sim/output/page/page_sections.hpp"
#include "sim/output/page/page_what_if_figures.hpp"
#include "sim/output/studies/objective_scale.hpp"
#include "sim/output/studies/what_if_parts.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output {

std::string to_html(const WhatIfReport& report, const std::vector<std::string>& arguments,
                    std::string_view resolved_yaml) {
  using page::add_section;
  using page::scrolling;
  page::Document document;
  document.name = core::printable(report.name);
  const Run& base = report.cases.front().at_medians;
  const auto cases = static_cast<std::int64_t>(report.cases.size() - 1);
  document.question = "What does " +
                      std::string(cases == 1 ? "the case" : "each of " + std::to_string(cases) + " cases") +
                      " change against the scenario as it stands?";
  document.description = page::description(base.scenario);
  document.answer = page::opening_answer(report);
  document.cost = page::cost_difference(report);
  page::add_warnings(document, report.warnings);
  document.certainty = report.result.has_chance ? "Base and changed cases race on the same draws; intervals at " +
                                                      percent(report.result.confidence) + " confidence."
                                                : kExact;
  std::vector<std::string> changes = page::change_figures(report);
  if (!changes.empty()) {
    document.chart = std::move(changes.front());
    changes.erase(changes.begin());
  }
  std::vector<std::string> answers;
  for (std::size_t f = 1; f < report.cases.size(); ++f) answers.push_back(what_if_answer(report, f));
  std::string html = page::list_html(answers) + page::charts_html(changes);
  for (std::size_t f = 1; f < report.cases.size(); ++f) {
    html += scrolling(what_if_differences(report, f), what_if_title(report, f));
    if (report.result.has_chance)
      html += scrolling(what_if_spreads(report, f), "How the outcomes spread over the futures, beside the means above");
  }
  add_section(document, "differences", "What changes", html + page::list_html(what_if_notes(report)));
  add_section(
      document, "bindings", "What binds",
      page::charts_html(page::binding_figures(report)) +
          scrolling(what_if_bindings(report), "The binding constraint over time, at the medians of the inputs"));
  if (const Table worth = what_if_worth(report); !worth.empty())
    add_section(document, "worth", "Value of one more MW, million USD or month",
                scrolling(worth, "Effective compute at the end for one more of what may bind"));
  if (const std::vector<std::string> courses = page::course_figures(report); !courses.empty())
    add_section(document, "course", "Money and power over time",
                page::charts_html(courses) +
                    html_element("p", "At the medians of what is uncertain; the base is dotted.", "class=\"quiet\""));
  add_section(document, "assumptions", "Assumptions",
              html_element("p", "The scenario as it stands, before any change.") +
                  page::assumptions_html(report.cases.front().at_medians, resolved_yaml));
  add_section(document, "reproduce", "How to reproduce this",
              page::reproduce_html(
                  {report.name, report.sha256, report.seed,
                   counted(static_cast<std::int64_t>(report.result.replications), "replication", "replications") +
                       " a case, inputs drawn",
                   arguments}));
  return page::to_html(document);
}

}  // namespace fleetrace::output
