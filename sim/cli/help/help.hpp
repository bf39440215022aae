#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "sim/cli/verb.hpp"

namespace fleetrace::cli {

/// Prints what the program does and which verbs it has, in at most 80 columns.
void print_overview(std::ostream& stream);

/// Prints the help of one verb, in at most 80 columns: usage, what it does, options and examples.
void print_help(const Verb& verb, std::ostream& stream);

/// The two parts of Verb::help.
struct HelpParts {
  std::string_view about;     ///< paragraphs, wrapped by hand
  std::string_view examples;  ///< command lines, indented by two spaces
};
[[nodiscard]] HelpParts help_parts(const Verb& verb);

/// One operand of a verb, as its usage line has it.
struct Operand {
  std::string_view name;  ///< SCENARIO, FAMILY, NAME, VERB, FILE, DIR, or words such as bash|zsh
  bool repeatable = false;
};
[[nodiscard]] std::vector<Operand> operands(const Verb& verb);

struct ExitCode {
  int code;
  std::string_view meaning;
};
[[nodiscard]] std::span<const ExitCode> exit_codes();

}  // namespace fleetrace::cli
