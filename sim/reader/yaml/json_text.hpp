#pragma once

#include <string>
#include <string_view>

namespace fleetrace::reader {

/// JSON as YAML. All JSON is YAML but for two habits of its writers, which this mends: lines that are indented by tabs, and characters
/// beyond U+FFFF that are escaped in halves, as in "\ud83d\ude00". Lines stay lines. Any text that does not begin with a brace is left
/// as it is.
[[nodiscard]] std::string json_as_yaml(std::string_view text);

}  // namespace fleetrace::reader
