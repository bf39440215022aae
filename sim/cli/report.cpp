#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/output/report_folder.hpp"
#include "study_options.hpp"
#include "verbs.hpp"

namespace fleetrace::cli {
namespace {

constexpr Option kOptions[] = {kQuietOption};

constexpr std::string_view kHelp =
    R"(DIR is a folder that --output of run, compare, sweep or sensitivity left. Its
report.html is written anew from manifest.json and results.json; nothing else
is changed.

examples:
  fleetrace compare race-under-uncertainty --output study
  fleetrace report study
)";

int report(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  const std::string& folder = only_operand(options, "DIR");
  output::rewrite_report(folder);
  if (!options.has("quiet")) streams.err << "The page is " << core::printable(folder) << "/report.html.\n";
  return kDone;
}

}  // namespace

const Verb kReport{.name = "report",
                   .arguments = "DIR [OPTION]...",
                   .summary = "write the page of a finished folder anew",
                   .help = kHelp,
                   .run = report,
                   .options = kOptions};

}  // namespace fleetrace::cli
