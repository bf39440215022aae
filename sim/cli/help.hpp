#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "verb.hpp"

namespace fleetrace::cli {

/// What the program does and which verbs it has; fits 80 columns.
void print_overview(std::ostream& stream);

/// One verb: usage, what it does, options, examples; fits 80 columns.
void print_help(const Verb& verb, std::ostream& stream);

/// Verb::help in its two parts.
struct HelpParts {
  std::string_view about;     ///< paragraphs, wrapped by hand
  std::string_view examples;  ///< command lines, indented by two spaces
};
[[nodiscard]] HelpParts help_parts(const Verb& verb);

/// What may stand at one place behind a verb, as its usage line has it.
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
