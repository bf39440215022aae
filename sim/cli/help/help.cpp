#include "sim/cli/help/help.hpp"

#include <algorithm>
#include <ostream>

#include "sim/core/text/wrap.hpp"

namespace fleetrace::cli {
namespace {

constexpr std::size_t kWidth = 80;

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

std::string left_side(const Option& option) {
  std::string text = "  --" + std::string(option.name);
  if (!option.argument.empty()) text += ' ' + std::string(option.argument);
  return text;
}

constexpr ExitCode kExitCodes[] = {
    {kDone, "done"},
    {kFailed, "failed"},
    {kUsage, "wrong usage"},
    {kInvalidInput, "invalid scenario or input"},
    {kGuardTripped, "a guard (--fail-if) tripped"},
    {kBusy, "the study folder is in use"},
    {kInterrupted, "interrupted"},
};

constexpr std::string_view kExamples = "examples:\n";

}  // namespace

HelpParts help_parts(const Verb& verb) {
  const std::size_t place = verb.help.find(kExamples);
  if (place == std::string_view::npos) return {verb.help, {}};
  return {verb.help.substr(0, place), verb.help.substr(place + kExamples.size())};
}

std::vector<Operand> operands(const Verb& verb) {
  std::vector<Operand> result;
  std::string_view rest = verb.arguments.substr(0, verb.arguments.find("--"));
  while (!rest.empty()) {
    const std::size_t space = rest.find(' ');
    std::string_view word = rest.substr(0, space);
    rest = space == std::string_view::npos ? "" : rest.substr(space + 1);
    const bool repeatable = word.find("...") != std::string_view::npos;
    word = word.substr(std::min(word.find_first_not_of('['), word.size()));
    word = word.substr(0, word.find_first_of("].[", 1));
    if (!word.empty() && word != "OPTION") result.push_back({word, repeatable});
  }
  return result;
}

std::span<const ExitCode> exit_codes() { return kExitCodes; }

void print_overview(std::ostream& stream) {
  stream << "fleetrace races purchase strategies for GPU fleets over years.\n\n"
            "usage: fleetrace VERB [ARGUMENT]... [OPTION]...\n\n";
  std::size_t width = 0;
  for (const Verb* verb : verbs()) width = std::max(width, verb->name.size());
  for (const Verb* verb : verbs()) {
    stream << core::wrapped(verb->summary, kWidth, "  " + padded(std::string(verb->name), width) + "  ");
  }
  stream << "\n"
            "fleetrace help VERB tells more about a verb, fleetrace --version the version.\n"
            "Begin with: fleetrace run hare-and-turtle\n\n";
  std::string codes = "Exit codes:";
  for (const ExitCode& each : kExitCodes)
    codes += (each.code == 0 ? " " : ", ") + std::to_string(each.code) + ' ' + std::string(each.meaning);
  stream << core::wrapped(codes + '.', kWidth);
}

void print_help(const Verb& verb, std::ostream& stream) {
  stream << "usage: fleetrace " << verb.name << (verb.arguments.empty() ? "" : " ") << verb.arguments << "\n\n"
         << verb.summary << '\n';
  if (!verb.options.empty()) stream << "\noptions:\n";
  std::size_t width = 0;
  for (const Option& option : verb.options) width = std::max(width, left_side(option).size());
  for (const Option& option : verb.options) {
    stream << core::wrapped(help_text(option), kWidth, padded(left_side(option), width) + "  ");
  }
  if (!verb.help.empty()) stream << '\n' << verb.help;
  if (!verb.help.empty() && verb.help.back() != '\n') stream << '\n';
}

}  // namespace fleetrace::cli
