#include "sim/core/text/wrap.hpp"
#include "sim/output/run/report.hpp"
#include "sim/output/run/writers.hpp"
#include "sim/output/table/text.hpp"
#include "sim/output/table/writers.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::output {

std::string to_table(const Run& run, const TableStyle& style) {
  std::string text = core::wrapped(headline(run), style.width) + '\n';
  Table table = standings(run, Dates::days);
  if (!fits(table, style.width)) {
    // Months, if they save the table from being cut.
    if (Table shorter = standings(run, Dates::months); fits(shorter, style.width)) table = std::move(shorter);
  }
  text += write_text(table, style) + '\n';
  for (const Table& each :
       {compute_splits(run, Sparklines::with), comparison_laws(run), capabilities(run), services(run), sites(run),
        finances(run), returns(run), held_back(run, IfNothing::leave_out), bindings(run)})
    if (!each.empty()) text += write_text(each, style) + '\n';
  for (const std::string& note : with_note(notes(run), scenario::money_note(run.scenario.root())))
    text += core::wrapped(note, style.width);
  return text;
}

std::string to_markdown(const Run& run) {
  std::string text = markdown_text(headline(run)) + "\n\n" + write_markdown(standings(run, Dates::days)) + '\n' +
                     write_markdown(compute_splits(run, Sparklines::with)) + '\n';
  for (const Table& each : {comparison_laws(run), capabilities(run), services(run), sites(run), finances(run),
                            returns(run), held_back(run, IfNothing::leave_out), bindings(run)})
    if (!each.empty()) text += write_markdown(each) + '\n';
  for (const std::string& note : with_note(notes(run), scenario::money_note(run.scenario.root())))
    text += "- " + markdown_text(note) + '\n';
  return text;
}

}  // namespace fleetrace::output
