#include "fleetrace/output/text.hpp"
#include "fleetrace/output/writers.hpp"
#include "report.hpp"

namespace fleetrace::output {
std::string to_table(const Run& run, const TableStyle& style) {
  std::string text = wrapped(headline(run), style.width) + '\n';
  TextTable table = standings(run, Dates::days);
  if (!table.fits(style.width)) {
    // Months, if they save the table from being cut.
    if (TextTable shorter = standings(run, Dates::months); shorter.fits(style.width)) table = std::move(shorter);
  }
  text += table.plain(style.width, style.bold) + '\n';
  for (const TextTable& each : {compute_splits(run, Sparklines::with), laws_beside(run), capabilities(run),
                                services(run), sites(run), finances(run)})
    if (!each.empty()) text += each.plain(style.width, style.bold) + '\n';
  for (const std::string& note : notes(run)) text += wrapped(note, style.width);
  return text;
}

std::string to_markdown(const Run& run) {
  std::string text = markdown_text(headline(run)) + "\n\n" + standings(run, Dates::days).markdown() + '\n' +
                     compute_splits(run, Sparklines::with).markdown() + '\n';
  for (const TextTable& each : {laws_beside(run), capabilities(run), services(run), sites(run), finances(run)})
    if (!each.empty()) text += each.markdown() + '\n';
  for (const std::string& note : notes(run)) text += "- " + markdown_text(note) + '\n';
  return text;
}

}  // namespace fleetrace::output
