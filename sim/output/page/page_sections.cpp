#include "sim/output/page/page_sections.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/version.hpp"
#include "sim/output/page/html.hpp"
#include "sim/output/page/page_charts.hpp"
#include "sim/output/page/page_plan.hpp"
#include "sim/output/page/page_tables.hpp"
#include "sim/output/plan/plan.hpp"
#include "sim/output/run/report.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::output::page {
namespace {

std::vector<std::string> drawn(const std::vector<Figure>& figures) {
  std::vector<std::string> texts;
  texts.reserve(figures.size());
  for (const Figure& figure : figures) texts.push_back(to_html(figure));
  return texts;
}

std::string over_time_html(const Run& run, WithLoss with_loss) {
  std::string text;
  if (const std::size_t shown = drawn_strategies(run).size(); shown < run.outcomes.size()) {
    text += html_element("p", "Charts show the " + std::to_string(shown) +
                                  " strategies with the lowest final loss of " + std::to_string(run.outcomes.size()) +
                                  "; the best three of them have colours and names.");
  }
  std::vector<Figure> figures;
  if (with_loss == WithLoss::yes) figures.push_back(loss_chart(run));
  for (auto& more : {compute_charts(run), cost_charts(run), power_figures(run)})
    figures.insert(figures.end(), more.begin(), more.end());
  return text + charts_html(drawn(figures)) +
         html_element("p",
                      "Loss is exact; other curves join points " + sampling(run) +
                          " apart. The tables show some of the samples, results.csv all of them.",
                      "class=\"quiet\"");
}

std::string fleets_html(const Run& run) {
  const std::vector<Figure> figures = fleet_charts(run);
  if (figures.empty()) return html_element("p", "Nobody ever has any hardware.") + '\n';
  return charts_html(drawn(figures));
}

std::string constraints_html(const Run& run) {
  const std::vector<std::string> figures = constraint_figures(run);
  std::string text = figures.empty()
                         ? html_element("p",
                                        "Every planned purchase went through: all released money could be spent.") +
                               '\n'
                         : charts_html(figures);
  text += scrolling(held_back(run, IfNothing::show),
                    "How often each constraint stopped a purchase; what waits, was not delivered and idled");
  if (const Table bound = bindings(run); !bound.empty())
    text += scrolling(bound, "For how many years each constraint bound, the last one in the order of a purchase");
  return text;
}

std::string bought_html(const Run& run) {
  static constexpr std::size_t kMostRows = 60;
  const Table table = bought(run, kMostRows);
  if (table.empty()) return html_element("p", "Nobody bought anything.") + '\n';
  std::string text;
  for (const std::string& note : bought_notes(run)) text += html_element("p", note) + '\n';
  if (const std::string old = old_chips(run); !old.empty()) text += html_element("p", old) + '\n';
  text += scrolling(table, "What was bought or rented, when, where and at what all-in price");
  if (table.rows().size() == kMostRows)
    text += html_element("p", "These are the first " + std::to_string(kMostRows) + "; results.json has all.",
                         "class=\"quiet\"");
  return text;
}

/// What the net present value counts, and what rates of return do not say.
std::string money_notes_html(const Run& run) {
  std::string text;
  if (const std::string costs = what_npv_counts(run); !costs.empty()) text += html_element("p", costs) + '\n';
  for (const std::string& note : return_notes(run)) text += html_element("p", note) + '\n';
  return text;
}

/// The race by periods: tables that open by a click, unless there are few periods.
std::string plan_html(const Run& run) {
  static constexpr std::size_t kMostOpen = 12;
  static constexpr std::size_t kMostRows = 34;  // eight years by quarter, with what was there before and the total
  std::string text;
  bool is_cut = false;
  std::optional<Run> few;
  if (run.outcomes.size() > kColours) {
    const std::vector<std::size_t> which = highlighted_strategies(run);
    few = run;
    few->plans.clear();
    for (const std::size_t i : which) few->plans.push_back(run.plans[i]);
    text += html_element("p", "These are the " + std::to_string(which.size()) +
                                  " strategies with the lowest final loss of " + std::to_string(run.plans.size()) +
                                  "; plan.csv and --by have all.");
  }
  for (const PlanTable& each : plan_tables(few ? *few : run)) {
    const bool is_short = each.table.rows().size() <= kMostOpen;
    Table table(each.table.columns());
    for (std::size_t i = 0; i < each.table.rows().size() && i < kMostRows; ++i) table.add_row(each.table.rows()[i]);
    is_cut = is_cut || table.rows().size() < each.table.rows().size();
    text += (is_short ? "<details open>" : "<details>") + html_element("summary", each.title) +
            whole(table, each.title) + "</details>\n";
  }
  if (is_cut)
    text += html_element("p",
                         "Of a long table these are the first " + std::to_string(kMostRows) +
                             " rows; results.sqlite and --by have all.",
                         "class=\"quiet\"") +
            '\n';
  for (const std::string& note : plan_notes(run)) text += html_element("p", note, "class=\"quiet\"") + '\n';
  return text;
}

}  // namespace

void add_section(Document& document, std::string id, std::string title, std::string html) {
  document.sections.push_back({std::move(id), std::move(title), std::move(html)});
}

void add_warnings(Document& document, const std::vector<core::Diagnostic>& warnings) {
  if (warnings.empty()) return;
  std::vector<std::string> lines;
  for (core::Diagnostic each : warnings) {
    const int line = each.where.line;
    each.where = {};
    each.is_warning = false;
    lines.push_back((line > 0 ? "Line " + std::to_string(line) + ", " : "") + core::to_string(each));
  }
  add_section(
      document, "warnings", "Warnings",
      html_element("p", "The scenario is valid. These of its values may not be meant:") + '\n' + list_html(lines));
}

