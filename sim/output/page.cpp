#include "fleetrace/output/page.hpp"

#include <algorithm>
#include <cmath>

#include "comparison_parts.hpp"
#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/fleet/measures.hpp"
#include "fleetrace/output/human.hpp"
#include "fleetrace/output/text.hpp"
#include "html.hpp"
#include "page_comparison.hpp"
#include "page_document.hpp"
#include "page_sections.hpp"
#include "report.hpp"

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

/// How far the answer of a single race goes.
std::string certainty(const Run& run) {
  const bool is_uncertain = !fleet::Inputs(run.scenario).all().empty();
  const bool has_chance = std::any_of(run.cases.begin(), run.cases.end(), fleet::has_chance);
  if (!is_uncertain && !has_chance)
    return "Certain within this scenario: nothing in it is random. It rests on the assumptions below.";
  const bool is_drawn = run.draw.inputs == fleet::InputDraw::drawn;
  std::string text = is_drawn ? "This is one draw of what is uncertain (replication " +
                                    std::to_string(run.draw.replication) + ")"
                     : is_uncertain ? "This is one race with the uncertain inputs at their medians"
                                    : "This is one race with one draw of its chances";
  return text + ", so it says who won, not how sure that is: fleetrace compare replicates it.";
}

/// By how much the lowest final loss leads the next; empty for one strategy.
std::string lead(const Run& run) {
  if (run.outcomes.size() < 2) return {};
  std::vector<const fleet::Outcome*> order;
  for (const fleet::Outcome& outcome : run.outcomes) order.push_back(&outcome);
  std::stable_sort(order.begin(), order.end(), [](const fleet::Outcome* a, const fleet::Outcome* b) {
    return a->final.relative_loss < b->final.relative_loss;
  });
  const fleet::Final& first = order[0]->final;
  const fleet::Final& second = order[1]->final;
  const double difference = second.relative_loss - first.relative_loss;
  const double dearer = first.spend().usd() - second.spend().usd();
  return "Winner " + shown_name(*order[0]) + ", runner-up " + shown_name(*order[1]) + ": final loss " +
         fixed(first.relative_loss, 4) + " against " + fixed(second.relative_loss, 4) + ", a lead of " +
         (difference > 0 && difference < 5e-5 ? rough(difference, 2) : fixed(difference, 4)) + " on the same draw, " +
         (dearer == 0
              ? "at equal spend."
              : "with " + human(Scaled::money, std::fabs(dearer)) + (dearer > 0 ? " more" : " less") + " spent.");
}

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
  document.answer = headline(run);
  document.certainty = certainty(run);
  const std::string lead_text = lead(run);
  add_section(document, "standings", "Standings",
              (lead_text.empty() ? "" : html_element("p", lead_text) + '\n') +
                  scrolling(standings(run, Dates::days), "Each strategy at the end; the lowest losses are bold") +
                  list_html(notes(run)));
  add_run(document, run, resolved_yaml);
  add_section(document, "reproduce", "How to reproduce this", reproduce_html(origin_of(run, arguments)));
  return to_html(document);
}

std::string to_html(const ComparisonReport& report, const Run& at_medians, const std::vector<std::string>& arguments,
                    std::string_view resolved_yaml) {
  Document document;
  document.name = core::printable(report.scenario.name());
  document.answer = answer(report);
  const std::string replications = counted(static_cast<std::int64_t>(report.comparison.replications), "replication",
                                           "replications");
  document
      .certainty = report.plan.has_chance
                       ? "From " + replications + " in which all strategies share their draws, intervals at " +
                             rough(100 * report.comparison.confidence) + " % confidence."
                       : "Certain within this scenario: nothing in it is random. It rests on the assumptions below.";
  std::string html = charts_html(standing_figures(report)) +
                     scrolling(comparison_standings(report), "Each strategy over all replications; a best one is bold");
  if (const TextTable pairs = comparison_differences(report); !pairs.empty())
    html += scrolling(pairs, "Differences between strategies, replication by replication");
  add_section(document, "comparison", "Comparison", html + list_html(comparison_notes(report)));
  if (const std::vector<std::string> bands = band_figures(report); !bands.empty())
    add_section(document, "bands", "Loss over time, with bands",
                charts_html(bands) +
                    html_element("p",
                                 "From the first " + grouped(static_cast<std::int64_t>(report.bands.replications)) +
                                     " replications, at " + std::to_string(report.bands.times.size()) + " dates.",
                                 "class=\"quiet\""));
  add_section(
      document, "standings", "The race at the medians",
      html_element("p", "What follows is one race with every uncertain input at its median.") +
          scrolling(standings(at_medians, Dates::days), "Each strategy at the end; the lowest losses are bold") +
          list_html(notes(at_medians)));
  add_run(document, at_medians, resolved_yaml);
  std::vector<std::string> words = arguments;
  if (words.empty())
    words = {"compare",        report.scenario.name(),
             "--seed",         std::to_string(report.plan.seed),
             "--replications", std::to_string(report.comparison.replications)};
  add_section(document, "reproduce", "How to reproduce this",
              reproduce_html({report.scenario.name(), report.scenario.sha256, report.plan.seed,
                              replications + " from 0 on, uncertain inputs drawn", std::move(words)}));
  return to_html(document);
}

}  // namespace fleetrace::output
