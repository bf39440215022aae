#include "sim/core/text/wrap.hpp"
#include "sim/output/run/report.hpp"
#include "sim/output/run/writers.hpp"
#include "sim/output/table/first_rows.hpp"
#include "sim/output/table/text.hpp"
#include "sim/output/table/writers.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::output {
namespace {

/// A table as people read it: of many strategies the best few, and how many more there are.
struct Excerpt {
  Table table;
  std::string more;
};

Excerpt excerpt(const Table& table, const std::vector<std::string>& names) {
  if (names.size() <= kShortTable) return {table, {}};
  const Table ordered = best_first(table, names);
  return {first_rows(ordered), more_rows(ordered)};
}

}  // namespace

std::string to_table(const Run& run, const TableStyle& style) {
  std::string text = core::wrapped(headline(run), style.width) + '\n';
  const std::vector<std::string> names = names_by_loss(run);
  const auto add = [&](const Table& whole) {
    const auto [table, more] = excerpt(whole, names);
    text += write_text(table, style) + more + '\n';
  };
  const Table table = standings(run, Dates::days);
  // Months, if they save the table from being cut.
  const Table shorter = standings(run, Dates::months);
  add(!fits(table, style.width) && fits(shorter, style.width) ? shorter : table);
  for (const Table& each :
       {compute_splits(run, Sparklines::with), comparison_laws(run), capabilities(run), services(run), sites(run),
        emissions(run), finances(run), returns(run), held_back(run, IfNothing::leave_out), bindings(run)})
    if (!each.empty()) add(each);
  for (const std::string& note : with_note(notes(run), scenario::money_note(run.scenario.root())))
    text += core::wrapped(note, style.width);
  return text;
}

std::string to_markdown(const Run& run) {
  std::string text = markdown_text(headline(run)) + "\n\n";
  const std::vector<std::string> names = names_by_loss(run);
  for (const Table& each : {standings(run, Dates::days), compute_splits(run, Sparklines::with), comparison_laws(run),
                            capabilities(run), services(run), sites(run), emissions(run), finances(run), returns(run),
                            held_back(run, IfNothing::leave_out), bindings(run)}) {
    if (each.empty()) continue;
    const auto [table, more] = excerpt(each, names);
    text += write_markdown(table) + (more.empty() ? "" : '\n' + more) + '\n';
  }
  for (const std::string& note : with_note(notes(run), scenario::money_note(run.scenario.root())))
    text += "- " + markdown_text(note) + '\n';
  return text;
}

}  // namespace fleetrace::output
