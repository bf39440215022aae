#pragma once

#include <string>

namespace fleetrace::scenario {

/// The JSON Schema (draft 7) of scenario files, for editors. It is made of the entries that the reader checks by, and accepts
/// whatever the reader accepts. It does not check ranges of values with units, nor combinations of keys.
[[nodiscard]] std::string json_schema();

}  // namespace fleetrace::scenario
