#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/cli/study_options.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/output/folder/report_folder.hpp"

namespace fleetrace::cli {
namespace {

constexpr Option kOptions[] = {
    {"brief", "",
     "Write brief.html instead, of a run or a comparison: one sheet of A4 with the question, the recommendation, how sure it "
     "is, what would turn it, three charts and five assumptions."},
    kQuietOption,
};

constexpr std::string_view kHelp =
    R"(DIR is a folder that --output of run, compare, whatif, sweep, sensitivity or
solve left. Its report.html is written anew from manifest.json and
results.json; nothing else is changed. A brief says what would turn the
recommendation: each number of the scenario is halved and doubled by itself.

examples:
  fleetrace compare race-under-uncertainty --output study
  fleetrace report study
  fleetrace report study --brief
)";

int report(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  const std::string& folder = only_operand(options, "DIR");
  const output::Page page = options.has("brief") ? output::Page::brief : output::Page::report;
  output::write_page(folder, page);
  if (!options.has("quiet"))
    streams.err << "The page is " << core::printable(folder) << '/' << output::file_of(page) << ".\n";
  return kDone;
}

}  // namespace

const Verb kReport{.name = "report",
                   .arguments = "DIR [OPTION]...",
                   .summary = "write the page of a finished folder anew, or a brief of it",
                   .help = kHelp,
                   .run = report,
                   .options = kOptions};

}  // namespace fleetrace::cli
