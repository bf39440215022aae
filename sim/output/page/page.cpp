#include "sim/output/page/page.hpp"

#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/page/html.hpp"
#include "sim/output/page/page_certainty.hpp"
#include "sim/output/page/page_charts.hpp"
#include "sim/output/page/page_comparison.hpp"
#include "sim/output/page/page_document.hpp"
#include "sim/output/page/page_opening.hpp"
#include "sim/output/page/page_sections.hpp"
#include "sim/output/run/report.hpp"
#include "sim/output/studies/comparison_parts.hpp"
#include "sim/output/table/first_rows.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output {
namespace {

using page::add_run;
using page::add_section;
using page::band_figures;
using page::charts_html;
using page::Document;
using page::list_html;
using page::Origin;
using page::reproduce_html;
using page::scrolling;
using page::standing_figures;

/// What determines the numbers of a run.
Origin origin_of(const Run& run, std::vector<std::string> words) {
  const bool is_drawn = run.draw.inputs == fleet::InputDraw::drawn;
  if (words.empty()) {
    words = {"run", run.scenario.name(), "--seed", std::to_string(run.draw.seed)};
    if (is_drawn) words.insert(words.end(), {"--replication", std::to_string(run.draw.replication)});
  }
  return {run.scenario.name(), run.scenario.sha256, run.draw.seed,
          "replication " + std::to_string(run.draw.replication) + ", uncertain inputs " +
              (is_drawn ? "drawn" : "at their medians"),
          std::move(words)};
}

}  // namespace

std::string to_html(const Run& run, const std::vector<std::string>& arguments, std::string_view resolved_yaml) {
  Document document;
  document.name = core::printable(run.scenario.name());
  document.question = page::question(run, fleet::Metric::final_loss);
  document.description = page::description(run.scenario);
  document.answer = page::opening_answer(run);
  document.cost = page::cost_difference(run);
  document.chart = to_html(page::loss_chart(run));
  page::add_warnings(document, run.scenario.warnings);
  document.certainty = page::certainty(run);
  const std::string lead_text = page::lead(run);
  add_section(document, "standings", "Standings",
              (lead_text.empty() ? "" : html_element("p", lead_text) + '\n') +
                  scrolling(best_first(standings(run, Dates::days), names_by_loss(run)),
                            "Each strategy at the end; the lowest losses are bold") +
                  list_html(notes(run)));
  add_run(document, run, resolved_yaml, page::WithLoss::no);
  add_section(document, "reproduce", "How to reproduce this", reproduce_html(origin_of(run, arguments)));
  return to_html(document);
}

std::string to_html(const ComparisonReport& report, const Run& at_medians, const std::vector<std::string>& arguments,
                    std::string_view resolved_yaml) {
  Document document;
  document.name = core::printable(report.scenario.name());
  document.question = page::question(at_medians, report.comparison.objective);
  document.description = page::description(report.scenario);
  document.answer = page::opening_answer(report);
  document.cost = page::cost_difference(report);
  page::add_warnings(document, report.scenario.warnings);
  const std::string replications = counted(static_cast<std::int64_t>(report.comparison.replications), "replication",
                                           "replications");
  document.certainty = page::certainty(report);
  std::vector<std::string> figures = standing_figures(report, at_medians);
  if (!figures.empty()) {
    document.chart = std::move(figures.front());
    figures.erase(figures.begin());
  }
  const page::WithLoss with_loss = document.chart.empty() ? page::WithLoss::no : page::WithLoss::yes;
  if (document.chart.empty()) document.chart = to_html(page::loss_chart(at_medians));
  std::string html = html_element("p", answer(report)) + '\n' + charts_html(figures) +
                     scrolling(comparison_standings(report), "Each strategy over all replications; a best one is bold");
  if (has_regrets(report))
    html += scrolling(comparison_regrets(report), "How often each is best, and what choosing it gives away");
  if (const Table pairs = comparison_differences(report); !pairs.empty())
    html += scrolling(pairs, "Differences between strategies, replication by replication");
  if (const Table information = comparison_information(report); !information.empty())
    html += scrolling(information, "Best fixed plan, policies and hindsight");
  add_section(document, "comparison", "Comparison", html + list_html(comparison_notes(report)));
  if (const std::vector<std::string> bands = band_figures(report, at_medians); !bands.empty())
    add_section(document, "bands", "Loss over time, with bands",
                charts_html(bands) +
                    html_element("p",
                                 "From the first " + grouped(static_cast<std::int64_t>(report.bands.replications)) +
                                     " replications, at " + std::to_string(report.bands.times.size()) + " dates.",
                                 "class=\"quiet\""));
  add_section(document, "standings", "The race at the medians",
              html_element("p", "What follows is one race with every uncertain input at its median.") +
                  scrolling(best_first(standings(at_medians, Dates::days), names_by_loss(at_medians)),
                            "Each strategy at the end; the lowest losses are bold") +
                  list_html(notes(at_medians)));
  add_run(document, at_medians, resolved_yaml, with_loss);
  std::vector<std::string> words = arguments;
  if (words.empty())
    words = {"compare",        report.scenario.name(),
             "--seed",         std::to_string(report.design.seed),
             "--replications", std::to_string(report.comparison.replications)};
  add_section(document, "reproduce", "How to reproduce this",
              reproduce_html({report.scenario.name(), report.scenario.sha256, report.design.seed,
                              replications + " from 0 on, uncertain inputs drawn", std::move(words)}));
  return to_html(document);
}

}  // namespace fleetrace::output
