#pragma once

#include <string>
#include <string_view>

namespace fleetrace::output {

/// A text as a YAML scalar: plain where nothing could mistake it for something else, else in double quotes with control
/// and bidirectional characters escaped.
[[nodiscard]] std::string yaml_text(std::string_view text);

}  // namespace fleetrace::output
