#include "sim/output/studies/diff.hpp"

#include <filesystem>
#include <ostream>
#include <system_error>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/api/diff_study.hpp"
#include "sim/cli/format_option.hpp"
#include "sim/cli/study_options.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/cli/warnings.hpp"
#include "sim/core/text/wrap.hpp"
#include "sim/output/folder/diff_folder.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::cli {
namespace {

constexpr Option kOptions[] = {
    {"seed", "N", "0 to 4294967295; of both sides. Default: that of each folder, and 1 for scenarios."},
    {"replication", "K",
     "Race replication K, from 0 on, of the study that the seed stands for: uncertain inputs are drawn. Default: that of "
     "each folder; scenarios race with them at their medians."},
    kJobsOption,
    kNoFilesOption,
    format_option<output::kDiffFormats>(),
    kQuietOption,
    kColorOption,
};

constexpr std::string_view kHelp =
    R"(A and B are each a scenario (a file, - for standard input, or the name of an
embedded one) or a folder that --output left. Shows which inputs differ, which
outcomes differ, and how much each change of the inputs brought: A with that
change alone, and B without it. Where the two disagree changes interact, and
what is left of the whole difference is named. Uncertain inputs are at their
medians. Both sides are measured against the C0 of A.

examples:
  fleetrace diff hare-and-turtle my.yaml
  fleetrace run my.yaml --output september
  fleetrace run my.yaml --set operations.mfu=0.4 --output october
  fleetrace diff september october
  fleetrace diff september october --format xlsx > diff.xlsx
)";

/// Reads the arguments of the two sides, and prints what is to be known of them.
class Sides {
 public:
  Sides(const Options& options, const Streams& streams) : options_(options), streams_(streams) {}

  [[nodiscard]] DiffSide read(const std::string& name) const {
    DiffSide side;
    std::error_code ignored;
    if (std::filesystem::is_directory(name, ignored)) {
      output::FolderSide found = output::read_side(name);
      if (!options_.has("quiet")) {
        for (const std::string& note : found.notes) streams_.err << core::wrapped(note, output::kTextWidth);
      }
      side = std::move(found.side);
    } else {
      side = {name, load_scenario(options_, name), {}};
      side.draw.inputs = fleet::InputDraw::medians;
      side.draw.seed = 1;
      print_warnings(side.scenario.warnings, options_, streams_);
    }
    if (options_.has("seed")) side.draw.seed = seed(options_);
    if (options_.has("replication")) {
      side.draw.replication = replication(options_);
      side.draw.inputs = fleet::InputDraw::drawn;
    }
    return side;
  }

 private:
  const Options& options_;
  const Streams& streams_;
};

int diff_verb(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  const std::vector<std::string>& operands = options.operands();
  if (operands.size() != 2) {
    throw UsageError(operands.size() < 2
                         ? "A and B are needed: two scenarios or two folders that --output left."
                         : "diff takes two operands: \"" + core::printable(operands[2]) + "\" is one too many.");
  }
  if (operands[0] == "-" && operands[1] == "-") throw UsageError("standard input can be read only once.");
  const auto& format = chosen_format(output::kDiffFormats, options, streams);
  const int jobs = jobs_of(options);
  const Sides sides(options, streams);
  const DiffSide a = sides.read(operands[0]);
  const DiffSide b = sides.read(operands[1]);
  const std::optional<Diff> diff = diff_of(a, b, jobs, stop_flag(streams));
  if (!diff) {
    streams.err << "Interrupted: nothing is kept of a difference that is not finished.\n";
    return kInterrupted;
  }
  streams.out << format.write(*diff, {streams.width, wants_color(options, streams)});
  return kDone;
}

}  // namespace

const Verb kDiff{.name = "diff",
                 .arguments = "A B [OPTION]...",
                 .summary = "what changed between two scenarios or results, and what each change brought",
                 .help = kHelp,
                 .run = diff_verb,
                 .options = kOptions};

}  // namespace fleetrace::cli
