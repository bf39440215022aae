#pragma once

#include <string>

namespace fleetrace::output {

/// A scenario to start from, with every section explained: a valid race whose other keys stand there as comments with their
/// defaults. Explanations are those of the entries that the loader checks by.
[[nodiscard]] std::string starter_scenario();

}  // namespace fleetrace::output
