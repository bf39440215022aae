#include "fleetrace/output/page.hpp"

#include <algorithm>
#include <cmath>

#include "comparison_parts.hpp"
#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/version.hpp"
#include "fleetrace/fleet/measures.hpp"
#include "fleetrace/output/human.hpp"
#include "fleetrace/output/text.hpp"
#include "html.hpp"
#include "page_charts.hpp"
#include "page_document.hpp"
#include "page_tables.hpp"
#include "report.hpp"

namespace fleetrace::output {
namespace {

using page::scrolling;

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

std::string charts_html(const Run& run) {
  std::vector<page::Figure> figures{page::loss_chart(run)};
  for (auto& more : {page::compute_charts(run), page::cost_charts(run)})
    figures.insert(figures.end(), more.begin(), more.end());
  std::string text;
  if (const std::size_t drawn = page::drawn_strategies(run).size(); drawn < run.outcomes.size()) {
    text += html_element("p", "Charts show the " + std::to_string(drawn) +
                                  " strategies with the lowest final loss of " + std::to_string(run.outcomes.size()) +
                                  ".");
  }
  text += "<div class=\"charts\">\n";
  for (const page::Figure& figure : figures) text += page::to_html(figure);
  return text + "</div>\n" +
         html_element("p",
                      "Loss is drawn exactly; everything else from samples every " + page::sampling(run) +
                          ", joined by straight lines. The tables show some of the samples, results.csv all.",
                      "class=\"certainty\"");
}

std::string fleets_html(const Run& run) {
  const std::vector<page::Figure> figures = page::fleet_charts(run);
  if (figures.empty()) return html_element("p", "Nobody ever has any hardware.") + '\n';
  std::string text = "<div class=\"charts\">\n";
  for (const page::Figure& figure : figures) text += page::to_html(figure);
  return text + "</div>\n";
}

std::string assumptions_html(const Run& run) {
  std::string text;
  std::vector<std::string> unverified = unverified_inputs(run);
  for (std::string& each : unverified) each = core::printable(each);
  if (unverified.empty()) {
    text += html_element("p", "Every default and every catalog number that this run used was read in its source.");
  } else {
    text += html_element("p", "Nobody has read these numbers in their source yet, and this run used them:") +
            page::list_html(unverified);
  }
  if (const TextTable numbers = page::accelerators_table(run); !numbers.empty()) {
    text += "<details><summary>Accelerators: every number with its source</summary>\n" +
            scrolling(numbers, "Numbers of the catalog; those unverified are bold") + "</details>\n";
  }
  return text + "<details open><summary>The whole scenario, with defaults and their sources</summary>\n" +
         page::resolved_html(run.scenario) + "</details>\n";
}

std::string reproduce_html(const Run& run, std::vector<std::string> words) {
  if (words.empty()) {
    words = {"run", run.scenario.name(), "--seed", std::to_string(run.draw.seed)};
    if (run.draw.inputs == fleet::InputDraw::drawn)
      words.insert(words.end(), {"--replication", std::to_string(run.draw.replication)});
  }
  words.insert(words.begin(), "fleetrace");
  TextTable table;
  table.add_column({"what", false});
  table.add_column({"value", false});
  table.add_row({{"program"}, {"fleetrace " + std::string(core::version())}});
  table.add_row({{"git hash"}, {std::string(core::git_hash())}});
  table.add_row({{"scenario"}, {core::printable(run.scenario.name())}});
  table.add_row({{"SHA-256 of the scenario"}, {run.scenario.sha256.empty() ? "none" : run.scenario.sha256}});
  table.add_row({{"seed"}, {std::to_string(run.draw.seed)}});
  table.add_row({{"replication"}, {std::to_string(run.draw.replication)}});
  table.add_row({{"uncertain inputs"}, {run.draw.inputs == fleet::InputDraw::drawn ? "drawn" : "at their medians"}});
  return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Command\"><pre>" +
         html_text(page::command_line(words)) + "</pre></div>\n" +
         scrolling(table, "What determines every number here") +
         html_element("p", "The same version, scenario, seed and replication give the same bytes on every machine.") +
         '\n';
}

/// Everything below the standings, as the run has it.
void add_run(page::Document& document, const Run& run, const std::vector<std::string>& arguments) {
  const auto add = [&document](std::string id, std::string title, std::string html) {
    document.sections.push_back({std::move(id), std::move(title), std::move(html)});
  };
  add("charts", "Over time", charts_html(run));
  add("fleet", "Fleet by generation", fleets_html(run));
  if (const TextTable targets = page::targets_table(run); !targets.empty())
    add("targets", "Targets", scrolling(targets, "When each relative loss was reached, and years from the start"));
  add("obstacles", "What held purchases back",
      scrolling(page::obstacles_table(run),
                "Reviews at which each obstacle kept money from being spent, and what was left of the budget"));
  add("split", "Where the compute comes from",
      scrolling(
          compute_splits(run, Sparklines::without),
          "log2 of final compute over C0, split exactly: fleet, hardware, utilisation and algorithm add up to it"));
  if (const TextTable laws = laws_beside(run); !laws.empty())
    add("laws", "By other laws", scrolling(laws, "The same compute and reference; comparable is the equivalent C/C0"));
  if (const TextTable scores = capabilities(run); !scores.empty())
    add("scores", "Capabilities",
        scrolling(scores, "Scores at the end as curves of absolute loss, and when targets were met"));
  add("assumptions", "Assumptions", assumptions_html(run));
  add("reproduce", "How to reproduce this", reproduce_html(run, arguments));
}

}  // namespace

std::string to_html(const Run& run, const std::vector<std::string>& arguments) {
  page::Document document;
  document.name = core::printable(run.scenario.name());
  document.answer = headline(run);
  document.certainty = certainty(run);
  const std::string lead_text = lead(run);
  const auto add = [&document](std::string id, std::string title, std::string html) {
    document.sections.push_back({std::move(id), std::move(title), std::move(html)});
  };
  add("standings", "Standings",
      (lead_text.empty() ? "" : html_element("p", lead_text) + '\n') +
          scrolling(standings(run, Dates::days), "Each strategy at the end; the lowest losses are bold") +
          page::list_html(notes(run)));
  add_run(document, run, arguments);
  return page::to_html(document);
}

std::string to_html(const ComparisonReport& report, const Run& at_medians, const std::vector<std::string>& arguments) {
  page::Document document;
  document.name = core::printable(report.scenario.name());
  document.answer = answer(report);
  document.certainty =
      report.plan.has_chance
          ? "From " +
                counted(static_cast<std::int64_t>(report.comparison.replications), "replication", "replications") +
                " in which all strategies share their draws, intervals at " +
                rough(100 * report.comparison.confidence) + " % confidence."
          : "Certain within this scenario: nothing in it is random. It rests on the assumptions below.";
  std::string html = scrolling(comparison_standings(report), "Each strategy over all replications; a best one is bold");
  if (const TextTable pairs = comparison_differences(report); !pairs.empty())
    html += scrolling(pairs, "Differences between strategies, replication by replication");
  document.sections.push_back({"comparison", "Comparison", html + page::list_html(comparison_notes(report))});
  document.sections.push_back(
      {"standings", "The race at the medians",
       html_element("p", "What follows is one race with every uncertain input at its median.") +
           scrolling(standings(at_medians, Dates::days), "Each strategy at the end; the lowest losses are bold") +
           page::list_html(notes(at_medians))});
  std::vector<std::string> words = arguments;
  if (words.empty())
    words = {"compare",        report.scenario.name(),
             "--seed",         std::to_string(report.plan.seed),
             "--replications", std::to_string(report.comparison.replications)};
  add_run(document, at_medians, words);
  return page::to_html(document);
}

}  // namespace fleetrace::output
