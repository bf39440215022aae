#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/core/text/wrap.hpp"
#include "sim/output/run/hindsight.hpp"
#include "sim/output/studies/objective_scale.hpp"
#include "sim/output/studies/what_if.hpp"
#include "sim/output/studies/what_if_parts.hpp"
#include "sim/output/studies/what_if_row_scale.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"
#include "sim/output/table/writers.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::output {
namespace {

/// "site power", "site power (north)" where there are several sites.
std::string binding_words(const fleet::BindingConstraint& binding, const fleet::StrategySetup& setup) {
  std::string words(fleet::info(binding.constraint).title);
  const std::string* site = site_of(binding, setup);
  if (site != nullptr && setup.plant.sites.size() > 1) words += " (" + core::printable(*site) + ')';
  return words;
}

using fleet::Metric;
using study::kRaceMetrics;
using study::kWhatIfMetrics;
using study::MetricStanding;
using study::WhatIfCaseStanding;
using study::WhatIfStrategy;

const WhatIfStrategy* of_base(const WhatIfReport& report, const std::string& name) {
  for (const WhatIfStrategy& each : report.result.cases.front().strategies) {
    if (each.name == name) return &each;
  }
  return nullptr;
}

std::string interval(const WhatIfRowScale& scale, const study::Interval& found) {
  return std::isfinite(found.low) ? scale.change(found.low) + " to " + scale.change(found.high) : "unknown";
}

void add_rows(const WhatIfReport& report, const WhatIfStrategy& strategy, Table& table) {
  const WhatIfStrategy* base = of_base(report, strategy.name);
  for (std::size_t k = 0; k < kRaceMetrics.size(); ++k) {
    const MetricStanding& here = strategy.metrics[k];
    const Metric metric = study::kRaceMetrics[k];
    const bool was_there = base != nullptr && base->metrics[k].applies;
    const double before = was_there ? base->metrics[k].value.mean : 0;
    if (!here.applies && !was_there) continue;
    if (WhatIfRowScale::is_optional(metric) && before == 0 && here.value.mean == 0) continue;
    const WhatIfRowScale scale(metric, std::max(std::fabs(before), std::fabs(here.value.mean)));
    Table::Row row{core::printable(strategy.name),
                   what_if_words(k) + (scale.unit().empty() ? "" : " [" + scale.unit() + ']')};
    row.push_back(was_there ? Cell::real(before, scale.number(before)) : Cell::none());
    row.push_back(here.applies ? Cell::real(here.value.mean, scale.number(here.value.mean)) : Cell::none());
    row.push_back(here.has_difference ? Cell::real(here.difference.mean, scale.change(here.difference.mean))
                                      : Cell::none());
    if (report.result.has_chance)
      row.push_back(here.has_difference ? interval(scale, here.difference.interval) : Cell::none());
    table.add_row(std::move(row));
  }
}

bool result_varies(const WhatIfReport& report) { return report.result.has_chance; }

std::string changes_text(const WhatIfCaseReport& what_if_case) {
  std::string text;
  for (const auto& [path, value] : what_if_case.changes)
    text += (text.empty() ? "" : ", ") + core::printable(path) + '=' + core::printable(value);
  return text;
}

std::string case_name(const WhatIfReport& report, std::size_t what_if_case) {
  return core::printable(report.result.cases[what_if_case].name);
}

/// Which C0 the losses are relative to.
std::string measured_against(const WhatIfReport& report) {
  std::string all;
  bool differ = false;
  const auto reference = [](const WhatIfCaseReport& each) {
    return each.at_medians.setups.empty() ? 0 : each.at_medians.setups.front().loss.reference.compute;
  };
  for (std::size_t f = 0; f < report.cases.size(); ++f) {
    all += (f == 0 ? "" : ", ") + case_name(report, f) + ' ' + rough(reference(report.cases[f])) + " FLOP";
    differ = differ || reference(report.cases[f]) != reference(report.cases.front());
  }
  if (differ) return "Futures are measured against a C0 of their own: " + all + '.';
  return "Every case is measured against C0 = " + rough(reference(report.cases.front())) +
         " FLOP, that of the scenario as it is written.";
}

}  // namespace

Table what_if_differences(const WhatIfReport& report, std::size_t what_if_case) {
  Table table;
  table.add_column({"strategy", Align::left});
  table.add_column({"outcome", Align::left});
  const bool varies = report.result.has_chance;
  table.add_column({varies ? "base\nmean" : "base"});
  table.add_column({case_name(report, what_if_case) + (varies ? "\nmean" : "")});
  table.add_column({varies ? "mean\ndifference" : "difference"});
  if (varies) table.add_column({percent(report.result.confidence) + " interval\nof the mean"});
  const std::vector<std::string> shown = what_if_strategies(report);
  for (const WhatIfStrategy& each : report.result.cases[what_if_case].strategies) {
    if (std::find(shown.begin(), shown.end(), each.name) != shown.end()) add_rows(report, each, table);
  }
  return table;
}

