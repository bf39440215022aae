#include "sim/output/page/page_brief.hpp"

#include <algorithm>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/version.hpp"
#include "sim/api/turning_points.hpp"
#include "sim/core/text/utf8.hpp"
#include "sim/output/page/html.hpp"
#include "sim/output/page/page_certainty.hpp"
#include "sim/output/page/page_charts.hpp"
#include "sim/output/page/page_comparison.hpp"
#include "sim/output/page/page_document.hpp"
#include "sim/output/page/page_opening.hpp"
#include "sim/output/page/page_style.hpp"
#include "sim/output/run/report.hpp"
#include "sim/output/studies/objective_scale.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::output {
namespace {

constexpr std::size_t kCharts = 3;
constexpr std::size_t kAssumptions = 5;
constexpr std::size_t kTurns = 4;
/// Characters of a paragraph and of an item, so that all of it fits on the sheet whatever names are long.
constexpr std::size_t kLongest = 420;
constexpr std::size_t kLongestItem = 190;

// A sheet has the height of the paper less its margins; what would not fit is cut rather than printed on a second page.
constexpr std::string_view kStyle = R"(
@page{size:A4;margin:12mm}
:root{color-scheme:light}
body{background:var(--page);font-size:10pt;line-height:1.35}
.sheet{width:186mm;height:272mm;margin:12mm auto;overflow:hidden;display:flex;flex-direction:column}
.sheet h1{font-size:10pt;margin:0 0 1mm}
.sheet h2{font-size:10pt;margin:2.5mm 0 1mm;padding:0;border:0;color:var(--link);text-transform:uppercase;letter-spacing:.04em}
.sheet p,.sheet li{max-width:none;margin:0 0 1mm}
.sheet .question{font-size:12pt}
.sheet .answer{font-size:15pt;margin:0 0 1mm;max-width:none}
.sheet ul,.sheet ol{margin:0;padding-left:5mm}
.sheet .charts{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:2mm 6mm;margin:2mm 0 0}
.sheet figure{margin:0;display:block}
.sheet h3{font-size:9pt}
.sheet figcaption p,.sheet .tools,.sheet details{display:none}
.sheet .legend{font-size:7.5pt;gap:0 2mm;margin:.5mm 0}
.sheet .key{width:22px}
.sheet svg.chart,.sheet svg .mark{font-size:14px}
.sheet footer{margin:auto 0 0;padding:2mm 0 0;font-size:8pt}
@media print{.sheet{margin:0}body{font-size:10pt}}
)";

/// A text cut behind its last whole word.
std::string cut(const std::string& text, std::size_t most) {
  if (core::characters(text) <= most) return text;
  const std::size_t end = text.rfind(' ', most);
  std::size_t keep = end == std::string::npos || end == 0 ? most : end;
  while (keep > 0 && core::continues_character(text[keep])) --keep;
  return text.substr(0, keep) + " ...";
}

/// What stands on the sheet.
struct Brief {
  std::string name;
  std::string question;
  std::string recommendation;
  std::vector<std::string> certainty;
  std::vector<std::string> turns;
  std::vector<std::string> charts;
  std::vector<std::string> assumptions;
  std::string money;  ///< what it is in; empty for USD without more
};

/// The first sentence, and what follows it.
std::pair<std::string, std::string> split(const std::string& text) {
  const std::size_t end = text.find(". ");
  if (end == std::string::npos) return {text, {}};
  return {text.substr(0, end + 1), text.substr(end + 2)};
}

/// The answer as advice: "Choose heron: it has ...", or as it stands where nobody leads.
std::string advice(const std::string& answer, const std::string& leader) {
  if (leader.empty()) return "No recommendation: " + answer;
  const std::string shown = core::printable(leader);
  if (answer.rfind(shown + ' ', 0) != 0) return "Choose " + shown + ". " + answer;
  return "Choose " + shown + ": it" + answer.substr(shown.size());
}

std::string section(std::string_view title, const std::string& html) { return html_element("h2", title) + '\n' + html; }

std::string paragraphs(const std::vector<std::string>& texts) {
  std::string html;
  for (const std::string& each : texts) {
    if (!each.empty()) html += html_element("p", cut(each, kLongest)) + '\n';
  }
  return html;
}

std::string items(std::vector<std::string> texts) {
  for (std::string& each : texts) each = cut(each, kLongestItem);
  return page::list_html(texts);
}

std::string to_html(const Brief& brief) {
  static const std::string kStyles = std::string(page::style()) + std::string(kStyle);
  std::string text = page::head_html(brief.name + " in brief - fleetrace", kStyles, page::Scripts::none) +
                     "<body>\n<main class=\"sheet\">\n" + html_element("h1", cut(brief.name, kLongestItem)) + '\n';
  text += section("Question", html_element("p", cut(brief.question, kLongest), "class=\"question\"") + '\n');
  text += section("Recommendation", html_element("p", cut(brief.recommendation, kLongest), "class=\"answer\"") + '\n');
  text += section("How sure", paragraphs(brief.certainty));
  text += section("What would turn it", items(brief.turns));
  text += "<div class=\"charts\">\n";
  for (const std::string& each : brief.charts) text += each;
  // They stand beside the third chart.
  text += "<div>" + section("Assumptions that decide most", items(brief.assumptions)) + "</div>\n</div>\n";
  text += "<footer>" +
          html_element("p", (brief.money.empty() ? "" : brief.money + ' ') + "By fleetrace " +
                                std::string(core::version()) + " (" + std::string(core::git_hash()) +
                                "). report.html beside this sheet has everything.") +
          "</footer>\n</main>\n</body>\n</html>\n";
  return text;
}

