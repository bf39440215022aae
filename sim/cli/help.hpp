#pragma once

#include "verb.hpp"

namespace fleetrace::cli {

/// What the program does and which verbs it has; fits 80 columns.
void print_overview(std::ostream& stream);

/// One verb: usage, what it does, options, examples; fits 80 columns.
void print_help(const Verb& verb, std::ostream& stream);

}  // namespace fleetrace::cli
