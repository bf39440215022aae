#pragma once

#include <string>

namespace fleetrace::reader {

/// A scenario to start from: a valid race in which every section is explained and every key that is left out stands as a
/// comment with its default. The explanations are those of the entries that the reader checks by.
[[nodiscard]] std::string starter_scenario();

}  // namespace fleetrace::reader