void add_run(Document& document, const Run& run, std::string_view resolved_yaml, WithLoss with_loss) {
  add_section(document, "charts", "Over time", over_time_html(run, with_loss));
  add_section(document, "fleet", "Fleet by generation", fleets_html(run));
  if (const std::vector<Figure> cash = cash_figures(run); !cash.empty())
    add_section(document, "cash", "Cash by year", charts_html(drawn(cash)));
  add_section(document, "bought", "What was bought", bought_html(run));
  if (const Table targets = targets_table(run); !targets.empty())
    add_section(document, "targets", "Targets",
                scrolling(targets, "When each relative loss was reached, and years from the start"));
  add_section(document, "obstacles", "What held purchases back", constraints_html(run));
  add_section(
      document, "split", "Where the compute comes from",
      scrolling(
          compute_splits(run, Sparklines::without),
          "Doublings of compute over the reference C0, by cause: fleet, hardware, utilisation and algorithm add up to all of them"));
  if (const Table laws = comparison_laws(run); !laws.empty())
    add_section(document, "laws", "By other laws",
                scrolling(laws, "The same compute and reference; comparable is the equivalent C/C0"));
  if (const Table scores = capabilities(run); !scores.empty())
    add_section(document, "scores", "Capabilities",
                scrolling(scores, "Scores at the end as curves of absolute loss, and when targets were met"));
  if (const Table serving = services(run); !serving.empty())
    add_section(
        document, "serving", "Serving",
        scrolling(serving,
                  "What serving was asked for and carried at the end, the share of all demand that was met, and since "
                  "when it first was short"));
  if (const Table places = sites(run); !places.empty())
    add_section(document, "sites", "Sites",
                scrolling(places, "What fits at the end, the most that was installed, energy, and what was built"));
  if (const Table emitted = emissions(run); !emitted.empty()) {
    const std::string defaults = emission_defaults(run);
    add_section(document, "emissions", "Carbon and water",
                scrolling(emitted,
                          "Carbon dioxide equivalent of the energy and of making what was bought, and water that the "
                          "sites used") +
                    (defaults.empty() ? "" : html_element("p", defaults) + '\n'));
  }
  if (const Table money = finances(run); !money.empty())
    add_section(document, "money", "Money over time",
                scrolling(money,
                          "Net present value, cost of an effective petaflop/s-day, rent, proceeds, depreciation by the "
                          "books and by the market") +
                    money_notes_html(run));
  if (const Table earned = returns(run); !earned.empty())
    add_section(
        document, "returns", "Returns",
        scrolling(earned,
                  "What the fleet earned, the yearly rate of return, when the plan had paid back, what hardware "
                  "cost while it waited, and what is left of the sites"));
  if (!run.plans.empty())
    add_section(document, "plan", "By " + std::string(to_string(run.plan_options->by)), plan_html(run));
  add_section(document, "assumptions", "Assumptions", assumptions_html(run, resolved_yaml));
}

std::string assumptions_html(const Run& run, std::string_view resolved_yaml) {
  std::string text;
  if (const std::string money = scenario::money_note(run.scenario.root()); !money.empty())
    text += html_element("p", money) + '\n';
  std::vector<std::string> unverified = unverified_inputs(run);
  for (std::string& each : unverified) each = core::printable(each);
  if (unverified.empty()) {
    text += html_element("p", "Every default and every catalog number that this run used was read in its source.");
  } else {
    text += html_element("p", "This run used these inputs, which have not been checked against their source:") +
            list_html(unverified);
  }
  if (const Table numbers = accelerators_table(run); !numbers.empty()) {
    text += "<details><summary>Accelerators: every number with its source</summary>\n" +
            scrolling(numbers, "Numbers of the catalog; those unverified are bold") + "</details>\n";
  }
  return text + "<details open><summary>The whole scenario, with defaults and their sources</summary>\n" +
         (resolved_yaml.empty() ? resolved_html(run.scenario) : resolved_html(resolved_yaml)) + "</details>\n";
}

std::vector<std::string> that_matter(const std::vector<std::string>& arguments) {
  static constexpr std::array<std::string_view, 5> kWithValue = {"--jobs", "--progress", "--color", "--format",
                                                                 "--output"};
  static constexpr std::array<std::string_view, 2> kAlone = {"--quiet", "--trace"};
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string name = arguments[i].substr(0, arguments[i].find('='));
    if (std::find(kAlone.begin(), kAlone.end(), name) != kAlone.end()) continue;
    if (std::find(kWithValue.begin(), kWithValue.end(), name) == kWithValue.end()) {
      kept.push_back(arguments[i]);
    } else if (name == arguments[i]) {
      ++i;  // its value is the next word
    }
  }
  return kept;
}

std::string reproduce_html(const Origin& origin) {
  std::vector<std::string> words = that_matter(origin.words);
  words.insert(words.begin(), "fleetrace");
  Table table;
  table.add_column({"what", Align::left});
  table.add_column({"value", Align::left});
  table.add_row({"program", "fleetrace " + std::string(core::version())});
  table.add_row({"git hash", core::git_hash()});
  table.add_row({"scenario", core::printable(origin.scenario)});
  table.add_row({"SHA-256 of the scenario", origin.sha256.empty() ? "none" : origin.sha256});
  table.add_row({"seed", std::to_string(origin.seed)});
  table.add_row({"draws", origin.draws});
  return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Command\"><pre>" +
         html_text(command_line(words)) + "</pre></div>\n" + scrolling(table, "What determines every number here") +
         html_element("p",
                      "The same version, scenario, seed and draws give the same bytes on every machine, whatever the "
                      "number of threads.") +
         '\n';
}

}  // namespace fleetrace::output::page
