#include "help.hpp"

#include <algorithm>
#include <ostream>

#include "fleetrace/output/text.hpp"

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

}  // namespace

void print_overview(std::ostream& stream) {
  stream << "fleetrace races purchase strategies for GPU fleets over years.\n\n"
            "usage: fleetrace VERB [ARGUMENT]... [OPTION]...\n\n";
  std::size_t width = 0;
  for (const Verb* verb : verbs()) width = std::max(width, verb->name.size());
  for (const Verb* verb : verbs()) {
    stream << output::wrapped(verb->summary, kWidth, "  " + padded(std::string(verb->name), width) + "  ");
  }
  stream << "\n"
            "fleetrace help VERB tells more about a verb, fleetrace --version the version.\n"
            "Begin with: fleetrace run hare-and-turtle\n\n"
            "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 invalid scenario or input,\n"
            "5 the study folder is in use, 130 interrupted.\n";
}

void print_help(const Verb& verb, std::ostream& stream) {
  stream << "usage: fleetrace " << verb.name << (verb.arguments.empty() ? "" : " ") << verb.arguments << "\n\n"
         << verb.summary << '\n';
  if (!verb.options.empty()) stream << "\noptions:\n";
  std::size_t width = 0;
  for (const Option& option : verb.options) width = std::max(width, left_side(option).size());
  for (const Option& option : verb.options) {
    stream << output::wrapped(option.help, kWidth, padded(left_side(option), width) + "  ");
  }
  if (!verb.help.empty()) stream << '\n' << verb.help;
  if (!verb.help.empty() && verb.help.back() != '\n') stream << '\n';
}

}  // namespace fleetrace::cli
