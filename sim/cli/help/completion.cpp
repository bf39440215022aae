#include "sim/cli/help/completion.hpp"

#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/output/reference/entries.hpp"

namespace fleetrace::cli {
namespace {

constexpr std::string_view kHelp =
    R"(Prints a script that completes verbs, options, their values, scenarios,
strategies, and the paths that --set and --vary take in the scenario of the
command line. Packages install it; by hand, put the first line below into
~/.bashrc, or the file of the second one into a folder of zsh's fpath.

examples:
  source <(fleetrace completion bash)
  fleetrace completion zsh > _fleetrace
)";

int completion(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options({}, arguments);
  const std::string& shell = only_operand(options, "the shell, bash or zsh,");
  if (shell == "bash") {
    streams.out << bash_completion();
  } else if (shell == "zsh") {
    streams.out << zsh_completion();
  } else {
    throw UsageError("there is no completion for \"" + core::printable(shell) + "\". Valid values are: bash, zsh.");
  }
  return kDone;
}

template <class Words>
std::string with_spaces(const Words& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + std::string(word);
  return text;
}

}  // namespace

std::string joined(const std::vector<std::string>& words) { return with_spaces(words); }

std::string joined(const std::vector<std::string_view>& words) { return with_spaces(words); }

std::vector<std::string_view> verb_names() {
  std::vector<std::string_view> names;
  for (const Verb* verb : verbs()) names.push_back(verb->name);
  names.emplace_back("help");
  return names;
}

std::vector<std::string> list_families() {
  std::vector<std::string> names = output::list_words();
  names.emplace_back("paths");
  return names;
}

const Verb kCompletion{.name = "completion",
                       .arguments = "bash|zsh",
                       .summary = "print a script that completes command lines",
                       .help = kHelp,
                       .run = completion};

}  // namespace fleetrace::cli
