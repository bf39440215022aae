#include <ostream>

#include "sim/cli/parts.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/output/folder/ranges.hpp"

namespace fleetrace::cli {
namespace {

constexpr Option kMergeOptions[] = {
    {"output", "DIR", "The folder of the whole study."},
};

constexpr std::string_view kMergeHelp =
    R"(Makes one study of the folders that its parts left, all of which --shard made of
one study: the same scenario, version and build, seed, size and settings. None
may be missing or twice. The folder and the table are those of a study that was
never divided, to the byte. The scenario is read again where the parts read it.

examples:
  fleetrace compare race-under-uncertainty --shard 1/2 --output part-1
  fleetrace compare race-under-uncertainty --shard 2/2 --output part-2
  fleetrace merge part-1 part-2 --output study
)";

constexpr std::string_view kMissingHelp =
    R"help(Prints the parts of a study that are not finished in any of the folders, as job
arrays take them, such as 3,17-19. Nothing is printed where none is missing; why
one is, standard error says.

examples:
  fleetrace missing part-1 part-2
  sbatch --array="$(fleetrace missing study-parts/*/)" part.sh
)help";

const std::vector<std::string>& folders(const Options& options) {
  if (options.operands().empty()) throw UsageError("name the folders of the parts: DIR...");
  return options.operands();
}

int merge(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kMergeOptions, arguments);
  const std::string folder = options.text("output", "");
  if (folder.empty()) throw UsageError("--output names the folder of the whole study: --output DIR.");
  const output::ShardSet parts(folders(options));
  std::vector<std::string> words = parts.arguments_of_whole(folder);
  words.erase(words.begin());
  switch (parts.request().verb) {
    case StudyRequest::Verb::compare: return merge_comparison(words, streams, parts);
    case StudyRequest::Verb::sweep: return merge_sweep(words, streams, parts);
    case StudyRequest::Verb::sensitivity: return merge_sensitivity(words, streams, parts);
  }
  return kFailed;
}

int missing(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options({}, arguments);
  const output::MissingParts found = output::missing_parts(folders(options));
  for (const std::string& note : found.notes) streams.err << note << '\n';
  if (!found.numbers.empty()) streams.out << output::ranges_text(found.numbers, found.of) << '\n';
  return kDone;
}

}  // namespace

const Verb kMerge{.name = "merge",
                  .arguments = "DIR... --output DIR",
                  .summary = "make one study of its parts",
                  .help = kMergeHelp,
                  .run = merge,
                  .options = kMergeOptions};

const Verb kMissing{.name = "missing",
                    .arguments = "DIR...",
                    .summary = "print which parts of a study are to be run again",
                    .help = kMissingHelp,
                    .run = missing};

}  // namespace fleetrace::cli
