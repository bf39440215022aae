#pragma once

#include <string>

namespace fleetrace::output {

/// The JSON Schema (draft 7) of scenario files, for editors. It is made of the entries that the loader reads by, and says no
/// to nothing that the loader takes; what only the loader finds are ranges of values with units, and combinations.
[[nodiscard]] std::string scenario_schema();

}  // namespace fleetrace::output