/// The description of the scenario, and what was asked about it.
std::string question_of(const Run& run, fleet::Metric objective) {
  const std::string description = page::description(run.scenario);
  return page::question(run, objective) + (description.empty() ? "" : " The scenario: " + description);
}

std::string turned(const TurningPoint& point) {
  return core::printable(point.path) + (point.turns_below ? " at or below " : " at or above ") + point.turns_at +
         " (now " + core::printable(point.value) + "): " + core::printable(point.leader) + " leads.";
}

/// The turning points that are nearest to the scenario.
std::vector<std::string> turns_of(const TurningPoints& found) {
  if (found.leader.empty()) return {"Nobody leads at the medians, so any difference would decide."};
  if (found.rival.empty())
    return {"Nothing: " + core::printable(found.leader) + " races alone. The assumptions below move its " +
            objective_words(found.objective) + " most."};
  std::vector<const TurningPoint*> turning;
  for (const TurningPoint& each : found.points) {
    if (!each.turns_at.empty()) turning.push_back(&each);
  }
  if (turning.empty())
    return {"No number of the scenario turns it alone: each was halved and doubled, and " +
            core::printable(found.leader) + " still led at the medians."};
  std::stable_sort(turning.begin(), turning.end(),
                   [](const auto* a, const auto* b) { return a->distance < b->distance; });
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < turning.size() && i < kTurns; ++i) texts.push_back(turned(*turning[i]));
  if (turning.size() > kTurns) {
    const auto more = static_cast<std::int64_t>(turning.size() - kTurns);
    texts.back() += " Another strategy leads also with " + counted(more, "more number", "more numbers") +
                    " between half and double.";
  }
  return texts;
}

std::vector<std::string> assumptions_of(const Run& run, const TurningPoints& found) {
  std::vector<std::string> texts;
  for (const TurningPoint& each : found.points) {
    if (texts.size() == kAssumptions) break;
    std::string text = core::printable(each.path) + " is " + core::printable(each.value);
    if (each.preset) text += std::string(", the default") + (each.verified ? "" : ", unverified") + ": " + each.source;
    if (!each.preset) text += ", as the scenario states";
    texts.push_back(std::move(text));
  }
  // A scenario that has too few numbers rests on the catalog's.
  for (const std::string& each : unverified_inputs(run)) {
    if (texts.size() >= kAssumptions) break;
    texts.push_back(core::printable(each) + ", which has not been checked against its source");
  }
  const fleet::Horizon& horizon = run.setups.front().horizon;
  if (texts.size() < kAssumptions)
    texts.push_back("The horizon is " + core::to_date(horizon.start) + " to " + core::to_date(horizon.end) + '.');
  if (texts.size() < kAssumptions) texts.emplace_back("Prices, releases and growth go on as the scenario has them.");
  return texts;
}

/// Loss, compute and money of a run, or money beside what a comparison has; hardware where one of them has no chart.
std::vector<std::string> charts_of(const Run& run, std::vector<std::string> first) {
  std::vector<std::string> charts = std::move(first);
  const auto add = [&charts](const std::vector<page::Figure>& figures) {
    if (!figures.empty() && charts.size() < kCharts) charts.push_back(page::to_html(figures.front()));
  };
  const bool has_loss = !charts.empty();
  if (!has_loss) {
    charts.push_back(page::to_html(page::loss_chart(run)));
    add(page::compute_charts(run));
  }
  add(page::cost_charts(run));
  add(page::compute_charts(run));
  add(page::fleet_charts(run));
  return charts;
}

}  // namespace

std::string brief_html(const Run& run) {
  const TurningPoints found = turning_points(run, fleet::Metric::final_loss, std::nullopt, 0);
  const auto [first, rest] = split(headline(run));
  return to_html(Brief{core::printable(run.scenario.name()),
                       question_of(run, fleet::Metric::final_loss),
                       run.outcomes.size() == 1 ? first : advice(first, found.leader),
                       {rest, page::lead(run), page::certainty(run)},
                       turns_of(found),
                       charts_of(run, {}),
                       assumptions_of(run, found),
                       scenario::money_note(run.scenario.root())});
}

std::string brief_html(const ComparisonReport& report, const Run& at_medians) {
  const fleet::Metric objective = report.comparison.objective;
  const TurningPoints found = turning_points(at_medians, objective, report.design.target, 0);
  const auto [first, rest] = split(answer(report));
  std::vector<std::string> turns = turns_of(found);
  if (found.objective != objective)
    turns.emplace_back("By the final loss, since the scenario does not list the target.");
  // Who leads on average and at the medians may be two.
  const std::string best = report.comparison.best ? report.comparison.strategies[*report.comparison.best].name : "";
  if (!best.empty() && !found.leader.empty() && best != found.leader)
    turns.insert(turns.begin(), "At the medians, of which this speaks, " + core::printable(found.leader) + " leads.");
  std::vector<std::string> charts;
  for (const std::vector<std::string>& figures :
       {page::standing_figures(report, at_medians), page::band_figures(report, at_medians)}) {
    if (!figures.empty()) charts.push_back(figures.front());
  }
  return to_html(Brief{core::printable(report.scenario.name()),
                       question_of(at_medians, objective),
                       report.comparison.strategies.size() == 1 ? first : advice(first, best),
                       {rest, page::certainty(report)},
                       std::move(turns),
                       charts_of(at_medians, std::move(charts)),
                       assumptions_of(at_medians, found),
                       scenario::money_note(report.scenario.root())});
}

}  // namespace fleetrace::output
