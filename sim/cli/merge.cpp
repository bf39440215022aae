#include <algorithm>
#include <ostream>
#include <utility>

#include "fleetrace/core/diagnostic.hpp"
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

/// The words of a whole study from those of one of its parts: without --shard, and with another folder.
std::vector<std::string> whole_study(const std::vector<std::string>& of_part, const std::string& folder) {
  std::vector<std::string> words;
  const auto is = [](const std::string& word, const std::string& option) { return word.rfind(option + '=', 0) == 0; };
  for (std::size_t i = 1; i < of_part.size(); ++i) {
    const std::string& word = of_part[i];
    if (word == "--shard") {
      ++i;
    } else if (word == "--output") {
      words.insert(words.end(), {word, folder});
      ++i;
    } else if (is(word, "--output")) {
      words.push_back("--output=" + folder);
    } else if (!is(word, "--shard")) {
      words.push_back(word);
    }
  }
  return words;
}

int merge(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kMergeOptions, arguments);
  const std::string folder = options.text("output", "");
  if (folder.empty()) throw UsageError("--output names the folder of the whole study: --output DIR.");
  const output::ShardSet parts(folders(options));
  using Merge = int (*)(const std::vector<std::string>&, const Streams&, const output::ShardSet&);
  static constexpr std::pair<std::string_view, Merge> kMerges[] = {
      {"compare", merge_comparison}, {"sweep", merge_sweep}, {"sensitivity", merge_sensitivity}};
  const std::string verb = parts.arguments().empty() ? "" : parts.arguments().front();
  for (const auto& [name, merge_parts] : kMerges) {
    if (name == verb) return merge_parts(whole_study(parts.arguments(), folder), streams, parts);
  }
  throw core::InputError({{{options.operands().front(), 0, 0},
                           "",
                           "is a part of \"" + core::printable(verb) + "\", which has none",
                           "",
                           "Name the folders that --shard left with --output."}});
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