Table what_if_bindings(const WhatIfReport& report) {
  static constexpr std::size_t kMostSpells = 12;
  Table table;
  for (const char* title : {"strategy", "case", "from", "to", "what binds"}) table.add_column({title, Align::left});
  const Run& base = report.cases.front().at_medians;
  const std::vector<std::string> shown = what_if_strategies(report);
  for (std::size_t f = 0; f < report.cases.size(); ++f) {
    const Run& run = report.cases[f].at_medians;
    for (std::size_t s = 0; s < run.outcomes.size(); ++s) {
      const fleet::Outcome& outcome = run.outcomes[s];
      if (std::find(shown.begin(), shown.end(), outcome.strategy) == shown.end()) continue;
      const core::Time end = run.setups[s].horizon.end;
      const std::string name = core::printable(outcome.strategy);
      const auto twin = std::find_if(base.outcomes.begin(), base.outcomes.end(),
                                     [&](const fleet::Outcome& each) { return each.strategy == outcome.strategy; });
      if (f > 0 && twin != base.outcomes.end() && twin->bindings == outcome.bindings &&
          base.setups.front().horizon.end == end) {
        table.add_row({name, case_name(report, f), core::to_date(run.setups[s].horizon.start), core::to_date(end),
                       "as in the base"});
        continue;
      }
      for (std::size_t i = 0; i < outcome.bindings.size(); ++i) {
        const bool is_last = i + 1 == outcome.bindings.size();
        std::string what = binding_words(outcome.bindings[i].binding, run.setups[s]);
        core::Time until = is_last ? end : outcome.bindings[i + 1].from;
        if (i + 1 == kMostSpells && !is_last) {
          what = std::to_string(outcome.bindings.size() - i) + " more changes, the last to " +
                 binding_words(outcome.bindings.back().binding, run.setups[s]);
          until = end;
        }
        table.add_row({name, case_name(report, f), core::to_date(outcome.bindings[i].from), core::to_date(until),
                       std::move(what)});
        if (i + 1 == kMostSpells) break;
      }
    }
  }
  return table;
}

std::string what_if_title(const WhatIfReport& report, std::size_t what_if_case) {
  const WhatIfCaseReport& here = report.cases[what_if_case];
  const std::string changes = changes_text(here);
  std::string text = case_name(report, what_if_case);
  if (!here.summary.empty()) text += ", " + core::printable(here.summary);
  return text + (changes.empty() ? ": nothing is set" : ": " + changes);
}

std::vector<std::string> what_if_notes(const WhatIfReport& report) {
  const study::WhatIf& result = report.result;
  std::vector<std::string> notes;
  notes.push_back(result.has_chance
                      ? "Differences are changed less base on the same draws, over " +
                            counted(static_cast<std::int64_t>(result.replications), "replication", "replications") +
                            " of seed " + std::to_string(report.seed) +
                            "; what binds is shown with uncertain inputs at their medians."
                      : kExact);
  if (result.has_chance)
    notes.emplace_back(
        "P10, P50, P90: a tenth, half and nine tenths of the futures lie at or below. The interval is of the mean, which more "
        "replications narrow; the spread of the futures they do not.");
  const std::size_t all = report.result.cases.front().strategies.size();
  if (const std::size_t shown = what_if_strategies(report).size(); shown < all)
    notes.push_back("Tables have the " + std::to_string(shown) + " strategies that change most; " +
                    std::to_string(all - shown) + " more in results.json.");
  notes.push_back(measured_against(report));
  if (std::string note = hindsight_note(report.cases.front().at_medians); !note.empty())
    notes.push_back(std::move(note));
  notes.emplace_back(
      "PF-days are of effective compute at the end of the horizon. The value of one more comes from racing again with 1 % "
      "more grid power, 1 % more budget, or deliveries, grid phases and projects up to a month earlier.");
  return notes;
}

std::string what_if_table(const WhatIfReport& report, const TableStyle& style) {
  std::string text;
  for (std::size_t f = 1; f < report.cases.size(); ++f) text += core::wrapped(what_if_answer(report, f), style.width);
  for (std::size_t f = 1; f < report.cases.size(); ++f) {
    text += '\n' + core::wrapped(what_if_title(report, f), style.width) + '\n' +
            write_text(what_if_differences(report, f), style);
    if (result_varies(report)) text += '\n' + write_text(what_if_spreads(report, f), style);
  }
  text += "\nWhat binds\n\n" + write_text(what_if_bindings(report), style);
  if (const Table worth = what_if_worth(report); !worth.empty())
    text += "\nValue of one more MW, million USD or month\n\n" + write_text(worth, style);
  text += '\n';
  for (const std::string& note :
       with_note(what_if_notes(report), scenario::money_note(report.cases.front().at_medians.scenario.root())))
    text += core::wrapped(note, style.width);
  return text;
}

std::string what_if_markdown(const WhatIfReport& report) {
  std::string text = markdown_text(answer(report)) + '\n';
  for (std::size_t f = 1; f < report.cases.size(); ++f)
    text += "\n## " + markdown_text(what_if_title(report, f)) + "\n\n" +
            write_markdown(what_if_differences(report, f)) +
            (result_varies(report) ? '\n' + write_markdown(what_if_spreads(report, f)) : "");
  text += "\n## What binds\n\n" + write_markdown(what_if_bindings(report));
  if (const Table worth = what_if_worth(report); !worth.empty())
    text += "\n## Value of one more MW, million USD or month\n\n" + write_markdown(worth);
  text += '\n';
  for (const std::string& note :
       with_note(what_if_notes(report), scenario::money_note(report.cases.front().at_medians.scenario.root())))
    text += "- " + markdown_text(note) + '\n';
  return text;
}

}  // namespace fleetrace::output
